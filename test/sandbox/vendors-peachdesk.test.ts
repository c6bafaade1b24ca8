import { describe, expect, it } from "vitest";
import type { NewCampaign } from "../../sandbox/vendors/index.ts";
import recorded from "../vendors/samples/dograh-recorded.json" with { type: "json" };
import { ask, aVendor } from "./vendors-at-hand.ts";

const at = "/api/v1/campaign";
const states = ["created", "syncing", "running", "paused", "completed", "failed"];

/** The account that was recorded; campaign 7 belongs to others and lacks telephony. */
const account: NewCampaign[] = [
  ...states.map((word, index) => ({
    id: String(index + 1),
    name: `C-${word}`,
    word,
    createdAt: new Date(Date.parse("2026-11-22T01:32:50Z") + index),
  })),
  { id: "7", name: "Others'", word: "paused", traits: ["other_organisation", "no_telephony"] },
];

describe("the pretend Peachdesk", () => {
  it("answers the recorded calls as the real one did", async () => {
    const { vendor } = await aVendor("peachdesk", account);
    expect(recorded).toHaveLength(26);
    for (const { name, request, response } of recorded) {
      if (name === "no_quota_402") {
        vendor.add({ id: "4", name: "C-paused", word: "paused", traits: ["no_credit"] });
      }
      const headers = Object.entries(request.headers).map(([header, value]) => [
        header,
        value.replace("<key>", vendor.secret.apiKey ?? ""),
      ]);
      const reply = await ask(vendor, `${request.method} ${request.path}`, {
        headers: Object.fromEntries(headers),
      });
      expect([name, essence(reply.status, reply.body ?? reply.text)]).toEqual([
        name,
        essence(response.status, response.body),
      ]);
      expect(reply.headers.get("content-type")).toBe(response.content_type);
      expect(reply.headers.get("location")).toBe(
        response.location?.replace("http://127.0.0.1:18001", vendor.url) ?? null,
      );
    }
  });

  it.each([
    ["pause", { syncing: "paused", running: "paused" }, "'running' or 'syncing'"],
    ["resume", { paused: "running" }, "'paused'"],
    ["start", { created: "syncing" }, "'created'"],
  ] as const)("lets %s only from its states", async (verb, moves, said) => {
    const { call, word, vendor } = await aVendor("peachdesk", account);
    for (const [index, from] of states.entries()) {
      const id = String(index + 1);
      const to = new Map(Object.entries(moves)).get(from);
      const { status, body } = await call(`POST ${at}/${id}/${verb}`);
      expect([from, status]).toEqual([from, to ? 200 : 400]);
      expect(word(id)).toBe(to ?? from);
      expect(vendor.log().at(-1)?.effect).toEqual(to ? { id, from, to } : null);
      const detail = `Campaign must be in ${said} state to ${verb}, current state: ${from}`;
      if (!to) expect(body).toEqual({ detail });
    }
  });

  it("runs a moment after it was started", async () => {
    const { call, word, pass } = await aVendor("peachdesk", account);
    await call(`POST ${at}/1/start`);
    expect((await call(`GET ${at}/1/progress`)).body).toMatchObject({
      state: "syncing",
      total_rows: 0,
      source_sync: { status: "in_progress" },
    });
    pass(3000);
    expect(word("1")).toBe("running");
    expect((await call(`GET ${at}/1/progress`)).body).toMatchObject({
      source_sync: { status: "completed" },
    });
  });

  it("undoes a pause made while it was syncing", async () => {
    const { call, word, pass } = await aVendor("peachdesk", account);
    await call(`POST ${at}/2/pause`);
    expect(word("2")).toBe("paused");
    pass(3000);
    expect(word("2")).toBe("running");
    expect((await call(`POST ${at}/2/pause`)).status).toBe(200);
    pass(3_600_000);
    expect(word("2")).toBe("paused");
  });

  it("goes on dialling after a pause, up to the end of the batch", async () => {
    const { call, pass } = await aVendor("peachdesk", [
      { id: "42", name: "Q4 renewals", word: "running", total: 480, done: 143 },
    ]);
    const executed = async () =>
      (await call(`GET ${at}/42`)).body as { executed_count: number; processed_rows: number };
    pass(4000);
    expect(await executed()).toMatchObject({ executed_count: 145 });
    await call(`POST ${at}/42/pause`);
    pass(4000);
    expect(await executed()).toMatchObject({ state: "paused", executed_count: 147 });
    pass(3_600_000);
    expect(await executed()).toMatchObject({ executed_count: 150, processed_rows: 15 });
  });

  it("pauses without credit or telephony, and starts with neither", async () => {
    const { call, vendor } = await aVendor("peachdesk");
    vendor.add({ id: "1", name: "A", word: "running", traits: ["no_telephony", "no_credit"] });
    expect((await call(`POST ${at}/1/pause`)).status).toBe(200);
    const refused = await call(`POST ${at}/1/resume`);
    expect(refused.status).toBe(401);
    expect(refused.text).toContain("You must configure telephony first");
  });

  it("reads 1.0 as 1, and knows no campaign 0", async () => {
    const { call } = await aVendor("peachdesk", account);
    expect((await call(`GET ${at}/1.0`)).body).toMatchObject({ id: 1 });
    expect((await call(`GET ${at}/0`)).body).toEqual({ detail: "Campaign not found" });
  });
});

function essence(status: number, body: unknown) {
  if (status !== 200) return { status, body };
  const { campaigns, state, id } = body as { campaigns?: object[]; state?: string; id?: number };
  const one = (it: object) => Object.keys(it).sort();
  return { status, state, id, keys: one(body as object), rows: campaigns?.map(one) };
}
