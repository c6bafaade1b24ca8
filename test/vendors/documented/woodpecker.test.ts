import { expect } from "vitest";
import { isPassing } from "../../../src/vendors/failure.ts";
import { woodpecker } from "../../../src/vendors/woodpecker.ts";
import { failureOf } from "../contract.ts";
import samples from "../samples/woodpecker.json" with { type: "json" };
import { answer, answerSample } from "../stand-in.ts";
import { type Fact, itAnswersAsDocumented, type Row } from "./table.ts";

const { pairs } = samples;
type Pair = keyof typeof pairs;

const pages = "https://developers.woodpecker.co/docs/campaigns";
const list = `${pages}/GET-campaign-list-v1`;
const get = `${pages}/GET-campaign`;
const pause = `${pages}/POST-pause-campaign`;
const run = `${pages}/POST-run-campaign`;
const codes = "https://woodpecker.co/help/error-codes/";
const statuses = "https://woodpecker.co/help/campaign-statuses/";
const agency = "https://developers.woodpecker.co/docs/agency-api/authentication-agency";
const reference = "https://docs.woodpecker.co/en/articles/5388048-api-reference";
const clients = "https://github.com/segevsh/w6w-apps";

const rows: readonly Row<Pair>[] = [
  { pair: "list", source: list, asked: "list", is: "ok", says: /"phase":"running"/ },
  { pair: "list_empty", source: clients, asked: "list", is: "ok", says: /^\[\]$/ },
  { pair: "list_other_message", source: clients, asked: "list", is: "ok", says: /^\[\]$/ },
  { pair: "list_nothing", source: codes, asked: "list", is: "ok", says: /^\[\]$/ },
  { pair: "list_nothing", source: codes, asked: "check", is: "ok" },
  { pair: "check", source: list, asked: "check", is: "ok" },
  { pair: "error_in_200", source: clients, asked: "list", is: "bad_answer" },
  { pair: "one_v1", source: `${pages}/GET-campaign-stats-v1`, asked: "progress", is: "ok" },
  { pair: "me", source: agency, asked: "check", is: "ok", also: ["check"] },
  { pair: "get", source: get, asked: "get", is: "ok", says: /"phase":"paused"/ },
  { pair: "edited", source: statuses, asked: "get", is: "ok", says: /"phase":"edited"/ },
  {
    pair: "shielded",
    source: "https://developers.woodpecker.co/docs/campaigns/bounce-shield",
    asked: "get",
    is: "ok",
    says: /Bounce Shield paused it/,
  },
  { pair: "pause", source: pause, asked: "pause", is: "ok" },
  { pair: "resume", source: run, asked: "resume", is: "ok" },
  { pair: "cancel", source: `${pages}/POST-stop-campaign`, asked: "cancel", is: "ok" },
  { pair: "bad_request", source: pause, asked: "pause", is: "refused" },
  { pair: "bad_key", source: pause, asked: "pause", is: "unauthorized", says: /reconnect/ },
  { pair: "no_addon", source: clients, asked: "get", is: "payment", says: /plan/ },
  { pair: "upgrade", source: clients, asked: "get", is: "payment", says: /plan/ },
  { pair: "no_agency", source: agency, asked: "get", is: "forbidden", says: /agency add-on/ },
  { pair: "run_refused", source: run, asked: "resume", is: "forbidden" },
  { pair: "not_found", source: pause, asked: "pause", is: "not_found" },
  { pair: "fault", source: pause, asked: "pause", is: "unclear" },
  {
    pair: "unsupported",
    source: run,
    asked: "resume",
    is: "conflict",
    says: /paused but not resumed/,
  },
  {
    pair: "unsupported_get",
    source: get,
    asked: "get",
    is: "ok",
    says: /paused but not resumed/,
    also: ["one_v1"],
  },
  { pair: "too_many_429", source: reference, asked: "get", is: "rate_limited" },
  { pair: "too_many_400", source: codes, asked: "list", is: "rate_limited" },
  { pair: "too_many_409", source: codes, asked: "list", is: "rate_limited" },
  { pair: "too_many_409", source: codes, asked: "get", is: "rate_limited" },
  { pair: "crowded", source: codes, asked: "list", is: "rate_limited", says: /too many requests/ },
  { pair: "session_400", source: codes, asked: "list", is: "unauthorized", says: /reconnect/ },
  { pair: "session_401", source: codes, asked: "check", is: "unauthorized" },
  { pair: "session_200", source: codes, asked: "list", is: "unauthorized", says: /reconnect/ },
  { pair: "session_400", source: codes, asked: "pause", is: "unauthorized" },
  { pair: "no_permission_403", source: codes, asked: "list", is: "payment" },
  { pair: "no_permission_401", source: codes, asked: "list", is: "payment" },
  { pair: "no_record", source: codes, asked: "progress", is: "not_found" },
  { pair: "no_url", source: codes, asked: "list", is: "bad_answer" },
];

const crowding = (status: number, code?: string) =>
  code ? { status: { status: "ERROR", code, msg: "Too many." } } : status === 409 ? "" : {};

const facts: readonly Fact[] = [
  {
    fact: "a second 409 on a list passes, whatever code it has, and is not asked for a third time",
    source: codes,
    proves: async ({ opened, standIn }) => {
      for (const code of [undefined, "E_TOO_MANY_REQUESTS", "E_WRONG_PARAM"]) {
        standIn.seen.length = 0;
        standIn.reply(({ path }, response) =>
          path.endsWith("/me")
            ? answerSample(response, pairs.me)
            : answer(response, 409, crowding(409, code)),
        );
        const failure = await failureOf(opened.list());
        expect([failure.facts.kind, isPassing(failure)]).toEqual(["rate_limited", true]);
        expect(standIn.seen.filter(({ path }) => !path.endsWith("/me"))).toHaveLength(2);
      }
    },
  },
  {
    fact: "a message that speaks of trouble does not say that there is nothing",
    source: codes,
    proves: async ({ opened, standIn }) => {
      for (const message of ["Invalid api key", "Upgrade your plan", "Too many requests"]) {
        standIn.reply((_, response) => answer(response, 200, { message }));
        expect((await failureOf(opened.list())).facts.kind).toBe("bad_answer");
      }
    },
  },
  {
    fact: "what is being edited is no draft: it is neither paused, resumed nor stopped, and the reason says what to do",
    source: statuses,
    proves: ({ vendor: { capabilities } }) => {
      for (const rule of Object.values(capabilities)) {
        expect("cannot" in rule ? [] : rule.from).not.toContain("edited");
        expect(rule).toMatchObject({
          refusals: { edited: expect.stringMatching(/being edited.*[Ff]inish or discard/) },
        });
      }
    },
  },
  {
    fact: "keys of one account share its one place, keys of two accounts do not",
    source: reference,
    proves: async ({ vendor, account, standIn }) => {
      const companies = new Map([
        ["wp-ana-0001", 5001],
        ["wp-ben-0002", 5001],
        ["wp-other-03", 7],
      ]);
      let open = 0;
      let most = 0;
      standIn.reply(({ path, headers }, response) => {
        const key = String(headers["x-api-key"]);
        if (path.endsWith("/me"))
          return answer(response, 200, { id: key, company_id: companies.get(key) });
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          answerSample(response, pairs.get);
        }, 15);
      });
      const with_ = (apiKey: string) =>
        vendor.open({ ...account, connectionId: apiKey, secret: { apiKey } });
      const [ana, ben, other] = [...companies.keys()].map(with_);
      await Promise.all([ana, ben, ana, ben].map((one) => one?.get("12345")));
      expect(most).toBe(1);
      await Promise.all([ana, other, ana, other].map((one) => one?.get("12345")));
      expect(most).toBe(2);
      expect(standIn.seen.filter(({ path }) => path.endsWith("/me"))).toHaveLength(3);
      expect([ana?.whose?.() === ben?.whose?.(), ana?.whose?.() === other?.whose?.()]).toEqual([
        true,
        false,
      ]);
    },
  },
  {
    fact: "an account that does not say whose a key is is called as before, and is not asked again at once",
    source: agency,
    proves: async ({ opened, standIn }) => {
      for (const [status, body] of [
        [404, ""],
        [200, {}],
        [500, "<html>"],
      ] as const) {
        standIn.reply(({ path }, response) =>
          path.endsWith("/me") ? answer(response, status, body) : answerSample(response, pairs.get),
        );
        expect(await opened.get("12345")).toMatchObject({ phase: "paused" });
        expect(await opened.get("12345")).toMatchObject({ phase: "paused" });
        expect(opened.whose?.()).toBeUndefined();
      }
      expect(standIn.seen.filter(({ path }) => path.endsWith("/me"))).toHaveLength(1);
    },
  },
];

itAnswersAsDocumented({
  name: "woodpecker",
  adapter: woodpecker,
  secret: { apiKey: "wp-0123456789.abcdef" },
  login: pairs.me,
  id: "12345",
  pairs,
  rows,
  facts,
});
