import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Action, Campaign, Phase, Progress, VendorName } from "../../src/domain/campaign.ts";
import { actions } from "../../src/domain/campaign.ts";
import { explain } from "../../src/vendors/explain.ts";
import { type FailureKind, VendorFailure } from "../../src/vendors/failure.ts";
import { checkBaseUrl, createHttp } from "../../src/vendors/http.ts";
import { secretForms } from "../../src/vendors/secret-forms.ts";
import { toolsFrom, type VendorTools } from "../../src/vendors/tools.ts";
import type { Account, OpenAccount, Vendor } from "../../src/vendors/vendor.ts";
import {
  answer,
  answerSample,
  aStandIn,
  type Sample,
  type Seen,
  type StandIn,
} from "./stand-in.ts";

/** What one vendor is expected to do with what its documentation, or a recording, shows. */
export interface VendorUnderTest {
  name: VendorName;
  adapter(tools: VendorTools): Vendor;
  secret: Record<string, string>;
  options?(standIn: StandIn): Record<string, string>;
  /** Headers every campaign call carries. */
  headers: Record<string, string>;
  /** What the vendor is asked for before any campaign call. */
  login?: Sample;
  list: { pages: Sample[]; expected: Campaign[]; length?: number };
  check: Sample;
  /** How many calls one account may have open. */
  atOnce: number;
  get: { sample: Sample; expected: Campaign };
  acts: Partial<Record<Action, Sample>>;
  progress?: { sample: Sample; expected: Progress };
  /** The vendor's words, and the body of a get that shows one. */
  words: Record<string, Phase>;
  showing(word: string): unknown;
  /** The vendor's own refusals, by status; others are tried with a plain body. */
  refusals: Partial<Record<number, Sample>>;
  /** Where its statuses mean something else than usual. */
  kinds?: Partial<Record<number, FailureKind>>;
  /** A body in which it could repeat what it was sent. */
  echo(text: string): unknown;
}

export const today = new Date("2026-11-22T10:00:00Z");
const usual: Record<number, FailureKind> = {
  400: "refused",
  401: "unauthorized",
  402: "payment",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  422: "refused",
};
export const hostile = [
  "",
  " ",
  ".",
  "..",
  "../..",
  "1/../2",
  "%2e",
  "%2e%2e",
  "1%2f2",
  "１２",
  "4２",
  "42 ",
  " 42",
  "42\n",
  "4\u00002",
  "42?x=y",
  "42#x",
  "42/pause",
  "\\..\\",
  "42;x",
  "42&a=b",
  "./42",
  "//evil.example",
  "null ",
  "{id}",
  "é",
  "a".repeat(65),
];

export interface Stage {
  standIn: StandIn;
  vendor: Vendor;
  account: Account;
  opened: OpenAccount;
  /** Another account of the same vendor, at the same stand-in. */
  other: OpenAccount;
}

/** The adapter over real HTTP against a stand-in on this machine; deadlines are short. */
export async function aStage(
  { adapter, secret, options }: Pick<VendorUnderTest, "adapter" | "secret" | "options">,
  { deadlineMs = 10_000, now = () => today, haste = 100 } = {},
): Promise<Stage> {
  const standIn = await aStandIn();
  const http = createHttp({ allow: [standIn.hostPort], deadlineMs, now });
  const vendor = adapter(toolsFrom({ http, now, haste, sleep: async () => {} }));
  const account = {
    connectionId: "con_1",
    version: 1,
    baseUrl: standIn.url,
    options: options?.(standIn) ?? {},
    secret,
  };
  const options2 = { ...account.options, companyId: "77" };
  const other = vendor.open({ ...account, connectionId: "con_2", options: options2 });
  return { standIn, vendor, account, opened: vendor.open(account), other };
}

export async function failureOf(call: Promise<unknown>): Promise<VendorFailure> {
  const error = await call.then(
    () => new Error("it did not fail"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof VendorFailure) return error;
  throw error;
}

/** The one suite that every adapter passes. */
export function itIsAVendor(under: VendorUnderTest): void {
  const { login, acts, get } = under;
  const id = get.expected.id;
  const logins = login ? [login] : [];
  let stage: Stage;
  beforeEach(async () => {
    stage = await aStage(under);
  });
  afterEach(() => stage.standIn.close());

  /** Campaign calls only, whatever was needed to log in. */
  const calls = () => stage.standIn.seen.filter(({ path }) => path !== login?.request.path);
  const answering = (reply: (response: ServerResponse, seen: Seen) => void) =>
    stage.standIn.reply((seen, response) => {
      if (login && seen.path === login.request.path) answerSample(response, login);
      else reply(response, seen);
    });
  const possible = actions.filter((action) => acts[action]);
  const everyCall = (changer = stage.opened): [() => Promise<unknown>, boolean][] => [
    [() => stage.opened.get(id), false],
    [() => changer.act("pause", id), true],
  ];

  function expectSafe(failure: VendorFailure, changing: boolean): void {
    const told = explain(failure.facts, {
      action: "pause",
      campaignName: "Spring launch",
      changing,
    });
    const all = [
      JSON.stringify(failure.facts),
      String(failure),
      failure.stack,
      String(failure.cause),
      JSON.stringify(told),
    ];
    for (const secret of Object.values(under.secret)) expect(all.join()).not.toContain(secret);
    expect(failure.facts.vendor).toBe(under.name);
    expect(told.sentence).toContain(stage.vendor.title.split(" ")[0]);
    const ending =
      failure.facts.kind === "unclear" ? "We do not know yet whether" : "Nothing was changed.";
    expect(told.sentence).toContain(ending);
    expect(JSON.stringify(told)).not.toMatch(/undefined|null|HTTP|\bAPI_|<html/);
  }

  describe(`${under.name}: what it is asked for`, () => {
    it("lists every campaign of every page, with its own words", async () => {
      stage.standIn.replay(...logins, ...under.list.pages);
      const listed = await stage.opened.list();
      expect(listed).toEqual(expect.arrayContaining(under.list.expected));
      expect(listed).toHaveLength(under.list.length ?? under.list.expected.length);
      expect(calls().map(({ path }) => path)).toEqual(
        under.list.pages.map(({ request }) => request.path),
      );
    });

    it("has an address of its own by default, and secrets that are marked so", () => {
      const { vendor, account } = stage;
      const base = vendor.defaultBaseUrl(account.options);
      expect(checkBaseUrl(vendor, base, [])).toEqual({ ok: true, origin: base });
      const secrets = vendor.fields.filter(({ secret }) => secret).map(({ name }) => name);
      expect(secretForms(vendor)).toContainEqual(Object.keys(under.secret));
      expect(new Set(secretForms(vendor).flat())).toEqual(new Set(secrets));
    });

    it("gets one campaign", async () => {
      stage.standIn.replay(...logins, get.sample);
      expect(await stage.opened.get(id)).toEqual(get.expected);
    });

    it("checks a key with one cheap read", async () => {
      stage.standIn.replay(...logins, under.check);
      await stage.opened.check();
      expect(calls()).toHaveLength(1);
      expect(calls()[0]).toMatchObject({ method: "GET", path: under.check.request.path, body: "" });
    });

    it.each(possible)("sends exactly what the vendor documents for %s", async (action) => {
      const sample = acts[action];
      if (!sample) return;
      stage.standIn.replay(...logins, sample);
      await stage.opened.act(action, id);
      const [call] = calls();
      const { method, path, body } = sample.request;
      expect(calls()).toHaveLength(1);
      expect(call).toMatchObject({
        method,
        path,
        headers: { ...under.headers, "accept-encoding": "identity" },
      });
      expect(call?.body).toBe(body === undefined ? "" : JSON.stringify(body));
      if (body !== undefined) expect(call?.headers["content-type"]).toBe("application/json");
    });

    it("sends its key with every read", async () => {
      stage.standIn.replay(...logins, get.sample);
      await stage.opened.get(id);
      expect(calls()[0]).toMatchObject({ headers: under.headers });
    });

    it("says which actions there are, and refuses the others without a call", async () => {
      for (const action of actions) {
        const capability = stage.vendor.capabilities[action];
        expect("cannot" in capability).toBe(acts[action] === undefined);
        if ("cannot" in capability) {
          const { facts } = await failureOf(stage.opened.act(action, id));
          expect(facts).toMatchObject({ kind: "refused", sentence: capability.cannot });
        } else {
          expect(capability.from.some((phase) => capability.reaches.includes(phase))).toBe(false);
        }
      }
      expect(stage.vendor.capabilities.resume).toMatchObject({ from: ["paused"] });
      expect(stage.standIn.seen).toEqual([]);
    });

    it(`${under.progress ? "counts" : "has no"} progress`, async () => {
      if (!under.progress) return expect(stage.opened.progress).toBeUndefined();
      stage.standIn.replay(...logins, under.progress.sample);
      expect(await stage.opened.progress?.(id)).toEqual(under.progress.expected);
    });
  });

  describe(`${under.name}: what it makes of answers`, () => {
    it.each(Object.entries(under.words))("reads %s as %s, in any case", async (word, phase) => {
      for (const spelling of [word, word.toUpperCase(), word.toLowerCase()]) {
        answering((response) => answer(response, 200, under.showing(spelling)));
        expect(await stage.opened.get(id)).toMatchObject({ id, phase, word: spelling });
      }
    });

    it.each(["HIBERNATING", "constructor", "__proto__", ""])(
      "takes the word %o for unknown, and never throws",
      async (word) => {
        answering((response) => answer(response, 200, under.showing(word)));
        expect(await stage.opened.get(id)).toMatchObject({ phase: "unknown", word });
      },
    );

    it("takes no other campaign for the one it asked for", async () => {
      const other = JSON.stringify(get.sample.response.body).replaceAll(id, "77");
      answering((response) => answer(response, 200, other));
      expect((await failureOf(stage.opened.get(id))).facts.kind).toBe("bad_answer");
    });

    it.each(["", "null", "[]", "{}", "<html>hello</html>", '{"a":', "7", '"text"'])(
      "fails with a bad answer when a read brings %o",
      async (body) => {
        answering((response) => answer(response, 200, body));
        const failure = await failureOf(stage.opened.get(id));
        expect(failure.facts.kind).toBe("bad_answer");
        expectSafe(failure, false);
        if (body === "[]") return;
        expect((await failureOf(stage.opened.list())).facts.kind).toBe("bad_answer");
      },
    );
  });

  describe(`${under.name}: ids`, () => {
    it.each(hostile)("keeps %o on this machine", async (bad) => {
      const asked: Promise<unknown>[] = [
        stage.opened.get(bad),
        ...possible.map((action) => stage.opened.act(action, bad)),
      ];
      if (stage.opened.progress) asked.push(stage.opened.progress(bad));
      for (const call of asked) expect((await failureOf(call)).facts.kind).toBe("not_found");
      expect(stage.standIn.seen).toEqual([]);
    });
  });

  describe(`${under.name}: refusals`, () => {
    it.each(Object.keys(usual).map(Number))(
      "%i is a failure of its kind and changes nothing",
      async (status) => {
        const sample = under.refusals[status];
        answering((response) =>
          answer(response, status, sample?.response.body ?? { detail: "No.", message: "No." }),
        );
        for (const [call, changing] of everyCall()) {
          const failure = await failureOf(call());
          expect(failure.facts.kind).toBe(under.kinds?.[status] ?? usual[status]);
          expect(failure.facts.status).toBe(status);
          expectSafe(failure, changing);
        }
      },
    );

    it.each([
      ["30", 30_000],
      ["Sun, 22 Nov 2026 10:00:20 GMT", 20_000],
      ["999999999", 60_000],
      [undefined, undefined],
    ])("429 with Retry-After %s asks to wait %s ms", async (header, ms) => {
      answering((response) =>
        answer(response, 429, "", header === undefined ? {} : { "retry-after": header }),
      );
      for (const [call, changing] of everyCall(stage.other)) {
        const failure = await failureOf(call());
        expect(failure.facts.kind).toBe("rate_limited");
        expect(failure.facts.retryAfterMs).toBe(ms);
        expectSafe(failure, changing);
      }
    });

    it("500 with a page of HTML leaves a change unclear and a read unavailable", async () => {
      answering((response) =>
        answer(response, 500, "<html><h1>Oops</h1></html>", { "content-type": "text/html" }),
      );
      for (const [call, changing] of everyCall()) {
        const failure = await failureOf(call());
        expect(failure.facts.kind).toBe(changing ? "unclear" : "unavailable");
        expect(failure.facts.vendorText).toBeUndefined();
        expectSafe(failure, changing);
      }
    });

    it("a reset leaves a change unclear and a read unavailable", async () => {
      answering((response) => response.socket?.resetAndDestroy());
      for (const [call, changing] of everyCall()) {
        const failure = await failureOf(call());
        expect(failure.facts.kind).toBe(changing ? "unclear" : "unavailable");
        expectSafe(failure, changing);
      }
    });

    it("silence until the deadline leaves a change unclear and a read unavailable", async () => {
      const short = await aStage(under, { deadlineMs: 120 });
      short.standIn.reply((seen, response) => {
        if (login && seen.path === login.request.path) answerSample(response, login);
      });
      const [reading, pausing] = await Promise.all([
        failureOf(short.opened.get(id)),
        failureOf(short.opened.act("pause", id)),
      ]);
      await short.standIn.close();
      expect(reading.facts.kind).toBe("unavailable");
      expect(pausing.facts.kind).toBe("unclear");
      expectSafe(pausing, true);
    });

    it("a change that could not even be sent is unavailable, not unclear", async () => {
      await stage.standIn.close();
      const failure = await failureOf(stage.opened.act("pause", id));
      expect(failure.facts.kind).toBe("unavailable");
      expectSafe(failure, true);
    });

    it("a redirect is not followed", async () => {
      answering((response) =>
        answer(response, 307, "", { location: `${stage.standIn.url}/elsewhere` }),
      );
      for (const [call, changing] of everyCall()) {
        const failure = await failureOf(call());
        expect(failure.facts.kind).toBe("redirected");
        expectSafe(failure, changing);
      }
      expect(stage.standIn.seen.map(({ path }) => path)).not.toContain("/elsewhere");
    });

    it.each([400, 401, 403, 500])(
      "never repeats a key that the vendor echoes with a %i",
      async (status) => {
        answering((response, { headers }) => {
          const sent = [
            headers.authorization,
            headers["x-api-key"],
            ...Object.values(under.secret),
          ];
          answer(response, status, under.echo(`Bad key ${sent.join(" ")} given`));
        });
        for (const [call, changing] of everyCall()) {
          const failure = await failureOf(call());
          expect(failure.facts.vendorText).toMatch(/^Bad key .*\[key\]/);
          expectSafe(failure, changing);
        }
      },
    );

    it("cuts what the vendor says to 200 characters of one line", async () => {
      answering((response) => answer(response, 400, under.echo(`a\n\u202eb ${"x".repeat(5_000)}`)));
      const { vendorText } = (await failureOf(stage.opened.act("pause", id))).facts;
      expect(vendorText).toHaveLength(200);
      expect(vendorText).toMatch(/^a b x+…$/);
    });

    it.each(["key\r\nx-evil: 1", "ключ", "", "   "])(
      "sends nothing with the key %o",
      async (key) => {
        const [name = ""] = Object.keys(under.secret);
        const opened = stage.vendor.open({
          ...stage.account,
          secret: { ...under.secret, [name]: key },
        });
        for (const call of [
          opened.check(),
          opened.list(),
          opened.get(id),
          opened.act("pause", id),
        ]) {
          expect((await failureOf(call)).facts.kind).toBe("blocked");
        }
        expect(stage.standIn.seen).toEqual([]);
      },
    );
  });
  describe(`${under.name}: kindness`, () => {
    const getsOne = (response: ServerResponse) => answerSample(response, get.sample);

    it("never has more calls open at once than its pace says, and leaves none out", async () => {
      let open = 0;
      let most = 0;
      answering((response) => {
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          getsOne(response);
        }, 5);
      });
      await Promise.all(Array.from({ length: 12 }, () => stage.opened.get(id)));
      expect(most).toBeLessThanOrEqual(under.atOnce);
      expect(calls()).toHaveLength(12);
    });

    it("F50: a sick account does not hold up another of the same vendor", async () => {
      answering((response, { path }) => {
        if (!path.endsWith("/77")) getsOne(response);
      });
      const sick = Array.from({ length: 12 }, () => failureOf(stage.opened.get("77")));
      expect(await stage.other.get(id)).toEqual(get.expected);
      await stage.standIn.close();
      for (const { facts } of await Promise.all(sick)) {
        expect(["unavailable", "held_back"]).toContain(facts.kind);
      }
    });

    it("F49: leaves an account alone after five faults in a row; what is not sent is not unclear", async () => {
      answering((response) => answer(response, 503, ""));
      const kinds: FailureKind[] = [];
      for (let n = 0; n < 12; n += 1) {
        const failure = await failureOf(stage.opened.act("pause", id));
        expectSafe(failure, true);
        kinds.push(failure.facts.kind);
      }
      expect(kinds).toEqual([...Array(5).fill("unclear"), ...Array(7).fill("held_back")]);
      expect(calls()).toHaveLength(5);
      answering(getsOne);
      expect(await stage.other.get(id)).toEqual(get.expected);
    });

    it("F49: asks nothing more of an account that asked us to wait, until the time is over", async () => {
      let clock = today.getTime();
      const timed = await aStage(under, { now: () => new Date(clock) });
      let limited = true;
      timed.standIn.reply((seen, response) => {
        if (login && seen.path === login.request.path) answerSample(response, login);
        else if (limited) answer(response, 429, "", { "retry-after": "30" });
        else getsOne(response);
      });
      expect((await failureOf(timed.opened.get(id))).facts.kind).toBe("rate_limited");
      const sent = timed.standIn.seen.length;
      limited = false;
      clock += 29_000;
      const held = await failureOf(timed.opened.act("pause", id));
      expect(held.facts).toMatchObject({ kind: "held_back", retryAfterMs: 1_000 });
      expectSafe(held, true);
      expect(timed.standIn.seen).toHaveLength(sent);
      clock += 1_000;
      expect(await timed.opened.get(id)).toEqual(get.expected);
      await timed.standIn.close();
    });
  });
}
