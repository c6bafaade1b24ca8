import { describe, expect, it } from "vitest";
import { ask, aVendor } from "./vendors-at-hand.ts";

const at = "/api/scheduling/v1/orgs/pretend.example/workspaces/ws-pretend/campaigns";
const states = ["scheduled", "active", "paused", "ended", "cancelled"];
const account = states.map((word) => ({ id: `camp-${word}`, name: `C-${word}`, word }));

describe("the pretend Sarvam", () => {
  it.each([
    ["pause", { scheduled: "paused", active: "paused" }],
    ["resume", { paused: "scheduled" }],
    ["cancel", { scheduled: "cancelled", active: "cancelled", paused: "cancelled" }],
  ] as const)("lets %s only from its states", async (action, moves) => {
    const { call, word } = await aVendor("sarvam", account);
    for (const from of states) {
      const to = new Map(Object.entries(moves)).get(from);
      const body = JSON.stringify({ action });
      const reply = await call(`PUT ${at}/camp-${from}/status`, { body });
      expect([from, reply.status]).toEqual([from, to ? 200 : 422]);
      if (to) expect(reply.body).toMatchObject({ campaign_id: `camp-${from}`, status: to });
      expect(word(`camp-${from}`)).toBe(to ?? from);
    }
  });

  it("is active a moment after a resume, but only inside its window", async () => {
    const { call, word, pass } = await aVendor("sarvam", [
      { id: "in", name: "In", word: "paused" },
      { id: "out", name: "Out", word: "paused", traits: ["outside_window"] },
    ]);
    for (const id of ["in", "out"]) {
      const reply = await call(`PUT ${at}/${id}/status`, { body: '{"action":"resume"}' });
      expect(reply.body).toMatchObject({ status: "scheduled" });
    }
    pass(2000);
    expect([word("in"), word("out")]).toEqual(["active", "scheduled"]);
  });

  it("counts the dials of one campaign among its agent's, between two times", async () => {
    const { call } = await aVendor("sarvam", [
      { id: "one", name: "One", word: "active", done: 5, failed: 2 },
      { id: "two", name: "Two", word: "active", done: 10 },
    ]);
    const attempts = "/api/analytics/v1/pretend.example/ws-pretend/app-pretend/attempts";
    const when = "start_datetime=2026-01-01T00:00:00Z&end_datetime=2026-12-01T00:00:00Z";
    const of = (filter: object) => encodeURIComponent(JSON.stringify([filter]));
    const one = of({ field: "campaign_id", operator: "eq", value: "one" });
    const told = await call(`GET ${attempts}?${when}&limit=1&filter_conditions=${one}`);
    expect(told.body).toMatchObject({ total: 7, items: [{ campaign_id: "one" }] });
    expect((await call(`GET ${attempts}?${when}`)).body).toMatchObject({ total: 17 });
    expect((await call(`GET ${attempts}?limit=1`)).status).toBe(422);
    expect((await call(`GET ${attempts}?${when}&limit=1001`)).status).toBe(422);
    const odd = of({ field: "colour", value: "red" });
    expect((await call(`GET ${attempts}?${when}&filter_conditions=${odd}`)).status).toBe(422);
    expect((await call(`GET ${attempts.replace("app-pretend", "x")}?${when}`)).status).toBe(404);
  });

  it("wants a verb, not a status", async () => {
    const { call } = await aVendor("sarvam", account);
    expect(
      await call(`PUT ${at}/camp-active/status`, { body: '{"action":"paused"}' }),
    ).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ["body", "action"], type: "enum" }] },
    });
  });

  it("lists by offset, ten unless told, of one status", async () => {
    const { call } = await aVendor("sarvam", account);
    const page = (await call(`GET ${at}?limit=2&offset=2`)).body;
    expect(page).toMatchObject({ total: 5, limit: 2, offset: 2 });
    expect(page).toMatchObject({
      items: [{}, {}],
      next_page_uri: `${at}?limit=2&offset=4`,
      prev_page_uri: `${at}?limit=2&offset=0`,
    });
    const active = (await call(`GET ${at}?campaign_status=active&limit=100&offset=0`)).body;
    expect(active).toMatchObject({ total: 1, items: [{ status: "active" }], next_page_uri: null });
    expect((await call(`GET ${at}?limit=101`)).status).toBe(422);
  });

  it("counts contacts in cohorts, and takes any id", async () => {
    const id = "INSUREIT-Re-31885c09-3493";
    const { call } = await aVendor("sarvam", [
      { id, name: "Renewals", word: "active", total: 200 },
    ]);
    expect((await call(`GET ${at}/${id}/cohorts`)).body).toMatchObject({
      items: [{ status: "completed", result: { total_records: 200, valid_records: 196 } }],
    });
    expect((await call(`GET ${at}/nope`)).status).toBe(404);
  });

  it("wants its key in its own header", async () => {
    const { vendor } = await aVendor("sarvam", account);
    const headers = { "api-subscription-key": vendor.secret.apiKey ?? "" };
    expect(await ask(vendor, `GET ${at}`, { headers })).toMatchObject({
      status: 401,
      body: { detail: "Invalid API key format" },
    });
    expect(vendor.log().at(-1)).toMatchObject({ keyOk: false, changing: false, status: 401 });
  });
});
