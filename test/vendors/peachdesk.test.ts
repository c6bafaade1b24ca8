import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { explain } from "../../src/vendors/explain.ts";
import { peachdesk } from "../../src/vendors/peachdesk.ts";
import { aStage, failureOf, itIsAVendor, type Stage, today } from "./contract.ts";
import samples from "./samples/peachdesk.json" with { type: "json" };
import { answer, answerSample } from "./stand-in.ts";

/** When the campaigns of the samples were made. */
const mark = "2026-11-22T01:32:50";

const { pairs } = samples;
const under = {
  name: "peachdesk",
  adapter: peachdesk,
  secret: { apiKey: "dgr_k3y-0123456789abcdefghijklmnopqrstuvwxyzABCDE" },
} as const;
const running = pairs.get_running.response.body;

itIsAVendor({
  ...under,
  headers: { "x-api-key": under.secret.apiKey },
  list: {
    pages: [pairs.list],
    expected: [
      { id: "6", name: "C-failed", phase: "failed", word: "failed", mark },
      { id: "5", name: "C-completed", phase: "completed", word: "completed", mark },
      { id: "4", name: "C-paused", phase: "paused", word: "paused", mark },
      { id: "3", name: "C-running", phase: "running", word: "running", mark },
      { id: "2", name: "C-syncing", phase: "starting", word: "syncing", mark },
      { id: "1", name: "C-created", phase: "draft", word: "created", mark },
    ],
  },
  atOnce: 8,
  check: pairs.list,
  get: {
    sample: pairs.get_running,
    expected: { id: "3", name: "C-running", phase: "running", word: "running", mark },
  },
  acts: { pause: pairs.pause_ok, resume: pairs.resume_ok },
  progress: {
    sample: pairs.get_running,
    expected: {
      done: 0,
      total: 12,
      note: "Counted in calls, with retries, so the total may still grow.",
    },
  },
  words: {
    created: "draft",
    syncing: "starting",
    running: "running",
    paused: "paused",
    completed: "completed",
    failed: "failed",
  },
  showing: (word) => ({ ...running, state: word }),
  refusals: {
    400: pairs.pause_already_paused,
    401: pairs.bad_key,
    402: pairs.no_quota_402,
    404: pairs.not_found_other_org,
    422: pairs.bad_id,
  },
  echo: (detail) => ({ detail }),
});

describe("peachdesk's own ways", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await aStage(under);
  });
  afterEach(() => stage.standIn.close());
  const get = (row: object) => {
    stage.standIn.reply((_, response) => answer(response, 200, { ...running, ...row }));
    return stage.opened.get("3");
  };

  it("keeps ids above 2147483647 here, because they are answered with a bare 500", async () => {
    for (const call of [stage.opened.get("2147483648"), stage.opened.act("pause", "9999999999")]) {
      expect((await failureOf(call)).facts.kind).toBe("not_found");
    }
    expect(stage.standIn.seen).toEqual([]);
  });

  it("takes a 401 about telephony for a refusal, and does not ask for a new key", async () => {
    stage.standIn.reply((_, response) => answerSample(response, pairs.no_telephony_401));
    const { facts } = await failureOf(stage.opened.act("resume", "3"));
    expect(facts.kind).toBe("refused");
    const { sentence, next } = explain(facts, { action: "resume", changing: true });
    expect(sentence).toBe(
      "Peachdesk AI has no telephony set up, so it cannot dial (401). Nothing was changed.",
    );
    expect(next).not.toContain("connect");
  });

  it.each([
    [pairs.no_quota_402.response.body.detail, "payment", /credits .* used up/],
    [
      "Could not verify Dograh credits. Please try again.",
      "unavailable",
      /could not check its credits/,
    ],
    [
      "You have invalid keys in your model configuration. Please check.",
      "refused",
      /model settings/,
    ],
    ["Something new", "payment", undefined],
  ])("tells its 402s apart: %s", async (detail, kind, sentence) => {
    stage.standIn.reply((_, response) => answer(response, 402, { detail }));
    const { facts } = await failureOf(stage.opened.act("resume", "3"));
    expect(facts.kind).toBe(kind);
    if (sentence) expect(facts.sentence).toMatch(sentence);
    else expect(facts.sentence).toBeUndefined();
  });

  it("does not take a missing route for a missing campaign", async () => {
    stage.standIn.reply((_, response) => answer(response, 404, { detail: "Not Found" }));
    expect((await failureOf(stage.opened.get("3"))).facts.kind).toBe("bad_answer");
  });

  it("treats the redirect of a wrong slash as a fault and follows it nowhere", async () => {
    stage.standIn.reply((_, response) => answerSample(response, pairs.list_no_slash));
    expect((await failureOf(stage.opened.list())).facts.kind).toBe("redirected");
    expect(stage.standIn.seen).toHaveLength(1);
  });

  it("shows the list of problems in a 422 as one text", async () => {
    stage.standIn.reply((_, response) => answerSample(response, pairs.bad_id));
    const { facts } = await failureOf(stage.opened.get("3"));
    expect(facts.vendorText).toMatch(/^Input should be a valid integer/);
  });

  it("says why the server itself paused a campaign", async () => {
    stage.standIn.replay(pairs.get_after_breaker);
    expect((await stage.opened.get("4")).note).toBe(
      "Last log entry (2026-11-22): Paused: failure rate 100.00% (5/5) exceeded threshold 50.00% in 120s window",
    );
  });

  it("warns that a campaign paused while its contacts load may start again", async () => {
    const loading = await get({ state: "paused", total_rows: null });
    expect(loading.note).toMatch(/may start it again/);
    expect((await get({ state: "paused" })).note).toBeUndefined();
  });

  it("says that the contacts are still loading until they are counted, whatever it is paused by", async () => {
    const unsettled = "the contacts are still loading";
    expect(await get({ state: "paused", total_rows: null })).toMatchObject({ unsettled });
    expect(await get({ state: "running", total_rows: null })).toMatchObject({ unsettled });
    for (const row of [{ state: "paused" }, { state: "completed", total_rows: null }]) {
      expect(await get(row)).not.toHaveProperty("unsettled");
    }
  });

  const entry = (event: string, ts: string) => ({ ts, level: "error", event, message: event });
  it.each([
    ["paused", [entry("circuit_breaker_tripped", "2026-11-22T01:00:00Z")], {}, true],
    ["failed", [entry("batch_failed", "2026-11-22T01:00:00Z")], {}, true],
    ["running", [entry("circuit_breaker_tripped", "2026-11-22T01:00:00Z")], {}, false],
    ["failed", [entry("circuit_breaker_tripped", "2026-11-22T01:00:00Z")], {}, false],
    ["paused", [entry("phone_number_pool_exhausted_retry", "2026-11-22T01:00:00Z")], {}, false],
    [
      "paused",
      [
        entry("circuit_breaker_tripped", "2026-11-22T01:00:00Z"),
        entry("phone_number_pool_exhausted_retry", "2026-11-22T02:00:00Z"),
      ],
      {},
      false,
    ],
    [
      "paused",
      [entry("circuit_breaker_tripped", "2026-11-22T01:00:00Z")],
      { started_at: "2026-11-22T03:00:00Z" },
      false,
    ],
  ])(
    "gives the newest log entry as a reason only if it is one: %s %j",
    async (state, logs, more, is) => {
      const { note, noteAt } = await get({ state, logs, ...more });
      expect(note?.includes(logs.at(-1)?.message ?? "none") ?? false).toBe(is);
      expect(noteAt !== undefined).toBe(is);
    },
  );

  const slot = (day_of_week: number, start_time: string, end_time: string) => ({
    day_of_week,
    start_time,
    end_time,
  });
  it.each([
    ["inside", "UTC", [slot(6, "09:00", "17:00")], true],
    ["inside, by local time", "Asia/Kolkata", [slot(6, "15:30", "15:31")], true],
    ["on the wrong day", "UTC", [slot(0, "09:00", "17:00")], false],
    ["at its end", "UTC", [slot(6, "08:00", "10:00")], false],
    ["at its start", "UTC", [slot(6, "10:00", "11:00")], true],
    ["without a slot", "UTC", [], false],
    ["in a zone nobody knows", "Mars/Base", [slot(0, "00:00", "00:01")], true],
  ])(
    "knows whether a running campaign dials now: %s its calling hours",
    async (_, timezone, slots, open) => {
      expect(today.getUTCDay()).toBe(0);
      const { note } = await get({ schedule_config: { enabled: true, timezone, slots } });
      if (open) expect(note).toBeUndefined();
      else expect(note).toMatch(/outside its calling hours/);
    },
  );

  it("says nothing of calling hours that are switched off, or of a campaign that does not run", async () => {
    const closed = { timezone: "UTC", slots: [] };
    expect((await get({ schedule_config: { ...closed, enabled: false } })).note).toBeUndefined();
    const done = await get({ state: "completed", schedule_config: { ...closed, enabled: true } });
    expect(done.note).toBeUndefined();
  });

  it("reads of a row in its list all that it reads of one campaign", async () => {
    const ts = (minute: number) => `2026-11-22T10:0${minute}:00Z`;
    const entry = (minute: number, message: string) => ({
      ...{ ts: ts(minute), event: "circuit_breaker_tripped", level: "warning", message },
      details: { calls: [1, 2] },
    });
    const rows = [
      { id: 1, state: "paused", started_at: ts(0), logs: [entry(1, "Old"), entry(2, "Tripped")] },
      { id: 2, state: "paused", started_at: ts(3), logs: [entry(2, "From before the start")] },
      { id: 3, state: "running", total_rows: null, logs: [] },
    ].map((row) => ({ ...running, ...row }));
    stage.standIn.reply((_, response) => answer(response, 200, { campaigns: rows }));
    const listed = await stage.opened.list();
    const notes = listed.map(({ note }) => note ?? "none");
    expect(notes).toEqual(["Last log entry (2026-11-22): Tripped", "none", "none"]);
    expect(listed[2]?.unsettled).toMatch(/loading/);
    for (const [index, row] of rows.entries()) {
      stage.standIn.reply((_, response) => answer(response, 200, row));
      expect(await stage.opened.get(String(row.id))).toEqual(listed[index]);
    }
  });

  it("never believes processed_rows, and knows no total before anything is queued", async () => {
    const row = { processed_rows: 2, executed_count: 11, total_queued_count: 12 };
    stage.standIn.reply((_, response) => answer(response, 200, { ...running, ...row }));
    expect(await stage.opened.progress?.("3")).toMatchObject({ done: 11, total: 12 });
    stage.standIn.reply((_, response) =>
      answer(response, 200, { ...running, total_queued_count: 0 }),
    );
    expect(await stage.opened.progress?.("3")).not.toHaveProperty("total");
  });

  it("warns of the batch that goes on dialling after a pause, and of the minute after a resume", () => {
    const { pause, resume } = stage.vendor.capabilities;
    expect(pause).toMatchObject({ caution: expect.stringContaining("Up to 10 more calls") });
    expect(resume).toMatchObject({ caution: expect.stringContaining("60 seconds") });
  });
});
