import { describe, expect, it } from "vitest";
import type { FaultStatus } from "../../sandbox/vendors/faults.ts";
import type { Fault } from "../../sandbox/vendors/index.ts";
import { ask, aVendor } from "./vendors-at-hand.ts";

const read = "GET /api/v1/campaigns/42";
const pause = "POST /api/v1/campaigns/42/pause";
const spring = { id: "42", name: "Spring launch", word: "running" };

async function faulty(fault: Fault) {
  const atHand = await aVendor("burki", [spring]);
  atHand.vendor.faults.set(fault);
  const headers = { authorization: `Bearer ${atHand.vendor.secret.apiKey}` };
  return {
    ...atHand,
    /** Hangs up as soon as the vendor has done what it will do. */
    hurried(line: string) {
      const hangUp = new AbortController();
      atHand.vendor.onChange(() => hangUp.abort());
      return ask(atHand.vendor, line, { headers, signal: hangUp.signal });
    },
  };
}

describe("a pretend vendor with a fault", () => {
  it("slow: acts and answers late", async () => {
    const { call, word } = await faulty({ kind: "slow", ms: 40 });
    const began = performance.now();
    expect((await call(pause)).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(35);
    expect(word("42")).toBe("paused");
  });

  it.each([
    ["hang", "running"],
    ["hang_after", "paused"],
  ] as const)("%s: never answers, and leaves the campaign %s", async (kind, left) => {
    const { hurried, word, vendor } = await faulty({ kind });
    await expect(hurried(pause)).rejects.toThrow(/abort/);
    expect(word("42")).toBe(left);
    expect(vendor.log()).toMatchObject([{ changing: true, status: null }]);
  });

  it.each([
    ["reset_before", "running"],
    ["reset_after", "paused"],
  ] as const)("%s: cuts the line, and leaves the campaign %s", async (kind, left) => {
    const { call, word } = await faulty({ kind });
    await expect(call(pause)).rejects.toThrow("fetch failed");
    expect(word("42")).toBe(left);
  });

  it("undoes: acts, and takes it back after a while", async () => {
    const { call, word, pass } = await faulty({ kind: "undoes", ms: 10_000 });
    expect((await call(pause)).status).toBe(200);
    expect(word("42")).toBe("paused");
    pass(9_999);
    expect(word("42")).toBe("paused");
    pass(1);
    expect(word("42")).toBe("running");
  });

  it("undoes: leaves what somebody has changed meanwhile", async () => {
    const { call, word, pass, vendor } = await faulty({ kind: "undoes", ms: 10_000 });
    await call(pause);
    vendor.setWord("42", "cancelled");
    pass(10_000);
    expect(word("42")).toBe("cancelled");
  });

  it("blind_after: answers every read until it has acted, and none after that", async () => {
    const { call, word, vendor } = await faulty({ kind: "blind_after" });
    expect((await call(read)).status).toBe(200);
    expect((await call(pause)).status).toBe(200);
    expect(word("42")).toBe("paused");
    expect((await call(read)).status).toBe(503);
    vendor.faults.set(null);
    expect((await call(read)).status).toBe(200);
  });

  it("late: acts when nobody waits any more, and logs the effect with its call", async () => {
    const { hurried, word, pass, vendor } = await faulty({ kind: "late", ms: 20_000 });
    await expect(hurried(pause)).rejects.toThrow(/abort/);
    pass(19_999);
    expect(word("42")).toBe("running");
    pass(1);
    expect(word("42")).toBe("paused");
    expect(vendor.log()[0]?.effect).toEqual({ id: "42", from: "running", to: "paused" });
  });

  it.each([400, 401, 402, 403, 404, 409, 422, 429, 503] as const)(
    "status %i: refuses in the vendor's envelope and does nothing",
    async (status) => {
      const { call, word } = await faulty({ kind: "status", status });
      const reply = await call(pause);
      expect([reply.status, reply.body]).toEqual([status, { detail: expect.any(String) }]);
      expect(reply.headers.has("retry-after")).toBe(false);
      expect(word("42")).toBe("running");
    },
  );

  it("status: may say when to come back, and may have acted all the same", async () => {
    const { call, word, vendor } = await faulty({ kind: "status", status: 429, retryAfter: "30" });
    expect((await call(pause)).headers.get("retry-after")).toBe("30");
    vendor.faults.set({ kind: "status", status: 500, acts: true });
    const reply = await call(pause);
    expect([reply.status, reply.headers.get("content-type")]).toEqual([
      500,
      "text/html; charset=utf-8",
    ]);
    expect(word("42")).toBe("paused");
  });

  it("empty, html, redirect, huge: answers nobody expects", async () => {
    const { call, vendor } = await faulty({ kind: "empty" });
    expect(await call(read)).toMatchObject({ status: 200, text: "" });
    vendor.faults.set({ kind: "html" });
    expect((await call(read)).text).toContain("<h1>Sign in</h1>");
    vendor.faults.set({ kind: "redirect", to: "http://127.0.0.1:1/elsewhere" });
    const moved = await call(read);
    expect([moved.status, moved.headers.get("location")]).toEqual([
      307,
      "http://127.0.0.1:1/elsewhere",
    ]);
    vendor.faults.set({ kind: "huge" });
    expect((await call(read)).text.length).toBeGreaterThan(2_000_000);
  });

  it("drip: gives a byte at a time", async () => {
    const { vendor } = await faulty({ kind: "drip", ms: 60 });
    const response = await fetch(`${vendor.url}/api/v1/campaigns/42`);
    const first = await response.body?.getReader().read();
    expect(response.status).toBe(401);
    expect(first?.value?.length).toBeLessThan(10);
  });

  it("wrong_state: says it paused, and did not", async () => {
    const { call, word, vendor } = await faulty({ kind: "wrong_state" });
    expect((await call(pause)).body).toEqual({ message: "Campaign paused successfully" });
    expect(word("42")).toBe("running");
    expect(vendor.log()[0]).toMatchObject({ status: 200, effect: null });
    expect(vendor.campaigns()[0]?.changes).toBe(0);
  });

  it("unknown_word: shows reads a word that nobody knows", async () => {
    const { call, word } = await faulty({ kind: "unknown_word" });
    expect((await call(read)).body).toMatchObject({ status: "hibernating" });
    expect((await call("GET /api/v1/campaigns/")).body).toMatchObject({
      campaigns: [{ status: "hibernating" }],
    });
    expect(word("42")).toBe("running");
  });

  it("strikes so many times, only where it should, and only for its share", async () => {
    const { call, vendor } = await faulty({ kind: "status", status: 503, times: 2, on: "change" });
    const statuses = [];
    for (const line of [read, pause, pause, pause]) statuses.push((await call(line)).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect(vendor.faults.current()).toBeNull();
    vendor.faults.set({ kind: "status", status: 503, share: 0.5 });
    expect((await call(read)).status).toBe(200);
    vendor.faults.set({ kind: "status", status: 503, share: 0.51 });
    expect((await call(read)).status).toBe(503);
  });

  it("mixes: a call meets the one fault that its share of the draw names, if that hits its kind", async () => {
    const status = (number: FaultStatus, share: number) =>
      ({ kind: "status", status: number, share }) as const;
    const { call, vendor } = await faulty({
      kind: "mix",
      of: [status(503, 0.4), { ...status(409, 0.2), on: "change" }, status(500, 0.4)],
    });
    expect((await call(pause)).status).toBe(409);
    expect((await call(read)).status).toBe(200);
    vendor.faults.set({
      kind: "mix",
      on: "read",
      times: 1,
      of: [status(503, 0.4), status(500, 0.2)],
    });
    expect((await call(pause)).status).toBe(200);
    expect((await call(read)).status).toBe(500);
    expect(vendor.faults.current()).toBeNull();
    vendor.faults.set({ kind: "mix", of: [status(503, 0.2), status(500, 0.3)] });
    expect((await call(read)).status).toBe(200);
  });

  it("refuses in four envelopes at Woodpecker", async () => {
    const { call, vendor } = await aVendor("woodpecker");
    const shape = async (line: string, status: FaultStatus) => {
      vendor.faults.set({ kind: "status", status, html: false });
      return Object.keys((await call(line)).body ?? {});
    };
    const change = "POST /rest/v2/campaigns/42/pause";
    expect(await shape(change, 400)).toEqual(["title", "status", "detail", "timestamp"]);
    expect(await shape(change, 404)).toEqual(["code", "message", "details"]);
    expect(await shape(change, 500)).toEqual(["type", "message", "details"]);
    expect(await shape("GET /rest/v1/campaign_list", 500)).toEqual(["status"]);
  });

  it("spares Talkdesk's tokens unless they are meant", async () => {
    const { call, vendor } = await aVendor("talkdesk");
    vendor.faults.set({ kind: "status", status: 503 });
    expect((await call("POST /oauth/token")).status).toBe(401);
    vendor.faults.set({ kind: "status", status: 503, on: "token" });
    expect((await call("POST /oauth/token")).status).toBe(503);
  });
});
