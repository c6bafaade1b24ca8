import { describe, expect, it } from "vitest";
import { ask, aVendor } from "./vendors-at-hand.ts";

const at = "/api/v1/campaigns";
const states = ["draft", "scheduled", "running", "paused", "completed", "cancelled", "failed"];
const account = states.map((word, index) => ({ id: String(index + 1), name: `C-${word}`, word }));
const spring = {
  id: "42",
  name: "Spring launch",
  word: "running",
  total: 500,
  done: 325,
  failed: 25,
};

describe("the pretend Burki", () => {
  it.each([
    ["POST", "/pause", { running: "paused" }],
    ["POST", "/start", { draft: "scheduled", scheduled: "scheduled", paused: "scheduled" }],
    ["POST", "/stop", { scheduled: "cancelled", running: "cancelled", paused: "cancelled" }],
    ["POST", "/unschedule", { scheduled: "draft" }],
    ["POST", "/re-execute", { completed: "draft", cancelled: "draft", failed: "draft" }],
    [
      "DELETE",
      "",
      Object.fromEntries(states.filter((word) => word !== "running").map((it) => [it, undefined])),
    ],
  ] as const)("lets %s %s only from its states", async (method, verb, moves) => {
    const { call, word } = await aVendor("burki", account);
    const targets = new Map<string, string | undefined>(Object.entries(moves));
    for (const [index, from] of states.entries()) {
      const id = String(index + 1);
      const { status } = await call(`${method} ${at}/${id}${verb}`, {
        ...(verb === "/re-execute" ? { body: '{"contact_selection":"all"}' } : {}),
      });
      expect([from, status]).toEqual([from, targets.has(from) ? 200 : 400]);
      expect(word(id)).toBe(targets.has(from) ? targets.get(from) : from);
    }
  });

  it("answers a start with `scheduled`, runs a second later, and cannot be paused meanwhile", async () => {
    const { call, word, pass } = await aVendor("burki", [{ ...spring, word: "paused" }]);
    expect((await call(`POST ${at}/42/start`)).body).toMatchObject({
      success: true,
      message: "Campaign execution started immediately",
      campaign_id: 42,
      status: "scheduled",
    });
    const early = await call(`POST ${at}/42/pause`);
    expect([early.status, early.body]).toEqual([400, { detail: "Campaign is not running" }]);
    pass(1000);
    expect(word("42")).toBe("running");
    expect((await call(`POST ${at}/42/pause`)).body).toEqual({
      message: "Campaign paused successfully",
    });
  });

  it("keeps a campaign with a start of its own `scheduled`, and tells when that is", async () => {
    const { call, word, pass } = await aVendor("burki", [
      { ...spring, word: "paused", traits: ["own_time"] },
      { ...spring, id: "43", word: "paused", traits: ["recurring", "sms"] },
      { ...spring, id: "44", word: "paused" },
    ]);
    const scheduled_at = "2026-11-23T09:00:00Z";
    expect((await call(`POST ${at}/42/start`)).body).toMatchObject({
      message: "Campaign scheduled for 2026-11-23 09:00:00 UTC",
      status: "scheduled",
      scheduled_time: scheduled_at,
    });
    pass(60_000);
    expect(word("42")).toBe("scheduled");
    const schedule = async (id: string) => (await call(`GET ${at}/${id}/schedule`)).body;
    expect(await schedule("42")).toEqual({
      schedule_type: "scheduled",
      scheduled_at,
      recurring_config: null,
    });
    expect(await schedule("43")).toMatchObject({
      schedule_type: "recurring",
      recurring_config: { frequency: "weekly", time: "09:00" },
    });
    expect(await schedule("44")).toMatchObject({ schedule_type: "immediate", scheduled_at: null });
    expect((await call(`GET ${at}/43`)).body).toMatchObject({ campaign_type: "sms" });
  });

  it.each([
    ["no_contacts", "No contacts found"],
    ["all_reached", "All contacts have already been processed"],
    ["start_passed", "Scheduled time is in the past"],
  ] as const)("refuses a start for a reason of its own: %s", async (trait, detail) => {
    const { call, word } = await aVendor("burki", [{ ...spring, word: "paused", traits: [trait] }]);
    expect(await call(`POST ${at}/42/start`)).toMatchObject({ status: 400, body: { detail } });
    expect(word("42")).toBe("paused");
  });

  it("does not run after all when it is stopped while `scheduled`", async () => {
    const { call, word, pass } = await aVendor("burki", [{ ...spring, word: "paused" }]);
    await call(`POST ${at}/42/start`);
    expect((await call(`POST ${at}/42/stop`)).body).toEqual({
      message: "Campaign stopped successfully",
    });
    pass(60_000);
    expect(word("42")).toBe("cancelled");
  });

  it("tells its progress in the documented numbers", async () => {
    const { call, pass } = await aVendor("burki", [spring]);
    expect((await call(`GET ${at}/42/progress`)).body).toMatchObject({
      campaign_id: 42,
      status: "running",
      progress: {
        total_contacts: 500,
        completed: 325,
        failed: 25,
        processing: 5,
        pending: 145,
        progress_percentage: 70,
        success_rate: 92.86,
      },
    });
    pass(3000);
    expect((await call(`GET ${at}/42/progress`)).body).toMatchObject({
      progress: { completed: 326 },
    });
  });

  it("lists by pages, from 1", async () => {
    const { call } = await aVendor("burki", account);
    const names = (body: unknown) =>
      (body as { campaigns: { name: string }[] }).campaigns.map(({ name }) => name);
    const last = (await call(`GET ${at}/?page=3&per_page=3`)).body;
    expect(names(last)).toEqual(["C-failed"]);
    expect(last).toMatchObject({
      pagination: { page: 3, total_items: 7, total_pages: 3, has_next: false, has_prev: true },
    });
    expect(names((await call(`GET ${at}/?status=running`)).body)).toEqual(["C-running"]);
    expect((await call(`GET ${at}/?per_page=1001`)).status).toBe(422);
  });

  it("says no to strangers, to nonsense and to missing slashes", async () => {
    const { call, vendor } = await aVendor("burki", [spring]);
    const stranger = await ask(vendor, `GET ${at}/`, { headers: { "x-api-key": "burki_x" } });
    expect([stranger.status, stranger.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    expect((await call(`GET ${at}/9999`)).body).toEqual({ detail: "Campaign not found" });
    expect((await call(`GET ${at}/abc`)).status).toBe(422);
    expect((await call(`POST ${at}/42/resume`)).status).toBe(404);
    const moved = await call(`GET ${at}?page=2`);
    expect([moved.status, moved.headers.get("location")]).toEqual([
      307,
      `${vendor.url}${at}/?page=2`,
    ]);
  });
});
