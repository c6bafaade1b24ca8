import { expect } from "vitest";
import { isReached, nextMove } from "../../../src/domain/next-move.ts";
import { burki } from "../../../src/vendors/burki.ts";
import { failureOf } from "../contract.ts";
import samples from "../samples/burki.json" with { type: "json" };
import { answer, answerSample, type Sample } from "../stand-in.ts";
import { type Fact, itAnswersAsDocumented, type Row } from "./table.ts";

const { pairs } = samples;
type Pair = keyof typeof pairs;

const page = (name: string) =>
  `https://github.com/meeran03/mintlify-docs/blob/main/api-reference/campaigns/${name}.mdx`;
const [list, get, start, pause, stop] = ["list", "get", "start", "pause", "stop"].map(page) as [
  string,
  string,
  string,
  string,
  string,
];
const schedule = page("schedule-get");
const introduction = "https://docs.burki.dev/api-reference/introduction";

const rows: readonly Row<Pair>[] = [
  { pair: "list_1", source: list, asked: "list", is: "ok", says: /"spent":18.75/ },
  { pair: "list_2", source: list, asked: "list", is: "ok", says: /"done":350,"total":500/ },
  { pair: "list_empty", source: list, asked: "list", is: "ok", says: /^\[\]$/ },
  { pair: "list_moved", source: list, asked: "list", is: "redirected" },
  { pair: "list_bare", source: list, asked: "list", is: "ok", says: /^\[\]$/ },
  { pair: "check", source: list, asked: "check", is: "ok" },
  { pair: "get", source: get, asked: "get", is: "ok", says: /"phase":"running"/ },
  {
    pair: "get_scheduled",
    source: schedule,
    asked: "get",
    is: "ok",
    says: /"phase":"scheduled"/,
    also: ["schedule_immediate"],
  },
  {
    pair: "get_scheduled",
    source: schedule,
    asked: "get",
    is: "ok",
    says: /"phase":"timed".*It starts by itself on 2026-12-15 at 09:00 UTC\./,
    also: ["schedule_once"],
  },
  {
    pair: "get_scheduled",
    source: schedule,
    asked: "get",
    is: "ok",
    says: /"phase":"timed".*weekly on Mon, Tue, Wed, Thu, Fri at 09:00 \(America\/New_York\)/,
    also: ["schedule_recurring"],
  },
  { pair: "pause", source: pause, asked: "pause", is: "ok" },
  { pair: "resume", source: start, asked: "resume", is: "ok" },
  { pair: "start_scheduled", source: start, asked: "resume", is: "ok" },
  { pair: "cancel", source: stop, asked: "cancel", is: "ok" },
  { pair: "progress", source: page("progress"), asked: "progress", is: "ok", says: /"total":500/ },
  { pair: "not_running", source: pause, asked: "pause", is: "refused" },
  { pair: "no_contacts", source: start, asked: "resume", is: "refused", says: /no contacts/ },
  {
    pair: "all_processed",
    source: start,
    asked: "resume",
    is: "refused",
    says: /everybody .* already \(400\)\. .* re-execute/,
  },
  {
    pair: "start_passed",
    source: start,
    asked: "resume",
    is: "refused",
    says: /start time .* in the past \(400\)/,
  },
  { pair: "cannot_start", source: start, asked: "resume", is: "refused" },
  { pair: "no_background", source: start, asked: "resume", is: "unclear" },
  { pair: "not_found", source: get, asked: "get", is: "not_found" },
  { pair: "not_found", source: pause, asked: "pause", is: "not_found" },
  { pair: "other_organisation", source: get, asked: "get", is: "forbidden" },
  { pair: "bad_key", source: introduction, asked: "check", is: "unauthorized" },
  { pair: "bad_key_strict", source: introduction, asked: "get", is: "unauthorized" },
  { pair: "invalid", source: introduction, asked: "get", is: "refused" },
  { pair: "limited", source: introduction, asked: "get", is: "rate_limited", says: /30 seconds/ },
];

const campaign = pairs.get_scheduled.response.body;
const scheduled = (more: object = {}) => ({ ...pairs.schedule_once.response.body, ...more });

const facts: readonly Fact[] = [
  {
    fact: "a resume that is kept for its own time is done, a resume that only says scheduled is on its way",
    source: start,
    proves: ({ vendor }) => {
      const rule = vendor.capabilities.resume;
      if ("cannot" in rule) throw new Error("it can");
      const called = { attempts: 1, lastAttempt: "accepted", before: "paused" } as const;
      const shows = (phase: "timed" | "scheduled") => ({
        ...{ id: "42", name: "A", word: "scheduled", phase },
      });
      expect(nextMove(rule, shows("timed"), called)).toEqual({ kind: "already" });
      expect(nextMove(rule, shows("scheduled"), called)).toEqual({ kind: "pending" });
      // Nobody has asked for its start: that it will come is no resume.
      expect(isReached(rule, { phase: "timed" }, { attempts: 0 })).toBe(false);
      expect(nextMove(rule, shows("timed"), { attempts: 0 }).kind).toBe("refused");
    },
  },
  {
    fact: "a pause of a campaign with a time of its own is refused at once and says what can be done, one that is about to start is waited for",
    source: page("schedule-save"),
    proves: ({ vendor }) => {
      const rule = vendor.capabilities.pause;
      if ("cannot" in rule) throw new Error("it can");
      const shows = (phase: "timed" | "scheduled") => ({
        ...{ id: "42", name: "A", word: "scheduled", phase },
      });
      expect(nextMove(rule, shows("timed"), { attempts: 0 })).toEqual({
        kind: "refused",
        why: expect.stringMatching(/[Uu]nschedule it in Burki.*stop it for good/),
      });
      expect(nextMove(rule, shows("scheduled"), { attempts: 0 })).toEqual({ kind: "wait" });
    },
  },
  {
    fact: "only a time more than a minute ahead is a time of its own, whatever is made of the schedule",
    source: schedule,
    proves: async ({ opened, standIn }) => {
      const phaseWith = async (told: unknown, status = 200) => {
        standIn.reply(({ path }, response) =>
          path.endsWith("/schedule")
            ? answer(response, status, told)
            : answer(response, 200, campaign),
        );
        return (await opened.get("42")).phase;
      };
      const recurring = pairs.schedule_recurring.response.body;
      const over = { ...recurring.recurring_config, end_date: "2026-11-01" };
      expect(await phaseWith(scheduled({ scheduled_at: "2026-11-22T10:00:59Z" }))).toBe(
        "scheduled",
      );
      expect(await phaseWith(scheduled({ scheduled_at: "2026-11-22T10:01:01Z" }))).toBe("timed");
      expect(await phaseWith(scheduled({ scheduled_at: "2026-11-22T11:00:00" }))).toBe("timed");
      expect(await phaseWith(scheduled({ scheduled_at: "2026-11-21T09:00:00Z" }))).toBe(
        "scheduled",
      );
      expect(await phaseWith({ ...recurring, recurring_config: over })).toBe("scheduled");
      expect(await phaseWith({ ...recurring, recurring_config: null })).toBe("scheduled");
      for (const odd of [null, [], "x", { schedule_type: 7 }, { schedule_type: "scheduled" }]) {
        expect(await phaseWith(odd)).toBe("scheduled");
      }
      for (const status of [401, 404, 429, 500]) {
        expect(await phaseWith({ detail: "No" }, status)).toBe("scheduled");
      }
    },
  },
  {
    fact: "asks for no schedule of a campaign that is not scheduled",
    source: schedule,
    proves: async ({ opened, standIn }) => {
      standIn.replay(pairs.get);
      await opened.get("42");
      expect(standIn.seen).toHaveLength(1);
    },
  },
  {
    fact: "the list is found with its slash or without, once, at the same address, and then at once",
    source: list,
    proves: async ({ opened, vendor, account, standIn }) => {
      const only = (here: Sample, status: number) =>
        standIn.reply(({ path }, response) =>
          path === here.request.path
            ? answerSample(response, here)
            : answer(response, status, { detail: "Not Found" }, { location: "/elsewhere" }),
        );
      for (const status of [307, 404]) {
        only(pairs.list_bare, status);
        expect(await opened.list()).toEqual([]);
        standIn.seen.length = 0;
        expect(await vendor.open(account).list()).toEqual([]);
        expect(standIn.seen).toHaveLength(1);
        only(pairs.list_empty, status);
        expect(await opened.list()).toEqual([]);
        standIn.seen.length = 0;
        expect(await opened.list()).toEqual([]);
        expect(standIn.seen).toHaveLength(1);
      }
    },
  },
  {
    fact: "a list that was moved to another host is asked for nowhere else",
    source: list,
    proves: async ({ opened, standIn }) => {
      const { host } = new URL(standIn.url);
      for (const location of [
        "https://evil.example/api/v1/campaigns",
        "//evil.example/x",
        `http://${host}@evil.example/`,
        `http://127.0.0.1:1/api/v1/campaigns`,
        "http://[",
      ]) {
        standIn.seen.length = 0;
        standIn.reply((_, response) => answer(response, 307, "", { location }));
        expect((await failureOf(opened.list())).facts.kind).toBe("redirected");
        expect(standIn.seen).toHaveLength(1);
      }
    },
  },
  {
    fact: "a list that is neither here nor there is told as the first answer was, and asked for twice only",
    source: list,
    proves: async ({ opened, standIn }) => {
      standIn.reply((_, response) => answer(response, 404, { detail: "Not Found" }));
      expect((await failureOf(opened.list())).facts.kind).toBe("bad_answer");
      expect(standIn.seen).toHaveLength(2);
    },
  },
  {
    fact: "no caution speaks of calls, since some campaigns write",
    source: list,
    proves: ({ vendor: { capabilities } }) => {
      for (const rule of Object.values(capabilities)) {
        if ("caution" in rule) expect(rule.caution).not.toMatch(/call/i);
      }
    },
  },
];

itAnswersAsDocumented({
  name: "burki",
  adapter: burki,
  secret: { apiKey: "burki_live_0123456789abcdef" },
  id: "42",
  pairs,
  rows,
  facts,
});
