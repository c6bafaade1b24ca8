import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHttp } from "../../src/vendors/http.ts";
import { toolsFrom } from "../../src/vendors/tools.ts";
import { woodpecker } from "../../src/vendors/woodpecker.ts";
import { aStage, failureOf, itIsAVendor, type Stage, today } from "./contract.ts";
import samples from "./samples/woodpecker.json" with { type: "json" };
import { answer, answerSample, type Seen } from "./stand-in.ts";

/** When the campaigns of the samples were made. */
const mark = "2025-02-10T12:14:57";

const { pairs } = samples;
const under = {
  name: "woodpecker",
  adapter: woodpecker,
  secret: { apiKey: "wp-0123456789.abcdef" },
} as const;
const campaign = pairs.get.response.body;

itIsAVendor({
  ...under,
  headers: { "x-api-key": under.secret.apiKey },
  login: pairs.me,
  list: {
    pages: [pairs.list],
    expected: [
      { id: "12345", name: "A", phase: "running", word: "RUNNING", mark },
      { id: "2", name: "B", phase: "paused", word: "PAUSED", mark },
      {
        id: "3",
        name: "C",
        phase: "completed",
        word: "COMPLETED",
        mark,
        note: "Woodpecker reports: Mailbox is disconnected",
      },
    ],
  },
  atOnce: 1,
  check: pairs.check,
  get: { sample: pairs.get, expected: { id: "12345", name: "A", phase: "paused", word: "PAUSED" } },
  acts: { pause: pairs.pause, resume: pairs.resume, cancel: pairs.cancel },
  progress: {
    sample: pairs.one_v1,
    expected: { done: 900, failed: 20, note: "Counted in emails; 868 prospects, 74 replied." },
  },
  words: {
    DRAFT: "draft",
    EDITED: "edited",
    RUNNING: "running",
    PAUSED: "paused",
    STOPPED: "stopped",
    COMPLETED: "completed",
    DELETED: "cancelled",
  },
  showing: (word) => ({ ...campaign, status: word }),
  refusals: {
    400: pairs.bad_request,
    401: pairs.bad_key,
    403: pairs.no_agency,
    404: pairs.not_found,
  },
  echo: (detail) => ({ title: "Bad", detail }),
});

describe("woodpecker's own ways", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await aStage(under);
  });
  afterEach(() => stage.standIn.close());
  /** Whose the key is is told first, and is none of what is looked at here. */
  const calls = () => stage.standIn.seen.filter(({ path }) => path !== pairs.me.request.path);
  const replying = (reply: (seen: Seen, response: ServerResponse) => void) =>
    stage.standIn.reply((seen, response) =>
      seen.path === pairs.me.request.path
        ? answerSample(response, pairs.me)
        : reply(seen, response),
    );

  it("has nothing to list when a message stands where the list should be", async () => {
    stage.standIn.replay(pairs.list_empty);
    expect(await stage.opened.list()).toEqual([]);
  });

  it("finds the error inside a 200", async () => {
    stage.standIn.replay(pairs.error_in_200);
    const { facts } = await failureOf(stage.opened.list());
    expect(facts).toMatchObject({
      kind: "bad_answer",
      vendorText: "E_WRONG_PARAM: Wrong parameter.",
    });
  });

  it.each([
    [pairs.bad_request, 400, "Bad Request", "Value of campaign_id is incorrect."],
    [pairs.not_found, 404, "CAMPAIGN_NOT_EXIST", "Campaign not found"],
    [pairs.fault, 500, "UNKNOWN", "Unknown error during pause campaign call"],
    [pairs.error_in_200, 422, "E_WRONG_PARAM", "Wrong parameter."],
  ])("reads each of its four envelopes %#", async (sample, status, code, vendorText) => {
    stage.standIn.reply((_, response) => answer(response, status, sample.response.body));
    const { facts } = await failureOf(stage.opened.act("pause", "12345"));
    expect(facts).toMatchObject({ status, code, vendorText });
  });

  it("calls only a 404 with CAMPAIGN_NOT_EXIST a missing campaign", async () => {
    stage.standIn.reply((_, response) => answer(response, 404, "<html>nginx</html>"));
    expect((await failureOf(stage.opened.get("12345"))).facts.kind).toBe("bad_answer");
  });

  it("tells a plan without API from a wrong key", async () => {
    stage.standIn.replay(pairs.no_addon);
    expect((await failureOf(stage.opened.get("12345"))).facts).toMatchObject({
      kind: "payment",
      status: 401,
    });
  });

  it("sends the client company's id for an agency key, and only then", async () => {
    const account = { ...stage.account, options: { companyId: "77" } };
    stage.standIn.replay(pairs.me, pairs.get);
    await stage.vendor.open(account).get("12345");
    await stage.opened.get("12345");
    expect(calls().map(({ headers }) => headers["x-company-id"])).toEqual(["77", undefined]);
  });

  it("never launches a draft with a resume, and stops where others cancel", () => {
    const { resume, cancel } = stage.vendor.capabilities;
    expect(resume).toMatchObject({
      from: ["paused"],
      refusals: { draft: expect.stringContaining("launch") },
    });
    expect(cancel).toMatchObject({
      label: "Stop (can be restarted)",
      reaches: ["stopped"],
      from: ["running", "paused"],
    });
    expect(cancel).not.toHaveProperty("irreversible");
  });

  it("reads a campaign that v2 cannot show from v1, and says it cannot be resumed", async () => {
    replying((seen, response) =>
      answerSample(response, seen.path.includes("/v2/") ? pairs.unsupported : pairs.one_v1),
    );
    const found = await stage.opened.get("12345");
    expect(found).toMatchObject({ id: "12345", phase: "running" });
    expect(found.note).toMatch(/can be paused but not resumed through the API/);
    expect(stage.standIn.seen.at(-1)?.path).toBe("/rest/v1/campaign_list?id=12345");
  });

  it("says so when v1 does not know that campaign either", async () => {
    replying((seen, response) =>
      answerSample(response, seen.path.includes("/v2/") ? pairs.unsupported : pairs.list_empty),
    );
    expect((await failureOf(stage.opened.get("12345"))).facts.kind).toBe("not_found");
  });

  it("says why a resume of such a campaign is refused", async () => {
    stage.standIn.replay(pairs.me, pairs.unsupported);
    const { facts } = await failureOf(stage.opened.act("resume", "12345"));
    expect(facts).toMatchObject({ kind: "conflict", code: "API_UNSUPPORTED_CAMPAIGN_FEATURES" });
    expect(facts.sentence).toMatch(/not resumed through the API/);
    expect(calls()).toHaveLength(1);
  });

  it("asks v1 once more after a 409, and no more than once", async () => {
    replying((_, response) => {
      if (calls().length === 1) answer(response, 409, "");
      else answerSample(response, pairs.list);
    });
    expect(await stage.opened.list()).toHaveLength(3);
    replying((_, response) => answer(response, 409, ""));
    expect((await failureOf(stage.opened.list())).facts.kind).toBe("rate_limited");
    expect(calls()).toHaveLength(4);
  });

  it("says that Bounce Shield paused a campaign", async () => {
    const body = { ...campaign, bounce_shield_autopaused_at: "2026-11-20T08:00:00Z" };
    replying((_, response) => answer(response, 200, body));
    expect((await stage.opened.get("12345")).note).toMatch(/Bounce Shield paused it/);
  });

  it("knows nothing of a campaign without statistics", async () => {
    stage.standIn.replay({ ...pairs.one_v1, response: { ...pairs.one_v1.response, body: [] } });
    expect(await stage.opened.progress?.("12345")).toEqual({});
  });

  it("has one request under way per account, and lets people's requests overtake lists", async () => {
    const open: { seen: Seen; done(): void }[] = [];
    let most = 0;
    replying((seen, response) => {
      const one = {
        seen,
        done: () => {
          open.splice(open.indexOf(one), 1);
          answerSample(
            response,
            [pairs.get, pairs.pause].find(({ request }) => request.path === seen.path) ??
              pairs.list,
          );
        },
      };
      open.push(one);
      most = Math.max(most, open.length);
      setTimeout(one.done, 5);
    });
    const again = stage.vendor.open({ ...stage.account, version: 2 });
    await Promise.all([
      stage.opened.list(),
      stage.opened.list(),
      again.list(),
      stage.opened.get("12345"),
      again.act("pause", "12345"),
    ]);
    expect(most).toBe(1);
    expect(calls().map(({ path }) => path)).toEqual([
      pairs.list.request.path,
      pairs.get.request.path,
      pairs.pause.request.path,
      pairs.list.request.path,
      pairs.list.request.path,
    ]);
  });

  it("lets two accounts go at the same time", async () => {
    const waiting: (() => void)[] = [];
    stage.standIn.reply(({ path, headers }, response) => {
      if (path === pairs.me.request.path) {
        return answer(response, 200, { company_id: String(headers["x-api-key"]).length });
      }
      waiting.push(() => answerSample(response, pairs.list));
      if (waiting.length === 2) for (const go of waiting) go();
    });
    const other = stage.vendor.open({ ...stage.account, secret: { apiKey: "wp-another-key" } });
    await Promise.all([stage.opened.list(), other.list()]);
    expect(waiting).toHaveLength(2);
  });

  it("goes on with the next request after one that failed", async () => {
    replying((_, response) => {
      if (calls().length === 1) answer(response, 500, "");
      else answerSample(response, pairs.list);
    });
    const [first, second] = await Promise.allSettled([stage.opened.list(), stage.opened.list()]);
    expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
  });

  it("gives up unsent what waited too long for its turn", async () => {
    let clock = today.getTime();
    const now = () => new Date(clock);
    const http = createHttp({ allow: [stage.standIn.hostPort], now });
    const opened = woodpecker(toolsFrom({ http, now })).open(stage.account);
    replying((_, response) => {
      clock += 31_000;
      answerSample(response, pairs.list);
    });
    const [, second] = await Promise.all([opened.list(), failureOf(opened.act("pause", "12345"))]);
    expect(second.facts).toMatchObject({
      kind: "held_back",
      sentence: expect.stringContaining("wait for one another"),
    });
    expect(calls()).toHaveLength(1);
  });
});
