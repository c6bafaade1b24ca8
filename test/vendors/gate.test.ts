import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Answer, Call } from "../../src/vendors/call.ts";
import { explain } from "../../src/vendors/explain.ts";
import { type FailureFacts, VendorFailure } from "../../src/vendors/failure.ts";
import { createGates } from "../../src/vendors/gates.ts";
import { toolsFrom } from "../../src/vendors/tools.ts";
import { failureOf } from "./contract.ts";

const yes: Answer = { status: 200, headers: {}, text: "", json: () => ({}) };
const failing = (facts: Pick<FailureFacts, "kind"> & Partial<FailureFacts>) =>
  new VendorFailure({ vendor: "burki", ...facts });
const fault = failing({ kind: "unavailable", status: 503 });

const aCall = (path: string, more: Partial<Call> = {}): Call => ({
  vendor: "burki",
  hosts: [],
  method: "GET",
  baseUrl: "https://api.burki.dev",
  path,
  headers: {},
  changing: false,
  secrets: [],
  words: () => ({}),
  ...more,
});

interface Sent {
  path: string;
  at: number;
  answers(): void;
  fails(why?: VendorFailure): void;
}

/** Gates of one vendor; what is sent stays open until the test answers it. Timers stand still. */
function aHouse({ atOnce = 2, perSecond = 100, haste = 1 } = {}) {
  const sent: Sent[] = [];
  const send = ({ path }: Call) =>
    new Promise<Answer>((resolve, reject) => {
      const answers = () => resolve(yes);
      sent.push({ path, at: Date.now(), answers, fails: (why = fault) => reject(why) });
    });
  const heard: string[] = [];
  const tools = toolsFrom({
    http: { send },
    now: () => new Date(),
    haste,
    witness: {
      called: (vendor, outcome) => heard.push(`${vendor} ${outcome}`),
      breakerChanged: (vendor, isOpen) => heard.push(`${vendor} ${isOpen ? "open" : "closed"}`),
    },
  });
  const gates = createGates({ vendor: "burki", pace: { atOnce, perSecond }, tools });
  const { urgent, calm } = gates.of("con_1");
  const paths = () => sent.map(({ path }) => path);
  const answersAll = async () => {
    for (let n = 0; n < sent.length; n += 1) {
      sent[n]?.answers();
      await vi.advanceTimersByTimeAsync(0);
    }
  };
  /** One call after the other, each meeting this. */
  const meets = async (why: VendorFailure, times: number) => {
    for (let n = 0; n < times; n += 1) {
      const asked = failureOf(urgent.send(aCall(`/sick/${n}`)));
      await vi.advanceTimersByTimeAsync(0);
      sent.at(-1)?.fails(why);
      await asked;
    }
    sent.length = 0;
  };
  return { gates, urgent, calm, sent, heard, paths, answersAll, meets };
}

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2027-01-04T12:00:00Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the gate of an account", () => {
  it("has as many calls open as its pace says, and sends the next when one is answered", async () => {
    const { calm, sent, paths } = aHouse();
    for (const path of ["/1", "/2", "/3"]) void calm.send(aCall(path));
    expect(paths()).toEqual(["/1", "/2"]);
    sent[1]?.answers();
    await vi.advanceTimersByTimeAsync(0);
    expect(paths()).toEqual(["/1", "/2", "/3"]);
  });

  it("lets what somebody waits for overtake what can wait, each kind in order", async () => {
    const { calm, urgent, paths, answersAll } = aHouse({ atOnce: 1 });
    for (const path of ["/list1", "/list2"]) void calm.send(aCall(path));
    for (const path of ["/get", "/act"]) void urgent.send(aCall(path));
    void calm.send(aCall("/token", { tokenAnswer: true }));
    await answersAll();
    expect(paths()).toEqual(["/list1", "/get", "/act", "/token", "/list2"]);
  });

  it("begins no more calls in any second than its pace says, and drops none", async () => {
    const { calm, sent } = aHouse({ atOnce: 50, perSecond: 5 });
    for (let n = 0; n < 23; n += 1) void calm.send(aCall(`/${n}`));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sent).toHaveLength(23);
    for (const { at } of sent) {
      const within = sent.filter((other) => other.at >= at && other.at < at + 1_000);
      expect(within.length).toBeLessThanOrEqual(5);
    }
  });

  it("keeps the last calls of each second for what changes something", async () => {
    const { urgent, paths } = aHouse({ atOnce: 50, perSecond: 5 });
    for (const path of ["/1", "/2", "/3", "/4"]) void urgent.send(aCall(path));
    await vi.advanceTimersByTimeAsync(100);
    for (const path of ["/a", "/b", "/c"]) void urgent.send(aCall(path, { changing: true }));
    await vi.advanceTimersByTimeAsync(100);
    expect(paths()).toEqual(["/1", "/2", "/3", "/a", "/b"]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(paths().slice(5).toSorted()).toEqual(["/4", "/c"]);
  });

  it("is as much faster as a test is in haste", async () => {
    const { calm, sent } = aHouse({ atOnce: 50, perSecond: 5, haste: 10 });
    for (let n = 0; n < 20; n += 1) void calm.send(aCall(`/${n}`, { changing: true }));
    await vi.advanceTimersByTimeAsync(300);
    expect(sent).toHaveLength(20);
  });

  it("goes on when the machine's clock is set back, with those that wait as well", async () => {
    const { calm, sent, answersAll } = aHouse({ atOnce: 2, perSecond: 2 });
    for (const path of ["/1", "/2", "/3"]) void calm.send(aCall(path));
    await vi.advanceTimersByTimeAsync(500);
    vi.setSystemTime(new Date("2027-01-04T11:00:00Z"));
    void calm.send(aCall("/4"));
    await vi.advanceTimersByTimeAsync(1_100);
    await answersAll();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent.map(({ path }) => path)).toEqual(["/1", "/2", "/3", "/4"]);
  });

  it("gives a call back unsent that waited longer than 30 seconds", async () => {
    const { urgent, sent, answersAll } = aHouse({ atOnce: 1 });
    void urgent.send(aCall("/slow"));
    const late = failureOf(urgent.send(aCall("/late", { changing: true })));
    await vi.advanceTimersByTimeAsync(30_001);
    await answersAll();
    const { facts } = await late;
    expect(facts).toMatchObject({ kind: "held_back", retryAfterMs: 5_000 });
    expect(sent).toHaveLength(1);
  });

  it("goes on after a call that threw what nobody expected", async () => {
    const { urgent, calm, sent, answersAll } = aHouse({ atOnce: 1 });
    const broken = urgent.send(aCall("/broken")).catch((error: unknown) => error);
    const next = calm.send(aCall("/next"));
    sent[0]?.fails(new TypeError("a bug") as VendorFailure);
    expect(await broken).toBeInstanceOf(TypeError);
    await vi.advanceTimersByTimeAsync(0);
    await answersAll();
    expect(await next).toBe(yes);
  });
});

describe("a gate that holds calls back", () => {
  it("turns away at once all that wait when the platform falls sick, and sends none of them", async () => {
    const { urgent, sent, meets } = aHouse({ atOnce: 2 });
    await meets(fault, 4);
    const faulty = failureOf(urgent.send(aCall("/faulty")));
    const answered = urgent.send(aCall("/answered"));
    const waiting = Array.from({ length: 38 }, (_, n) =>
      failureOf(urgent.send(aCall(`/${n}`, { changing: true }))),
    );
    sent[0]?.fails();
    const kinds = (await Promise.all(waiting)).map(({ facts }) => facts.kind);
    sent[1]?.answers();
    expect(await answered).toBe(yes);
    expect((await faulty).facts.kind).toBe("unavailable");
    expect(kinds).toEqual(Array(38).fill("held_back"));
    expect(sent).toHaveLength(2);
  });

  it("says in plain words why, for how long, and that nothing was changed", async () => {
    const { urgent, meets } = aHouse();
    await meets(fault, 5);
    await vi.advanceTimersByTimeAsync(1_500);
    const { facts } = await failureOf(urgent.send(aCall("/1", { changing: true })));
    expect(explain(facts, { action: "pause", changing: true }).sentence).toBe(
      "Burki has not answered for a while, so we hold our calls back for 4 seconds. Nothing was changed.",
    );
  });

  it("lets a single call try when the rest is over; the others come back a second later", async () => {
    const { urgent, sent, meets } = aHouse({ atOnce: 4 });
    await meets(fault, 5);
    await vi.advanceTimersByTimeAsync(5_000);
    const tries = urgent.send(aCall("/1"));
    const other = await failureOf(urgent.send(aCall("/2")));
    expect(other.facts).toMatchObject({ kind: "held_back", retryAfterMs: 1_000 });
    sent[0]?.answers();
    await tries;
    void urgent.send(aCall("/3"));
    expect(sent.map(({ path }) => path)).toEqual(["/1", "/3"]);
  });

  it("waits as long as a 429 asks, and those that wait learn it at once", async () => {
    const { urgent, calm, sent } = aHouse({ atOnce: 1 });
    const first = failureOf(urgent.send(aCall("/1")));
    const second = failureOf(calm.send(aCall("/2")));
    sent[0]?.fails(failing({ kind: "rate_limited", status: 429, retryAfterMs: 20_000 }));
    expect((await first).facts.kind).toBe("rate_limited");
    const { facts } = await second;
    expect(facts).toMatchObject({ kind: "held_back", retryAfterMs: 20_000 });
    expect(explain(facts, { changing: false }).sentence).toBe(
      "Burki asked us to wait, so we hold our calls back for 20 seconds. Nothing was changed.",
    );
    await vi.advanceTimersByTimeAsync(20_000);
    void urgent.send(aCall("/3"));
    expect(sent.map(({ path }) => path)).toEqual(["/1", "/3"]);
  });

  it("holds nothing back for a 429 that names no time", async () => {
    const { urgent, sent, meets } = aHouse();
    await meets(failing({ kind: "rate_limited", status: 429 }), 10);
    void urgent.send(aCall("/1"));
    expect(sent).toHaveLength(1);
  });

  it("F50: leaves every other account its own way", async () => {
    const { gates, sent, meets } = aHouse();
    await meets(fault, 5);
    void gates.of("con_2").urgent.send(aCall("/1"));
    expect(sent).toHaveLength(1);
  });

  it("F49: sends 200 changes no more than five calls and a try now and then while all of them fail", async () => {
    const { urgent, sent } = aHouse({ atOnce: 4, perSecond: 10 });
    const ends = Date.now() + 60_000;
    const change = async (n: number) => {
      while (Date.now() < ends) {
        const { facts } = await failureOf(urgent.send(aCall(`/${n}`)));
        await new Promise((resolve) => setTimeout(resolve, 200 + (facts.retryAfterMs ?? 1_000)));
      }
    };
    const changes = Array.from({ length: 200 }, (_, n) => change(n));
    for (let at = 0; at < 90_000; at += 50) {
      for (const one of sent) one.fails();
      await vi.advanceTimersByTimeAsync(50);
    }
    await Promise.all(changes);
    expect(sent.length).toBeGreaterThanOrEqual(8);
    expect(sent.length).toBeLessThanOrEqual(16);
  });

  it("F49: repeats few failed calls of many accounts together, and says when it does not", async () => {
    const { gates, sent } = aHouse();
    const round = async () => {
      const asked = Array.from({ length: 300 }, (_, n) =>
        failureOf(gates.of(`con_${n}`).urgent.send(aCall("/1"))),
      );
      for (const one of sent) one.fails();
      return Promise.all(asked);
    };
    await round();
    expect(sent).toHaveLength(300);
    const failures = await round();
    expect(sent).toHaveLength(350);
    const { facts } = failures.at(-1) ?? fault;
    expect(facts).toMatchObject({ kind: "held_back", retryAfterMs: 5_000 });
    expect(explain(facts, { changing: false }).sentence).toBe(
      "Too many calls fail at the moment, so we ask Burki again only in 5 seconds. Nothing was changed.",
    );
  });
});

describe("the gates of a vendor", () => {
  it("tell what became of each call, and of breakers, in words of few", async () => {
    const { urgent, sent, heard, meets } = aHouse();
    await meets(fault, 5);
    await failureOf(urgent.send(aCall("/1")));
    await vi.advanceTimersByTimeAsync(5_000);
    const answered = urgent.send(aCall("/2"));
    sent[0]?.answers();
    await answered;
    expect([...new Set(heard)].sort()).toEqual([
      "burki closed",
      "burki held_back",
      "burki ok",
      "burki open",
      "burki unavailable",
    ]);
  });

  it("forget accounts that were not called for ten minutes, and that one of them was sick", async () => {
    const { gates, urgent, sent, heard, meets } = aHouse();
    await meets(fault, 5);
    await vi.advanceTimersByTimeAsync(600_000);
    void gates.of("con_2").urgent.send(aCall("/1"));
    expect(heard).toContain("burki closed");
    void urgent.send(aCall("/2"));
    expect(sent).toHaveLength(2);
  });

  it("forget no account that is being called", async () => {
    const { gates, urgent, sent } = aHouse({ atOnce: 1 });
    void urgent.send(aCall("/1"));
    await vi.advanceTimersByTimeAsync(600_000);
    void gates.of("con_2").urgent.send(aCall("/2"));
    void urgent.send(aCall("/3"));
    expect(sent.map(({ path }) => path)).toEqual(["/1", "/2"]);
  });
});
