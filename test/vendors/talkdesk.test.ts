import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { talkdesk } from "../../src/vendors/talkdesk.ts";
import { aStage, failureOf, itIsAVendor, type Stage, today } from "./contract.ts";
import samples from "./samples/talkdesk.json" with { type: "json" };
import { answer, answerSample, type StandIn } from "./stand-in.ts";

/** When the campaigns of the samples were made. */
const mark = "2026-01-01T00:00:00";

const { pairs } = samples;
const under = {
  name: "talkdesk",
  adapter: talkdesk,
  secret: { clientId: "cl1ent-0123", clientSecret: "s3cret/+=0123456789" },
  options: ({ url }: StandIn) => ({
    account: "acme",
    region: "us",
    tokenUrl: `${url}/oauth/token`,
  }),
} as const;
const campaign = pairs.get.response.body;
const { id } = campaign;

itIsAVendor({
  ...under,
  headers: { authorization: "Bearer t0ken-one", accept: "application/hal+json, application/json" },
  login: pairs.token,
  list: {
    pages: [pairs.list_1, pairs.list_2],
    expected: [
      { id, name: "Winback", phase: "running", word: "RUNNING", mark },
      {
        id: "9d0c1b2a3f4e5d6c7b8a9f0e1d2c3b4a",
        name: "Surveys",
        phase: "ready",
        word: "READY",
        mark,
      },
    ],
  },
  atOnce: 8,
  check: pairs.check,
  get: {
    sample: pairs.get,
    expected: { id, name: "Winback", phase: "paused", word: "PAUSED", mark },
  },
  acts: { pause: pairs.pause, resume: pairs.resume },
  words: { INCOMPLETE: "draft", READY: "ready", RUNNING: "running", PAUSED: "paused" },
  showing: (word) => ({ ...campaign, status: word }),
  refusals: {
    400: pairs.bad_body,
    401: pairs.expired,
    403: pairs.scopes,
    404: pairs.not_found,
    422: pairs.state,
  },
  echo: (message) => ({ code: "0530001", message }),
});

describe("talkdesk's own ways", () => {
  let stage: Stage;
  let clock = today.getTime();
  let tokens = 0;
  beforeEach(async () => {
    clock = today.getTime();
    tokens = 0;
    stage = await aStage(under, { now: () => new Date(clock) });
  });
  afterEach(() => stage.standIn.close());

  /** A server whose tokens are t-1, t-2 …; `good` says which of them it takes. */
  const serving = (body: unknown, good: (token: string) => boolean = () => true) =>
    stage.standIn.reply(({ path, headers }, response) => {
      const token = String(headers.authorization).replace("Bearer ", "");
      if (path === "/oauth/token") {
        tokens += 1;
        const fresh = { ...pairs.token.response.body, access_token: `t-${tokens}` };
        setTimeout(() => answer(response, 200, fresh), 5);
      } else if (good(token)) answer(response, 200, body);
      else answerSample(response, pairs.expired);
    });
  const refused = async (status: number, body: unknown, call: () => Promise<unknown>) => {
    stage.standIn.reply(({ path }, response) =>
      path === "/oauth/token"
        ? answerSample(response, pairs.token)
        : answer(response, status, body),
    );
    return (await failureOf(call())).facts;
  };

  it("asks for a token with a form, the client's name and secret, and the two rights it needs", async () => {
    serving(campaign);
    await stage.opened.get(id);
    const basic = Buffer.from(`${under.secret.clientId}:${under.secret.clientSecret}`).toString(
      "base64",
    );
    expect(stage.standIn.seen[0]).toMatchObject({
      method: "POST",
      path: "/oauth/token",
      headers: {
        authorization: `Basic ${basic}`,
        "content-type": "application/x-www-form-urlencoded",
      },
    });
    const form = new URLSearchParams(stage.standIn.seen[0]?.body);
    expect(Object.fromEntries(form)).toEqual({
      grant_type: "client_credentials",
      scope: "campaigns:read campaigns:write",
    });
  });

  it("asks once for a token that many callers wait for, and keeps it", async () => {
    serving(campaign);
    await Promise.all(Array.from({ length: 8 }, () => stage.opened.get(id)));
    await stage.vendor.open(stage.account).get(id);
    expect(tokens).toBe(1);
  });

  it("asks for another a minute before the old one ends", async () => {
    serving(campaign);
    await stage.opened.get(id);
    clock += 538_000;
    await stage.opened.get(id);
    expect(tokens).toBe(1);
    clock += 2_000;
    await stage.opened.get(id);
    expect(tokens).toBe(2);
  });

  it("asks anew when the connection was changed", async () => {
    serving(campaign);
    await stage.opened.get(id);
    await stage.vendor.open({ ...stage.account, version: 2 }).get(id);
    expect(tokens).toBe(2);
  });

  it("replaces a token that stopped working, once for all callers, and repeats their calls", async () => {
    serving(campaign, (token) => token === "t-2");
    await Promise.all([stage.opened.get(id), stage.opened.get(id), stage.opened.act("pause", id)]);
    expect(tokens).toBe(2);
  });

  it("tries no third token", async () => {
    serving(campaign, () => false);
    expect((await failureOf(stage.opened.act("pause", id))).facts.kind).toBe("unauthorized");
    expect(tokens).toBe(2);
    expect(stage.standIn.seen).toHaveLength(4);
  });

  it.each([
    [pairs.bad_client.response.status, pairs.bad_client.response.body],
    [400, { error: "invalid_client" }],
    [404, "<html>"],
  ])("takes a %i from the login for wrong credentials", async (status, body) => {
    stage.standIn.reply((_, response) => answer(response, status, body));
    const { facts } = await failureOf(stage.opened.act("pause", id));
    expect(facts).toMatchObject({ kind: "unauthorized", status });
    expect(stage.standIn.seen).toHaveLength(1);
  });

  it("is not unclear about a change when the login failed before it", async () => {
    stage.standIn.reply((_, response) => answer(response, 503, ""));
    expect((await failureOf(stage.opened.act("pause", id))).facts.kind).toBe("unavailable");
  });

  it("asks again after a login that failed", async () => {
    stage.standIn.reply((_, response) => answer(response, 503, ""));
    await failureOf(stage.opened.get(id));
    serving(campaign);
    expect(await stage.opened.get(id)).toMatchObject({ phase: "paused" });
  });

  it.each([{}, { access_token: 7 }, { access_token: "a\nb" }])(
    "takes %o for no token",
    async (body) => {
      stage.standIn.reply((_, response) => answer(response, 200, body));
      expect((await failureOf(stage.opened.get(id))).facts.kind).toBe("bad_answer");
    },
  );

  it("lives with a token that names no end, or a very near one", async () => {
    stage.standIn.reply(({ path }, response) =>
      answer(
        response,
        200,
        path === "/oauth/token" ? { access_token: "t", expires_in: 10 } : campaign,
      ),
    );
    await stage.opened.get(id);
    await stage.opened.get(id);
    expect(stage.standIn.seen).toHaveLength(3);
    clock += 6_000;
    stage.standIn.reply(({ path }, response) =>
      answer(response, 200, path === "/oauth/token" ? { access_token: "t" } : campaign),
    );
    await stage.opened.get(id);
    clock += 500_000;
    await stage.opened.get(id);
    expect(stage.standIn.seen).toHaveLength(6);
  });

  it("accepts a 200 that still says READY: the next read tells", async () => {
    stage.standIn.replay(pairs.token, pairs.pause);
    await expect(stage.opened.act("pause", id)).resolves.toBeUndefined();
  });

  it("never launches a READY campaign with a resume, and has no cancel", () => {
    const { resume, cancel } = stage.vendor.capabilities;
    expect(resume).toMatchObject({ from: ["paused"], refusals: { ready: expect.any(String) } });
    expect(cancel).toEqual({ cannot: "Talkdesk has no cancel. I can pause it instead." });
  });

  it("reads the list in the documentation's misspelling too", async () => {
    const [one, two] = [pairs.list_1, pairs.list_2].map(({ response }) => {
      const { total_pages: total_page, _embedded, ...rest } = response.body;
      return { ...rest, total_page, _embedded: { campaings: _embedded.campaigns } };
    });
    stage.standIn.reply(({ path }, response) => {
      if (path === "/oauth/token") answerSample(response, pairs.token);
      else answer(response, 200, path.includes("page=1&") ? one : two);
    });
    expect(await stage.opened.list()).toHaveLength(2);
  });

  it("has nothing to list in an empty account, with or without an empty list", async () => {
    for (const body of [{ total: 0 }, { _embedded: { campaigns: [] } }]) {
      serving(body);
      expect(await stage.opened.list()).toEqual([]);
    }
  });

  it("shows that a campaign needs attention", async () => {
    serving({ ...campaign, action_required: true });
    expect((await stage.opened.get(id)).note).toMatch(/attention/);
  });

  it("reads a campaign from the list when it may list but not get", async () => {
    stage.standIn.reply(({ path }, response) => {
      if (path === "/oauth/token") answerSample(response, pairs.token);
      else if (path.startsWith("/campaigns?")) {
        answerSample(response, path.includes("page=1&") ? pairs.list_1 : pairs.list_2);
      } else answerSample(response, pairs.scopes);
    });
    expect(await stage.opened.get(id)).toMatchObject({ id, phase: "running" });
    expect((await failureOf(stage.opened.get("nope"))).facts.kind).toBe("not_found");
  });

  it.each([403, 404])(
    "says that the account may not be enrolled when the list itself is a %i",
    async (status) => {
      const facts = await refused(status, "", () => stage.opened.list());
      expect(facts.kind).toBe("forbidden");
      expect(facts.sentence).toMatch(/enrolled/);
    },
  );

  it("keeps the code's leading zeros, and hints at what a 422 may mean", async () => {
    const facts = await refused(422, pairs.state.response.body, () =>
      stage.opened.act("resume", id),
    );
    expect(facts).toMatchObject({ kind: "refused", code: "0530008" });
    expect(facts.sentence).toMatch(/calling hours/);
  });

  it.each([
    ["12", 12_000],
    ["9999", 60_000],
    ["soon", undefined],
    ["-1", undefined],
  ])("finds the wait of a shed load in the body: %s", async (description, ms) => {
    const body = { ...pairs.shed.response.body, fields: [{ name: "retry-after", description }] };
    const facts = await refused(429, body, () => stage.opened.get(id));
    expect(facts.retryAfterMs).toBe(ms);
  });

  it.each([
    { account: "acme", region: "us", tokenUrl: "http://127.0.0.1:1/oauth/token" },
    { account: "acme", region: "us", tokenUrl: "https://evil.example/oauth/token" },
    { account: "acme", region: "us", tokenUrl: "not an address" },
    { account: "evil.example/", region: "us" },
    { account: "", region: "us" },
    { region: "us" },
  ])("never sends the client's secret to %o", async (options) => {
    const opened = stage.vendor.open({ ...stage.account, options: { ...options } });
    expect((await failureOf(opened.get(id))).facts.kind).toBe("blocked");
    expect(stage.standIn.seen).toEqual([]);
  });

  it("sends one region's token to no other region's address", async () => {
    serving(campaign);
    const opened = stage.vendor.open({ ...stage.account, baseUrl: "https://api.talkdeskapp.eu" });
    expect((await failureOf(opened.get(id))).facts.kind).toBe("blocked");
  });
});
