import { expect } from "vitest";
import { sarvam } from "../../../src/vendors/sarvam.ts";
import { failureOf, today } from "../contract.ts";
import samples from "../samples/sarvam.json" with { type: "json" };
import { answer, answerSample, type Sample } from "../stand-in.ts";
import { type Fact, itAnswersAsDocumented, type Row } from "./table.ts";

const { pairs } = samples;
type Pair = keyof typeof pairs;

const pages = "https://docs.sarvam.ai/voice-agents/api";
const update = `${pages}/campaigns/update-status.md`;
const list = `${pages}/campaigns/list.md`;
const introduction = `${pages}/introduction.md`;
const analytics = `${pages}/analytics/overview`;
const errors = "https://docs.sarvam.ai/api/getting-started/errors";
const inProduction = "https://github.com/Frontier-Group-IT/insureit_new";
const public_ = "https://github.com/dixit96760/voice-ai-app";

const rows: readonly Row<Pair>[] = [
  { pair: "list_2", source: list, asked: "list", is: "ok", says: /INSUREIT-Re-31885c09-3493/ },
  { pair: "list_1", source: list, asked: "list", is: "ok" },
  { pair: "check", source: list, asked: "check", is: "ok" },
  { pair: "get", source: `${pages}/campaigns/get.md`, asked: "get", is: "ok" },
  { pair: "pause", source: update, asked: "pause", is: "ok" },
  { pair: "resume", source: update, asked: "resume", is: "ok" },
  { pair: "cancel", source: update, asked: "cancel", is: "ok" },
  {
    pair: "attempts",
    source: analytics,
    asked: "progress",
    is: "ok",
    says: /"done":640,"note":"Counted in calls, with retries\. 150 people are on its lists\."/,
    also: ["cohorts", "get"],
  },
  {
    pair: "no_filter",
    source: analytics,
    asked: "progress",
    is: "ok",
    says: /"total":150,"note":"Sarvam does not say how many were called\."/,
    also: ["cohorts", "get"],
  },
  { pair: "bad_key", source: inProduction, asked: "get", is: "unauthorized", says: /Voice Agents/ },
  { pair: "wrong_key", source: errors, asked: "get", is: "unauthorized", says: /Voice Agents/ },
  { pair: "not_found", source: inProduction, asked: "get", is: "not_found" },
  { pair: "not_found_empty", source: inProduction, asked: "pause", is: "not_found" },
  {
    pair: "no_workspace",
    source: introduction,
    asked: "check",
    is: "unauthorized",
    says: /no such organisation or workspace \(404\)/,
  },
  { pair: "illegal", source: update, asked: "resume", is: "refused" },
  { pair: "illegal_400", source: public_, asked: "resume", is: "refused" },
  { pair: "illegal_409", source: update, asked: "resume", is: "conflict" },
  { pair: "bad_action", source: update, asked: "pause", is: "refused" },
  { pair: "fault", source: inProduction, asked: "get", is: "unavailable" },
  { pair: "fault", source: inProduction, asked: "pause", is: "unclear" },
  { pair: "limited", source: errors, asked: "get", is: "rate_limited" },
  { pair: "under_load", source: errors, asked: "get", is: "unavailable" },
  { pair: "under_load", source: errors, asked: "pause", is: "unclear" },
  { pair: "no_credit", source: errors, asked: "get", is: "payment", says: /used up/ },
];

const telling = (attempts: unknown, one: object = {}, status = 200) => {
  const campaign = { ...pairs.get.response.body, ...one };
  return ({ path }: { path: string }, response: Parameters<typeof answerSample>[0]) => {
    if (path.includes("/attempts")) return answer(response, status, attempts);
    if (path.includes("/cohorts")) return answerSample(response, pairs.cohorts as Sample);
    return answer(response, 200, campaign);
  };
};

const facts: readonly Fact[] = [
  {
    fact: "an organisation that goes by its domain is one",
    source: introduction,
    proves: async ({ vendor, account, standIn }) => {
      standIn.reply((_, response) => answer(response, 200, { items: [], total: 0 }));
      for (const [orgId, workspaceId] of [
        ["axisbank.example", "axisbank-com-defau-3b9581"],
        ["0f8fad5b-d9cb-469f-a165-70867728950e", "ws.1"],
        ["a".repeat(128), "b"],
      ] as const) {
        const opened = vendor.open({ ...account, options: { orgId, workspaceId } });
        expect(await opened.list()).toEqual([]);
        expect(standIn.seen.at(-1)?.path).toContain(
          `/api/scheduling/v1/orgs/${orgId}/workspaces/${workspaceId}/campaigns?`,
        );
      }
    },
  },
  {
    fact: "an id of dots, or with anything else that leads elsewhere, never leaves",
    source: introduction,
    proves: async ({ vendor, account, standIn }) => {
      for (const bad of [
        ".",
        "..",
        ".hidden",
        "-x",
        "_x",
        "a/b",
        "a%2eb",
        "a b",
        "a".repeat(129),
      ]) {
        for (const options of [
          { orgId: bad, workspaceId: "ws" },
          { orgId: "org", workspaceId: bad },
        ]) {
          const opened = vendor.open({ ...account, options });
          for (const call of [
            opened.list(),
            opened.act("pause", "camp-a1"),
            opened.progress?.("c"),
          ])
            expect((await failureOf(call ?? Promise.resolve())).facts.kind).toBe("blocked");
        }
      }
      expect(standIn.seen).toEqual([]);
    },
  },
  {
    fact: "attempts are asked for by agent, from when the campaign was made until now, one row of them",
    source: analytics,
    proves: async ({ opened, standIn }) => {
      standIn.reply(telling(pairs.attempts.response.body));
      await opened.progress?.("camp-a1");
      const asked = standIn.seen.find(({ path }) => path.includes("/attempts"));
      const url = new URL(asked?.path ?? "", "http://x");
      expect(url.pathname).toBe("/api/analytics/v1/org_1/ws-1/a/attempts");
      const { filter_conditions: filter = "", ...query } = Object.fromEntries(url.searchParams);
      expect(query).toEqual({
        start_datetime: "2026-03-28T10:00:00.000Z",
        end_datetime: today.toISOString(),
        limit: "1",
        offset: "0",
      });
      expect(JSON.parse(filter)).toMatchObject([{ field: "campaign_id", value: "camp-a1" }]);
    },
  },
  {
    fact: "a total that is not shown to be this campaign's is not told as its own",
    source: analytics,
    proves: async ({ opened, standIn }) => {
      const { attempts } = pairs;
      const body = attempts.response.body;
      for (const odd of [
        { ...body, items: [{ campaign_id: "camp-b2" }] },
        { ...body, items: [{ attempt_id: "att-1" }] },
        { ...body, items: [], total: 0 },
        { ...body, total: "many" },
        {},
        "<html>",
      ]) {
        standIn.reply(telling(odd));
        const told = await opened.progress?.("camp-a1");
        expect(told).toEqual({ total: 150, note: "Sarvam does not say how many were called." });
      }
    },
  },
  {
    fact: "a campaign without an agent or a time of making is not counted, and nothing is asked",
    source: analytics,
    proves: async ({ opened, standIn }) => {
      for (const one of [
        { app_id: null, app_config: null },
        { app_id: "../../x" },
        { created_at: null },
      ]) {
        standIn.reply(telling(pairs.attempts.response.body, one));
        expect(await opened.progress?.("camp-a1")).not.toHaveProperty("done");
      }
      expect(standIn.seen.filter(({ path }) => path.includes("/attempts"))).toEqual([]);
      standIn.reply(
        telling(pairs.attempts.response.body, { app_id: null, app_config: { app_id: "b" } }),
      );
      expect(await opened.progress?.("camp-a1")).toMatchObject({ done: 640 });
    },
  },
  {
    fact: "no more than two calls are open at once, and no more than five begin within a second",
    source: "https://docs.sarvam.ai/api-reference/boards/overview",
    proves: async ({ vendor, account, standIn }) => {
      const begun: number[] = [];
      let open = 0;
      let most = 0;
      standIn.reply((_, response) => {
        begun.push(performance.now());
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          answerSample(response, pairs.get as Sample);
        }, 3);
      });
      const opened = vendor.open({ ...account, connectionId: "con_paced" });
      await Promise.all(Array.from({ length: 12 }, () => opened.get("camp-a1")));
      expect(most).toBe(2);
      // The stage is a hundred times as fast as life: five within ten milliseconds.
      const within = begun.map((at) => begun.filter((one) => one >= at && one < at + 8).length);
      expect(Math.max(...within)).toBeLessThanOrEqual(5);
    },
  },
];

itAnswersAsDocumented({
  name: "sarvam",
  adapter: sarvam,
  secret: { apiKey: "sk_voice_0123456789abcdef" },
  options: () => ({ orgId: "org_1", workspaceId: "ws-1" }),
  id: "camp-a1",
  pairs,
  rows,
  facts,
});
