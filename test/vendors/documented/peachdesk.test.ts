import { expect } from "vitest";
import { createHttp } from "../../../src/vendors/http.ts";
import { peachdesk } from "../../../src/vendors/peachdesk.ts";
import { toolsFrom } from "../../../src/vendors/tools.ts";
import { aStage, failureOf, today } from "../contract.ts";
import samples from "../samples/peachdesk.json" with { type: "json" };
import { answerSample } from "../stand-in.ts";
import { type Fact, itAnswersAsDocumented, type Row } from "./table.ts";

const { pairs } = samples;
type Pair = keyof typeof pairs;

const server = "https://github.com/dograh-hq/dograh/blob/main/api/routes/campaign.py";
const keys = "https://github.com/dograh-hq/dograh/blob/main/api/services/auth/depends.py";
const quota = "https://github.com/dograh-hq/dograh/blob/main/api/services/quota_service.py";
const staging = "https://docs.stage.peachdeskai.com";

const refusesKey = /Peachdesk AI at 127\.0\.0\.1:\d+ does not accept our key \(401\)/;

const rows: readonly Row<Pair>[] = [
  { pair: "list", source: server, asked: "list", is: "ok", says: /C-failed/ },
  { pair: "list", source: server, asked: "check", is: "ok" },
  { pair: "list_no_slash", source: server, asked: "list", is: "redirected" },
  { pair: "get_running", source: server, asked: "get", is: "ok", says: /"phase":"running"/ },
  { pair: "get_running", source: server, asked: "progress", is: "ok", says: /"total":12/ },
  // Its numbers rise by one for a batch, so another answer is read instead.
  { pair: "progress", source: server, asked: "progress", is: "ok", says: /^(?!.*"done")/ },
  { pair: "pause_ok", source: server, asked: "pause", is: "ok" },
  { pair: "pause_syncing_ok", source: server, asked: "pause", is: "ok" },
  { pair: "resume_ok", source: server, asked: "resume", is: "ok" },
  { pair: "pause_already_paused", source: server, asked: "pause", is: "refused" },
  { pair: "pause_completed", source: server, asked: "pause", is: "refused" },
  { pair: "pause_created", source: server, asked: "pause", is: "refused" },
  { pair: "resume_running", source: server, asked: "resume", is: "refused" },
  { pair: "resume_failed", source: server, asked: "resume", is: "refused" },
  { pair: "resume_created", source: server, asked: "resume", is: "refused" },
  { pair: "pause_trailing_slash", source: server, asked: "pause", is: "redirected" },
  { pair: "not_found_other_org", source: server, asked: "pause", is: "not_found" },
  { pair: "bad_id", source: server, asked: "pause", is: "refused" },
  { pair: "id_overflow", source: server, asked: "get", is: "unavailable" },
  { pair: "bad_key", source: keys, asked: "check", is: "unauthorized", says: refusesKey },
  { pair: "no_key", source: keys, asked: "get", is: "unauthorized", says: refusesKey },
  { pair: "hosted_no_key", source: keys, asked: "get", is: "unauthorized", says: refusesKey },
  { pair: "key_as_token", source: keys, asked: "get", is: "unauthorized", says: refusesKey },
  { pair: "owner_gone", source: keys, asked: "pause", is: "unauthorized", says: refusesKey },
  { pair: "no_user", source: keys, asked: "get", is: "unauthorized", says: refusesKey },
  { pair: "no_telephony_401", source: server, asked: "resume", is: "refused", says: /telephony/ },
  { pair: "no_quota_402", source: quota, asked: "resume", is: "payment", says: /used up \(402\)/ },
  { pair: "credits_unverified", source: quota, asked: "resume", is: "unavailable" },
  { pair: "bad_model_keys", source: quota, asked: "resume", is: "refused", says: /model settings/ },
  { pair: "service_down", source: quota, asked: "get", is: "unavailable" },
  {
    pair: "no_route",
    source: server,
    asked: "get",
    is: "bad_answer",
    says: /not the campaign API/,
  },
  { pair: "no_method", source: server, asked: "pause", is: "refused" },
  { pair: "get_after_breaker", source: server, asked: "get", is: "bad_answer" },
];

const facts: readonly Fact[] = [
  {
    fact: "why the breaker paused it is told",
    source: server,
    proves: async ({ opened, standIn }) => {
      standIn.replay(pairs.get_after_breaker);
      expect((await opened.get("4")).note).toMatch(/failure rate 100\.00%/);
    },
  },
  {
    fact: "a key that is refused at the staging host is told where it was refused, and that another host needs its own address",
    source: staging,
    proves: async ({ vendor, account }) => {
      const said = await refusedAt(vendor.defaultBaseUrl({}), account.secret);
      expect(said).toBe(
        "Peachdesk AI at api.stage.peachdeskai.com does not accept our key (401). That is its staging host: a key of another one needs that one’s base URL.",
      );
      expect(await refusedAt("https://api.acme.peachdeskai.com", account.secret)).toBe(
        "Peachdesk AI at api.acme.peachdeskai.com does not accept our key (401).",
      );
    },
  },
  {
    fact: "the form asks where it answers, and says what is asked if nothing is said",
    source: staging,
    proves: ({ vendor }) => {
      expect(vendor.baseUrlHint).toContain(vendor.defaultBaseUrl({}));
      expect(vendor.baseUrlHint).toContain("staging");
    },
  },
];

/** What is said of a key that this address refuses; the call itself is answered on this machine. */
async function refusedAt(baseUrl: string, secret: Readonly<Record<string, string>>) {
  const { standIn } = await aStage({ adapter: peachdesk, secret });
  standIn.reply((_, response) => answerSample(response, pairs.bad_key));
  const http = createHttp({ allow: [standIn.hostPort], now: () => today });
  const here = {
    send: (call: Parameters<typeof http.send>[0]) => http.send({ ...call, baseUrl: standIn.url }),
  };
  const vendor = peachdesk(toolsFrom({ http: here, now: () => today }));
  const account = { connectionId: "con_1", version: 1, baseUrl, options: {}, secret };
  const { facts: failed } = await failureOf(vendor.open(account).check());
  await standIn.close();
  return failed.sentence;
}

itAnswersAsDocumented({
  name: "peachdesk",
  adapter: peachdesk,
  secret: { apiKey: "dgr_k3y-0123456789abcdefghijklmnopqrstuvwxyzABCDE" },
  id: "3",
  pairs,
  rows,
  facts,
});
