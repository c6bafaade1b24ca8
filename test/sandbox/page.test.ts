import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DemoPage, startDemoPage } from "../../sandbox/page/start-demo-page.ts";
import type { WireState } from "../../sandbox/page/wire.ts";
import { waitingCard } from "./page-cards.ts";
import { ana, aPageFixture, ben, outreach, type PageFixture } from "./page-fixture.ts";

let stage: PageFixture;
let page: DemoPage;

beforeAll(async () => {
  stage = await aPageFixture();
  page = await startDemoPage({ ...stage, port: 0 });
});
beforeEach(() => act("reset", {}));
afterAll(async () => {
  await page.close();
  await stage.close();
});

const act = (name: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${page.url}/act/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

async function seenBy(person: string): Promise<WireState> {
  return (await fetch(`${page.url}/state?person=${person}`)).json() as Promise<WireState>;
}

const burki = async () => (await seenBy(ana)).vendors.find(({ name }) => name === "burki");

describe("the demo page", () => {
  it("is one document, one script and one style sheet, all from this machine", async () => {
    expect(page.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const html = await (await fetch(page.url)).text();
    expect(html.match(/(?:src|href)="[^"]*"/g)?.filter((one) => !one.includes('"data:'))).toEqual([
      'href="/page.css"',
      'src="/page.js"',
    ]);
    for (const path of ["/page.js", "/page.css"]) {
      const response = await fetch(page.url + path);
      expect((await response.text()).length).toBeGreaterThan(10_000);
      expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
    }
  });

  it("answers 404 for what it does not have, and 405 for other methods", async () => {
    expect((await fetch(`${page.url}/secrets`)).status).toBe(404);
    expect((await fetch(`${page.url}/state?person=nobody`)).status).toBe(404);
    expect((await fetch(`${page.url}/state`, { method: "DELETE" })).status).toBe(405);
  });
});

describe("what one person sees", () => {
  it("holds an ephemeral answer back from everybody else", async () => {
    await act("command", { person: ana, channel: outreach, text: "/campaign pause sprnig" });
    await expect
      .poll(async () => (await seenBy(ana)).messages.at(-1))
      .toMatchObject({
        onlyYou: true,
        text: "Nobody knows “pause sprnig”. Nothing was changed.",
      });
    expect((await seenBy(ben)).messages).toEqual([]);
  });

  it("shows guests and outsiders the channels they are in, and no other", async () => {
    const channelsOf = async (name: string) => (await seenBy(name)).channels.map((one) => one.name);
    expect(await channelsOf("ana")).toContain("approvals");
    expect(await channelsOf("gus")).toEqual(["outreach"]);
    expect(await channelsOf("sam")).toEqual(["shared-acme"]);
  });

  it("tells who can ask, who can approve and who can do nothing", async () => {
    const { people } = await seenBy(ana);
    expect(people.map(({ name, role }) => `${name}: ${role}`)).toEqual([
      "ana: Operator",
      "ben: Approver",
      "chi: Approver",
      "dee: Admin",
      "gus: Guest",
      "sam: Another company",
    ]);
  });

  it("carries no token and no vendor's secret", async () => {
    const state = JSON.stringify(await seenBy(ana));
    const secrets = Object.values(stage.vendors).flatMap(({ secret }) => Object.values(secret));
    for (const secret of [stage.slack.botToken, stage.slack.signingSecret, ...secrets]) {
      expect(state).not.toContain(secret);
    }
  });

  it("is told at once and after every change", async () => {
    const leaving = new AbortController();
    const { body } = await fetch(`${page.url}/events?person=${ben}`, { signal: leaving.signal });
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    const until = async (part: string) => {
      for (let text = ""; !text.includes(part); ) text += (await reader?.read())?.value ?? part;
    };
    await until("data: ");
    stage.slack.say(ana, outreach, "somebody spoke");
    await until("somebody spoke");
    stage.vendors.sarvam.setWord("camp-09af", "ended");
    await until('"word":"ended","changes":1');
    leaving.abort();
  });
});

describe("what people do", () => {
  it("sends a command as the person who typed it and says how fast it was answered", async () => {
    const told = await act("command", { person: ben, channel: outreach, text: "/campaign list" });
    expect(await told.json()).toEqual({ ms: expect.any(Number) });
    expect(stage.heard.at(-1)).toMatchObject({ command: "/campaign", text: "list", user_id: ben });
  });

  it("presses a button of a card", async () => {
    const ts = await stage.post(waitingCard);
    const place = { channel: outreach, ts };
    await act("press", { person: ben, place, actionId: "approve", blockId: "decide" });
    expect(stage.heard.at(-1)).toMatchObject({
      user: { id: ben },
      actions: [{ action_id: "approve" }],
    });
  });

  it("fills in a form, with suggestions, and shows what is wrong with it", async () => {
    await act("command", { person: ana, channel: outreach, text: "/campaign" });
    await expect.poll(async () => (await seenBy(ana)).views.length).toBe(1);
    expect((await seenBy(ben)).views).toEqual([]);
    const viewId = (await seenBy(ana)).views[0]?.id;

    const offered = await act("suggest", {
      person: ana,
      viewId,
      actionId: "campaigns",
      query: "spring",
    });
    expect(await offered.json()).toMatchObject([
      { value: "Spring launch" },
      { value: "Spring cleaning" },
    ]);

    const values = {
      action: "pause",
      campaigns: ["Spring launch"],
      reason: "no",
      duration: "2h",
      where: outreach,
    };
    const refused = await act("submit", { person: ana, viewId, values });
    expect(await refused.json()).toMatchObject({ errors: { reason: "Say why, in a few words." } });
    expect((await seenBy(ana)).views[0]?.errors).toEqual({ reason: "Say why, in a few words." });

    await act("submit", { person: ana, viewId, values: { ...values, reason: "a good reason" } });
    expect((await seenBy(ana)).views).toEqual([]);
  });

  it("changes a campaign behind the bot's back", async () => {
    await act("word", { vendor: "burki", campaign: "42", word: "stopped" });
    expect((await burki())?.campaigns.find(({ id }) => id === "42")).toMatchObject({
      word: "stopped",
      changes: 1,
    });
  });

  it("makes a vendor misbehave, and well again", async () => {
    await act("fault", { vendor: "burki", fault: "acts-then-hangs" });
    expect(stage.vendors.burki.faults.current()).toMatchObject({ kind: "hang_after" });
    expect((await burki())?.fault).toBe("acts-then-hangs");
    await act("fault", { vendor: "burki", fault: "503" });
    expect((await burki())?.fault).toBe("503");
    await act("fault", { vendor: "burki", fault: "fine" });
    expect(stage.vendors.burki.faults.current()).toBeNull();
  });

  it("moves the clock", async () => {
    const before = stage.clock.now().getTime();
    await act("clock", { advanceMs: 3_600_000 });
    expect(stage.clock.now().getTime() - before).toBe(3_600_000);
    await act("clock", { at: "2026-12-24T08:00:00.000Z" });
    expect((await seenBy(ana)).now).toBe("2026-12-24T08:00:00.000Z");
  });

  it("starts over", async () => {
    await stage.post(waitingCard);
    await act("word", { vendor: "burki", campaign: "42", word: "stopped" });
    await act("reset", {});
    expect((await seenBy(ana)).messages).toEqual([]);
    expect((await burki())?.campaigns.find(({ id }) => id === "42")?.word).toBe("running");
  });
});

describe("who may use it", () => {
  it("turns away other pages in the same browser", async () => {
    const origins = ["https://evil.example", "null", "http://127.0.0.1:1"];
    for (const origin of origins) expect((await act("reset", {}, { origin })).status).toBe(403);
    expect((await act("reset", {}, { origin: page.url })).status).toBe(200);
  });

  it("turns away host names that are not this machine's", async () => {
    const { hostname, port } = new URL(page.url);
    const status = await new Promise((resolve) => {
      const asked = {
        hostname,
        port,
        path: "/state",
        headers: { host: `rebound.example:${port}` },
      };
      request(asked, (response) => resolve(response.resume().statusCode)).end();
    });
    expect(status).toBe(403);
  });

  it("takes nothing but JSON, and only what an act is made of", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect((await act("reset", {}, form)).status).toBe(415);
    expect((await act("fault", { vendor: "acme", fault: "fine" })).status).toBe(400);
    expect((await act("clock", { advanceMs: -1 })).status).toBe(400);
    expect((await act("toString", {})).status).toBe(404);
    expect((await act("command", "x".repeat(200_000))).status).toBe(400);
  });
});
