import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { burki } from "../../src/vendors/burki.ts";
import { aStage, failureOf, itIsAVendor, type Stage } from "./contract.ts";
import samples from "./samples/burki.json" with { type: "json" };
import { answer } from "./stand-in.ts";

/** What the samples count of each campaign; what it has cost stands in the list alone. */
const counts = { done: 350, total: 500, failed: 25 };
const listed = { ...counts, spent: 18.75 };
/** When the campaigns of the samples were made. */
const mark = "2024-02-15T08:00:00";

const { pairs } = samples;
const under = {
  name: "burki",
  adapter: burki,
  secret: { apiKey: "burki_live_0123456789abcdef" },
} as const;

itIsAVendor({
  ...under,
  headers: { authorization: `Bearer ${under.secret.apiKey}` },
  list: {
    pages: [pairs.list_1, pairs.list_2],
    expected: [
      { id: "42", name: "Spring launch", phase: "running", word: "running", mark, counts: listed },
      { id: "43", name: "Reminders", phase: "paused", word: "paused", mark, counts: listed },
      { id: "44", name: "Autumn", phase: "draft", word: "draft", mark, counts: listed },
    ],
  },
  atOnce: 8,
  check: pairs.check,
  get: {
    sample: pairs.get,
    expected: { id: "42", name: "Spring launch", phase: "running", word: "running", mark, counts },
  },
  acts: { pause: pairs.pause, resume: pairs.resume, cancel: pairs.cancel },
  progress: {
    sample: pairs.progress,
    expected: {
      done: 350,
      total: 500,
      failed: 25,
      queued: 145,
      inFlight: 5,
      note: "Spent so far: 18.75 (Burki names no currency).",
    },
  },
  words: {
    draft: "draft",
    scheduled: "scheduled",
    running: "running",
    paused: "paused",
    completed: "completed",
    cancelled: "cancelled",
    failed: "failed",
  },
  showing: (word) => ({ ...pairs.get.response.body, status: word }),
  refusals: { 400: pairs.not_running, 401: pairs.bad_key, 404: pairs.not_found },
  echo: (detail) => ({ detail }),
});

describe("burki's own ways", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await aStage(under);
  });
  afterEach(() => stage.standIn.close());

  it("resumes with /start, which is only on its way when it says scheduled", () => {
    expect(stage.vendor.capabilities.resume).toMatchObject({
      reaches: ["running"],
      pending: ["scheduled"],
    });
  });

  it("waits for a scheduled campaign to run before it pauses it", () => {
    expect(stage.vendor.capabilities.pause).toMatchObject({
      from: ["running"],
      waitOn: ["scheduled"],
    });
  });

  it("cancels for good with /stop", () => {
    expect(stage.vendor.capabilities.cancel).toMatchObject({
      irreversible: true,
      reaches: ["cancelled"],
    });
  });

  it("has nothing to list in an empty account", async () => {
    stage.standIn.replay(pairs.list_empty);
    expect(await stage.opened.list()).toEqual([]);
  });

  it("reads pages without has_next by their number", async () => {
    const pages = [pairs.list_1, pairs.list_2].map(({ request, response }) => {
      const { has_next: _, ...pagination } = response.body.pagination;
      return { request, response: { ...response, body: { ...response.body, pagination } } };
    });
    stage.standIn.replay(...pages);
    expect(await stage.opened.list()).toHaveLength(3);
  });

  it("stops listing when the vendor repeats a page for ever", async () => {
    stage.standIn.reply((_, response) => answer(response, 200, pairs.list_1.response.body));
    expect(await stage.opened.list()).toHaveLength(2);
    expect(stage.standIn.seen).toHaveLength(2);
  });

  it("keeps an id beyond 2^53 exact, and leaves out rows it could never address", async () => {
    const rows = `[{"id":9007199254740993,"name":"9007199254740993 \\"1\\"","status":"running"},{"id":"../1"},{"id":1.5},{"id":null},7]`;
    stage.standIn.reply((_, response) =>
      answer(response, 200, `{"campaigns":${rows},"pagination":{}}`),
    );
    expect(await stage.opened.list()).toEqual([
      { id: "9007199254740993", name: '9007199254740993 "1"', phase: "running", word: "running" },
    ]);
  });

  it("shows progress as far as it is known", async () => {
    stage.standIn.reply((_, response) =>
      answer(response, 200, { progress: { completed: 3, failed: null } }),
    );
    expect(await stage.opened.progress?.("42")).toEqual({ done: 3 });
    stage.standIn.reply((_, response) => answer(response, 200, { progress: null }));
    expect(await stage.opened.progress?.("42")).toEqual({});
  });

  it("does not take a missing route for a missing campaign", async () => {
    stage.standIn.reply((_, response) => answer(response, 404, { detail: "Not Found" }));
    expect((await failureOf(stage.opened.get("42"))).facts.kind).toBe("bad_answer");
  });
});
