import { describe, expect, it } from "vitest";
import { colleaguesKey } from "../../sandbox/vendors/index.ts";
import { openLane } from "../../sandbox/vendors/lane.ts";
import { ask, aVendor } from "./vendors-at-hand.ts";

const v1 = "/rest/v1/campaign_list";
const v2 = "/rest/v2/campaigns";
const states = ["RUNNING", "DRAFT", "EDITED", "PAUSED", "STOPPED", "COMPLETED"];
const account = states.map((word, index) => ({ id: String(index + 1), name: `C-${word}`, word }));

describe("the pretend Woodpecker", () => {
  it.each([
    ["pause", { RUNNING: "PAUSED" }],
    ["stop", { RUNNING: "STOPPED", PAUSED: "STOPPED" }],
    ["run", { DRAFT: "RUNNING", EDITED: "RUNNING", PAUSED: "RUNNING", STOPPED: "RUNNING" }],
  ] as const)("answers /%s with an empty 200, moved or not", async (verb, moves) => {
    const { call, word } = await aVendor("woodpecker", account);
    for (const [index, from] of states.entries()) {
      const id = String(index + 1);
      const reply = await call(`POST ${v2}/${id}/${verb}`);
      const refused = verb === "run" && from === "COMPLETED";
      expect([from, reply.status]).toEqual([from, refused ? 409 : 200]);
      if (!refused) expect([reply.text, reply.headers.get("content-length")]).toEqual(["", "0"]);
      expect(word(id)).toBe(new Map(Object.entries(moves)).get(from) ?? from);
    }
  });

  it("lists in v1, with stats for exactly one id, and a message where there is nothing", async () => {
    const { call } = await aVendor("woodpecker", account);
    const some = (await call(`GET ${v1}?status=RUNNING,PAUSED`)).body as { name: string }[];
    expect(some.map(({ name }) => name)).toEqual(["C-RUNNING", "C-PAUSED"]);
    expect(some[0]).not.toHaveProperty("stats");
    expect((await call(`GET ${v1}?id=1`)).body).toMatchObject([
      { id: 1, stats: { prospects: 100 } },
    ]);
    const none = await call(`GET ${v1}?id=999`);
    expect([none.status, none.body]).toEqual([200, { message: "There are no campaigns." }]);
  });

  it("answers with nothing at all where no campaign has the state", async () => {
    const { call } = await aVendor("woodpecker", [{ id: "1", name: "A", word: "DRAFT" }]);
    expect(await call(`GET ${v1}?status=RUNNING`)).toMatchObject({ status: 204, text: "" });
  });

  it("tells by a code of v1's what its status does not", async () => {
    const { call, vendor } = await aVendor("woodpecker", account);
    for (const [status, code] of [
      [400, "E_WRONG_PARAM"],
      [401, "E_SESSION"],
      [403, "E_NO_PERMISSION"],
      [409, "E_TOO_MANY_REQUESTS"],
    ] as const) {
      vendor.faults.set({ kind: "status", status, times: 1 });
      expect(await call(`GET ${v1}`)).toMatchObject({ status, body: { status: { code } } });
    }
    const stranger = await ask(vendor, `GET ${v1}`, { headers: { "x-api-key": "wrong" } });
    expect(stranger).toMatchObject({ status: 401, body: { status: { code: "E_SESSION" } } });
  });

  it("tells whose a key is: two users, one account", async () => {
    const { call, vendor } = await aVendor("woodpecker", account);
    const headers = { "x-api-key": colleaguesKey };
    const [ana, ben] = [
      await call("GET /rest/v1/me"),
      await ask(vendor, "GET /rest/v1/me", { headers }),
    ];
    expect([ana.body, ben.body]).toMatchObject([
      { id: 1, company_id: 5001 },
      { id: 2, company_id: 5001 },
    ]);
  });

  it("carries an error of v1 inside a 200", async () => {
    const { call } = await aVendor("woodpecker", account);
    const reply = await call(`GET ${v1}?status=HIBERNATING`);
    expect([reply.status, reply.body]).toMatchObject([200, { status: { status: "ERROR" } }]);
  });

  it("pauses a campaign with unsupported features, but neither reads nor runs it in v2", async () => {
    const { call, word } = await aVendor("woodpecker", [
      { id: "1", name: "IF steps", word: "RUNNING", traits: ["unsupported_by_api"] },
    ]);
    const unsupported = { code: "API_UNSUPPORTED_CAMPAIGN_FEATURES" };
    expect(await call(`GET ${v2}/1`)).toMatchObject({ status: 409, body: unsupported });
    expect((await call(`POST ${v2}/1/pause`)).status).toBe(200);
    expect(await call(`POST ${v2}/1/run`)).toMatchObject({ status: 409, body: unsupported });
    expect(word("1")).toBe("PAUSED");
    expect((await call(`GET ${v1}?id=1`)).body).toMatchObject([{ status: "PAUSED" }]);
  });

  it("refuses in the documented words", async () => {
    const { call, vendor } = await aVendor("woodpecker", account);
    expect(await call(`POST ${v2}/abc/pause`)).toMatchObject({
      status: 400,
      body: {
        title: "Bad Request",
        status: 400,
        detail: "Value of campaign_id is incorrect.",
        timestamp: "2026-11-22 10:00:00",
      },
    });
    expect(await call(`POST ${v2}/999/pause`)).toMatchObject({
      status: 404,
      body: { code: "CAMPAIGN_NOT_EXIST", message: "Campaign not found", details: null },
    });
    const stranger = await ask(vendor, `GET ${v2}/1`, { headers: { "x-api-key": "wrong" } });
    expect(stranger).toMatchObject({ status: 401, body: { detail: "Invalid api key" } });
  });

  it("serves one request at a time, queues six, and drops the rest", async () => {
    const { call, vendor } = await aVendor("woodpecker", account);
    vendor.faults.set({ kind: "hang", times: 1 });
    const hangUp = new AbortController();
    const served = new Promise<void>((resolve) => vendor.onChange(resolve));
    const first = ask(vendor, `GET ${v2}/1`, { signal: hangUp.signal }).catch(() => undefined);
    await served;
    const others = Array.from({ length: 7 }, () => call(`GET ${v2}/1`));
    expect(await Promise.race(others)).toMatchObject({ status: 429, text: "" });
    hangUp.abort();
    const statuses = (await Promise.all(others)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 200, 200, 200, 200, 429]);
    await first;
  });

  it("lets nobody queue for longer than fifteen seconds", async () => {
    const patience: { run: () => void; ms: number }[] = [];
    const timers = { set: (run: () => void, ms: number) => patience.push({ run, ms }), clear() {} };
    const lane = openLane(6, 15_000, timers);
    expect(await lane.enter()).toBe(true);
    const [late, next] = [lane.enter(), lane.enter()];
    expect(patience[0]?.ms).toBe(15_000);
    patience[0]?.run();
    expect(await late).toBe(false);
    lane.leave();
    expect(await next).toBe(true);
  });
});
