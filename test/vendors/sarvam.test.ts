import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sarvam } from "../../src/vendors/sarvam.ts";
import { aStage, failureOf, hostile, itIsAVendor, type Stage } from "./contract.ts";
import samples from "./samples/sarvam.json" with { type: "json" };
import { answer, answerSample } from "./stand-in.ts";

/** When the campaigns of the samples were made. */
const mark = "2026-03-28T10:00:00";

const { pairs } = samples;
const under = {
  name: "sarvam",
  adapter: sarvam,
  secret: { apiKey: "sk_voice_0123456789abcdef" },
  options: () => ({ orgId: "org_1", workspaceId: "ws-1" }),
} as const;
const campaign = pairs.get.response.body;

itIsAVendor({
  ...under,
  headers: { "x-api-key": under.secret.apiKey },
  list: {
    pages: [pairs.list_1, pairs.list_2],
    expected: [
      { id: "camp-0", name: "Q0", phase: "completed", word: "ended", mark },
      { id: "INSUREIT-Re-31885c09-3493", name: "Renewals", phase: "running", word: "active", mark },
    ],
    length: 101,
  },
  atOnce: 2,
  check: pairs.check,
  get: {
    sample: pairs.get,
    expected: { id: "camp-a1", name: "Q1", phase: "running", word: "active", mark },
  },
  acts: { pause: pairs.pause, resume: pairs.resume, cancel: pairs.cancel },
  progress: {
    sample: pairs.cohorts,
    expected: { total: 150, note: "Sarvam does not say how many were called." },
  },
  words: {
    scheduled: "scheduled",
    active: "running",
    paused: "paused",
    ended: "completed",
    cancelled: "cancelled",
  },
  showing: (word) => ({ ...campaign, status: word }),
  refusals: { 401: pairs.bad_key, 403: pairs.wrong_key, 422: pairs.bad_action },
  kinds: { 403: "unauthorized" },
  echo: (message) => ({ error: { code: "x", message: "shadowed", data: { details: message } } }),
});

describe("sarvam's own ways", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await aStage(under);
  });
  afterEach(() => stage.standIn.close());

  it("takes scheduled as well as running for resumed, and never waits for active", () => {
    expect(stage.vendor.capabilities.resume).toMatchObject({ reaches: ["scheduled", "running"] });
    expect(stage.vendor.capabilities.resume).not.toHaveProperty("pending");
  });

  it("pauses what is only scheduled, and cancels for good", () => {
    const { pause, cancel } = stage.vendor.capabilities;
    expect(pause).toMatchObject({ from: ["scheduled", "running"] });
    expect(cancel).toMatchObject({ irreversible: true, from: ["scheduled", "running", "paused"] });
  });

  it.each(hostile.filter((bad) => bad !== "" && bad !== "a".repeat(65)))(
    "keeps the workspace id %o out of every path",
    async (bad) => {
      for (const options of [
        { orgId: bad, workspaceId: "ws-1" },
        { orgId: "org_1", workspaceId: bad },
        { orgId: "org_1" },
      ]) {
        const opened = stage.vendor.open({ ...stage.account, options: { ...options } });
        expect((await failureOf(opened.act("pause", "camp-a1"))).facts.kind).toBe("blocked");
        expect((await failureOf(opened.list())).facts.kind).toBe("blocked");
      }
      expect(stage.standIn.seen).toEqual([]);
    },
  );

  it.each([pairs.bad_key, pairs.wrong_key])(
    "takes 401 and 403 alike for a wrong key %#",
    async (sample) => {
      stage.standIn.replay(sample);
      const { facts } = await failureOf(stage.opened.get("camp-a1"));
      expect(facts.kind).toBe("unauthorized");
      expect(facts.sentence).toContain("Voice Agents key");
    },
  );

  it("tells an empty account from a rush, though both are 429", async () => {
    stage.standIn.replay(pairs.no_credit);
    const empty = (await failureOf(stage.opened.get("camp-a1"))).facts;
    expect(empty).toMatchObject({ kind: "payment", code: "insufficient_quota_error" });
    expect(empty).not.toHaveProperty("retryAfterMs");
    stage.standIn.replay(pairs.limited);
    expect((await failureOf(stage.opened.get("camp-a1"))).facts.kind).toBe("rate_limited");
  });

  it.each([
    [
      {
        error: { message: "second", data: { details: "first" } },
        detail: "third",
        message: "fourth",
      },
      "first",
    ],
    [{ error: { message: "second" }, detail: "third", message: "fourth" }, "second"],
    [{ detail: "third", message: "fourth" }, "third"],
    [{ detail: [{ msg: "a" }, { msg: "b" }], message: "fourth" }, "a; b"],
    [{ message: "fourth" }, "fourth"],
    [{}, undefined],
  ])("looks for its words in the order it uses them %#", async (body, said) => {
    stage.standIn.reply((_, response) => answer(response, 422, body));
    expect((await failureOf(stage.opened.act("resume", "camp-a1"))).facts.vendorText).toBe(said);
  });

  it("warns that a campaign whose end has passed cannot be resumed as it is", async () => {
    const show = (row: object) => {
      stage.standIn.reply((_, response) => answer(response, 200, { ...campaign, ...row }));
      return stage.opened.get("camp-a1");
    };
    const over = "2026-11-01T00:00:00Z";
    expect((await show({ status: "paused", end_timestamp: over })).note).toMatch(
      /end date has passed/,
    );
    expect((await show({ status: "paused", end_timestamp: null })).note).toBeUndefined();
    expect((await show({ status: "active", end_timestamp: over })).note).toBeUndefined();
  });

  it("knows no audience while one of its lists is still being read in", async () => {
    const items = [{ result: { valid_records: 5 } }, { status: "processing", result: null }];
    stage.standIn.reply((_, response) => answer(response, 200, { items, total: 2 }));
    expect(await stage.opened.progress?.("camp-a1")).not.toHaveProperty("total");
  });

  it("goes by the length of a page when no total is given", async () => {
    const { total: _, ...first } = pairs.list_1.response.body;
    stage.standIn.reply(({ path }, response) =>
      path.includes("offset=0")
        ? answer(response, 200, first)
        : answerSample(response, pairs.list_2),
    );
    expect(await stage.opened.list()).toHaveLength(101);
  });
});
