import { describe, expect, it } from "vitest";
import { type Claim, claim } from "../../src/store/claim.ts";
import type { Store } from "../../src/store/handle.ts";
import {
  again,
  enqueue,
  enqueueAll,
  finish,
  forgetJobs,
  giveUp,
  heartbeat,
  openJobs,
  retry,
} from "../../src/store/jobs.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { later, noon } from "./sample-change.ts";

const job = (parts: object = {}) => ({
  kind: "show_change",
  workspace: "T1",
  payload: { changeId: "chg_1" },
  ...parts,
});
const claimAs = (store: Store, token: string, parts: Partial<Claim> = {}) =>
  claim(store, { token, count: 1, leaseMs: 15_000, now: noon, ...parts });

describe.each(engines)("jobs on %s", (engine) => {
  it("are taken once for each key, however often they are asked for", async () => {
    const { store } = await freshStore(engine);
    const asked = Array.from({ length: 20 }, () =>
      store.write((q) => enqueue(q, job({ key: "digest:T1:2026-11-22" }), noon)),
    );
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
    expect(await store.read(openJobs)).toEqual(new Map([["show_change", 1]]));
  });

  it("are leased to one of ten claimers each", async () => {
    const { store } = await freshStore(engine);
    const many = Array.from({ length: 200 }, () => job());
    expect(await store.write((q) => enqueueAll(q, many, noon))).toBe(200);
    const leased: number[] = [];
    const claimer = async (token: string) => {
      for (;;) {
        const found = await claimAs(store, token, { count: 7 });
        if (found.length === 0) return;
        leased.push(...found.map((each) => each.id));
      }
    };
    await Promise.all(Array.from({ length: 10 }, (_, index) => claimer(`w${index}`)));
    expect([leased.length, new Set(leased).size]).toEqual([200, 200]);
  });

  it("come urgent first, then the longest due, and not before their time", async () => {
    const { store } = await freshStore(engine);
    const given = [
      job({ payload: { n: "second" }, runAt: later(-1000) }),
      job({ payload: { n: "first" }, runAt: later(-2000) }),
      job({ payload: { n: "later" }, runAt: later(1) }),
      job({ payload: { n: "urgent" }, urgent: true }),
    ];
    await store.write((q) => enqueueAll(q, given, noon));
    const found = await claimAs(store, "w", { count: 10 });
    const order = found.map((each) => (each.payload as { n: string }).n);
    expect(order).toEqual(["urgent", "first", "second"]);
  });

  it("are claimed by kind, and never those already in hand", async () => {
    const { store } = await freshStore(engine);
    await store.write((q) => enqueueAll(q, [job(), job({ kind: "tidy" })], noon));
    const [tidy] = await claimAs(store, "w", { count: 9, kinds: ["tidy"] });
    expect(tidy?.kind).toBe("tidy");
    const muchLater = { count: 9, now: later(86_400_000), except: [tidy?.id ?? 0] };
    const rest = await claimAs(store, "w", muchLater);
    expect(rest.map((each) => each.kind)).toEqual(["show_change"]);
  });

  it("take turns by workspace where more is due than fits, and nobody holds more than its most", async () => {
    const { store } = await freshStore(engine);
    const flood = Array.from({ length: 30 }, () => job({ runAt: later(-9000) }));
    const others = [job({ workspace: "T2" }), job({ workspace: "T2" }), job({ workspace: null })];
    await store.write((q) => enqueueAll(q, [...flood, ...others], noon));
    const inHand = new Map([["T1", 2]]);
    const found = await claimAs(store, "w", { count: 8, share: { most: 20, inHand } });
    const counted = (name: string | null) =>
      found.filter(({ workspace }) => workspace === name).length;
    expect([counted("T1"), counted("T2"), counted(null)]).toEqual([5, 2, 1]);
    const full = { most: 7, inHand: new Map([["T1", 7]]) };
    expect(await claimAs(store, "w", { count: 8, share: full })).toEqual([]);
    const nearly = { most: 7, inHand: new Map([["T1", 5]]) };
    expect(await claimAs(store, "w", { count: 50, share: nearly })).toHaveLength(2);
  });

  it("go to another worker when their lease ends, and the first one's word counts no more", async () => {
    const { store } = await freshStore(engine);
    await store.write((q) => enqueue(q, job(), noon));
    const [first] = await claimAs(store, "first");
    const id = first?.id ?? 0;
    expect(await claimAs(store, "second", { now: later(14_999) })).toEqual([]);
    const [second] = await claimAs(store, "second", { now: later(15_000) });
    expect([second?.id, second?.tries]).toEqual([id, 2]);
    const late = { id, token: "first" };
    expect(await finish(store, late, noon)).toBe(false);
    expect(await again(store, late, noon)).toBe(false);
    expect(await giveUp(store, late, noon, "late")).toBe(false);
    expect(await heartbeat(store, [late], later(99_999))).toEqual([]);
    const held = { id, token: "second" };
    expect(await finish(store, held, noon)).toBe(true);
    expect(await finish(store, held, noon)).toBe(false);
  });

  it("stay leased as long as the heart beats", async () => {
    const { store } = await freshStore(engine);
    await store.write((q) => enqueue(q, job(), noon));
    const [mine] = await claimAs(store, "w");
    const lease = { id: mine?.id ?? 0, token: "w" };
    expect(await heartbeat(store, [lease], later(60_000))).toEqual([lease.id]);
    expect(await claimAs(store, "other", { now: later(30_000) })).toEqual([]);
  });

  it("come back with their tries counted, or afresh after news", async () => {
    const { store } = await freshStore(engine);
    await store.write((q) => enqueue(q, job(), noon));
    const [one] = await claimAs(store, "a");
    await retry(store, { id: one?.id ?? 0, token: "a" }, later(10), "Error");
    const [two] = await claimAs(store, "b", { now: later(10) });
    expect([two?.tries, two?.lastError]).toEqual([2, "Error"]);
    await again(store, { id: one?.id ?? 0, token: "b" }, later(20));
    const [three] = await claimAs(store, "c", { now: later(20) });
    expect([three?.tries, three?.lastError]).toEqual([1, null]);
  });

  it("forget what they carried when they end, and their key a day later", async () => {
    const { store } = await freshStore(engine);
    const request = job({ kind: "slack_request", payload: { body: { text: "x" } }, key: "sig" });
    await store.write((q) => enqueue(q, request, noon));
    const [mine] = await claimAs(store, "w");
    await finish(store, { id: mine?.id ?? 0, token: "w" }, noon);
    const [row] = await store.read((q) => q.select().from(q.t.jobs));
    expect([row?.payload, row?.key, row?.doneAt]).toEqual([{}, "sig", noon]);
    expect(await store.write((q) => enqueue(q, request, later(1)))).toBe(false);
    await store.write((q) => forgetJobs(q, noon));
    expect(await store.write((q) => enqueue(q, request, later(1)))).toBe(false);
    await store.write((q) => forgetJobs(q, later(1)));
    expect(await store.write((q) => enqueue(q, request, later(1)))).toBe(true);
  });
});
