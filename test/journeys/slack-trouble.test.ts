import { afterEach, describe, expect, it } from "vitest";
import type { HouseOptions } from "../../sandbox/house.ts";
import { rule } from "../../src/domain/policy.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import {
  buttonsOn,
  hour,
  type Journey,
  outreach,
  startJourney,
  textOf,
} from "../support/journey.ts";
import { share } from "../support/share.ts";

const members = ["members"];
const approvals = "C0APPROVALS";
const ana = "U0ANA00001";
/** Members pause at once; a resume needs an admin; whatever it is, its card goes to #approvals. */
const policy = {
  version: 1 as const,
  channel: approvals,
  rules: [
    rule("members may pause", { action: ["pause"], requester: members }, "allow"),
    rule(
      "an admin agrees",
      { action: ["resume", "cancel"], requester: members },
      { approve: { from: ["admins"] }, expires: "8h" },
    ),
  ],
};

let journey: Journey;
async function opens(options: Partial<HouseOptions> = {}): Promise<void> {
  journey = await startJourney({ connected: ["burki"], random: () => 0.5, ...options });
}
afterEach(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const calls = (method: string) =>
  journey.house.slack.calls().filter((call) => call.method === method);
const refused = () => journey.house.slack.calls().filter(({ error }) => error === "ratelimited");
/** Far more in any run than Slack takes posts and edits of a card in a second. */
const ids = Array.from({ length: share(40, 100) }, (_, index) => String(1000 + index));
const atOnce = share(12, 30);
function addAll(): void {
  for (const id of ids)
    journey.house.vendors.burki.add({ id, name: `Campaign ${id}`, word: "running" });
}
async function passes(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) await journey.passes(1_000);
}

describe("H69: under Slack's own limits", () => {
  it("a change of very many campaigns edits its card a few times, and the last edit shows the end", async () => {
    await opens({ slackLimits: true, vendorLatencyMs: 20 });
    addAll();
    const { world, workspace } = journey.house;
    const targets = ids.map((id) => ({ kind: "exact" as const, connection: "burki", id }));
    const by = {
      id: ana,
      otherIds: [],
      kind: "member",
      admin: false,
      groups: [],
      zone: "UTC",
    } as const;
    const wish = {
      workspace,
      channel: outreach,
      action: "pause",
      targets,
      by,
      requestKey: "1",
    } as const;
    expect((await submitChange(world, wish)).kind).toBe("submitted");
    expect((await journey.untilEnded(1_000)).state).toBe("done");
    await passes(5);
    const [card, ...others] = journey.cards();
    expect(others).toEqual([]);
    expect(textOf(card)).toContain("Done");
    const { askedAt, version } = await journey.change();
    const seconds = (journey.clock.now().getTime() - askedAt.getTime()) / 1000;
    expect(version).toBeGreaterThan(ids.length);
    expect(calls("chat.update").length).toBeLessThanOrEqual(2 + seconds);
    expect(refused()).toEqual([]);
  }, 120_000);

  it("many changes at once in one channel all get their card, and every card its end", async () => {
    await opens({ slackLimits: true });
    addAll();
    const some = ids.slice(0, atOnce);
    await Promise.all(
      some.map((id) =>
        journey.house.slack.typeCommand("ana", outreach, `/campaign pause burki:${id}`),
      ),
    );
    await passes(60);
    const cards = journey.cards();
    expect(cards).toHaveLength(atOnce);
    for (const id of some)
      expect(cards.filter((one) => textOf(one).includes(`Campaign ${id}`))).toHaveLength(1);
    for (const card of cards) expect(textOf(card)).toContain("Paused, and Burki confirms it.");
    expect(refused()).toEqual([]);
  }, 120_000);
});

describe("H69: a 429", () => {
  it("holds back every post of that workspace for as long as it says, and loses none", async () => {
    await opens();
    addAll();
    const { slack } = journey.house;
    slack.faults.set({
      method: "chat.postMessage",
      error: "ratelimited",
      retryAfter: 300,
      times: 1,
    });
    for (const id of ids.slice(0, 5)) await journey.types("ana", `pause burki:${id}`);
    expect(calls("chat.postMessage")).toHaveLength(1);
    expect(journey.cards()).toEqual([]);
    await journey.passes(200_000);
    expect(calls("chat.postMessage")).toHaveLength(1);
    await journey.passes(101_000);
    expect(journey.cards()).toHaveLength(5);
    for (const card of journey.cards())
      expect(textOf(card)).toContain("Paused, and Burki confirms it.");
  });

  it("to the answer that only one person sees is no end to it", async () => {
    await opens();
    const { slack } = journey.house;
    slack.faults.set({ method: "response_url", status: 500 });
    slack.faults.set({
      method: "chat.postEphemeral",
      error: "ratelimited",
      retryAfter: 20,
      times: 1,
    });
    const { told } = await journey.types("ana", "list burki");
    expect(told).toBe("");
    await journey.passes(21_000);
    expect(textOf(slack.ephemerals("ana").at(-1))).toContain("Spring launch");
  });
});

describe("H69: Slack away for two hours", () => {
  it("gets the card within a minute of its return, as the change is then", async () => {
    await opens();
    const { slack } = journey.house;
    slack.faults.set({ method: "chat.postMessage", status: 503 });
    await journey.types("ana", "pause burki:42");
    for (let minutes = 0; minutes < 120; minutes += 5) await journey.passes(300_000);
    expect(journey.word("burki", "42")).toBe("paused");
    const tried = calls("chat.postMessage").length;
    expect(tried).toBeLessThan(150);
    slack.faults.set(null);
    await passes(60);
    expect(journey.cards()).toHaveLength(1);
    expect(journey.card()).toContain("Paused, and Burki confirms it.");
  });
});

describe("H69: the channel of the policy", () => {
  const channel = (id: string) => journey.house.slack.channels.find((one) => one.id === id);

  it("that is archived leaves a change with a card that can be decided, and an installer who knows", async () => {
    await opens({ policy, admins: ["U0DEE00004"] });
    Object.assign(channel(approvals) ?? {}, { isArchived: true });
    await journey.types("ana", "resume burki:7");
    await journey.types("ana", "cancel burki:60");
    expect(journey.cards(approvals)).toEqual([]);
    expect(journey.cards()).toHaveLength(2);
    const notices = journey.cards("@dee").map(textOf);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(`Fermata cannot post in <#${approvals}>: it is archived.`);
    await journey.presses("dee", "Approve", journey.cards()[0]);
    for (let steps = 0; steps < 6; steps += 1) await journey.passes(5_000);
    expect(journey.word("burki", "7")).toBe("running");
  });

  it("that the bot is put out of while a card waits there shows it where it was asked for", async () => {
    await opens({ policy });
    await journey.types("ana", "resume burki:7");
    expect(journey.cards(approvals)).toHaveLength(1);
    Object.assign(channel(approvals) ?? {}, { isPrivate: true, botIsMember: false });
    await journey.passes(9 * hour);
    expect(textOf(journey.cards().at(-1))).toContain("Expired");
  });
});

describe("H69: a token that has ended", () => {
  it("is not tried again and again, and what waited comes once it is good again", async () => {
    await opens();
    const { slack } = journey.house;
    await journey.types("ana", "resume burki:7");
    slack.faults.set({ error: "token_revoked" });
    const before = slack.calls().length;
    await journey.passes(9 * hour);
    expect((await journey.change()).state).toBe("expired");
    for (let minutes = 0; minutes < 60; minutes += 1) await journey.passes(60_000);
    expect(slack.calls().length - before).toBeLessThan(20);
    slack.faults.set(null);
    await journey.passes(11 * 60_000);
    expect(journey.card()).toContain("Expired");
  });
});

describe("H69: a crash between a post and its memory", () => {
  it.each([
    ["Slack's answer is lost", false],
    ["the bot is killed", true],
  ])("leaves one spare card at most, which still works, when %s", async (_how, killed) => {
    await opens();
    const { slack, world } = journey.house;
    if (killed) {
      const { store } = world;
      slack.onChange(() => {
        if (journey.cards().length > 0) store.write = () => Promise.reject(new Error("killed"));
      });
    } else
      slack.faults.set({ method: "chat.postMessage", status: 502, afterActing: true, times: 1 });
    await slack.typeCommand("ana", outreach, "/campaign resume burki:7");
    await journey.passes(0);
    await journey.house.stopBot();
    journey.clock.advance(30_000);
    await journey.house.restart();
    await passes(20);
    const [spare, card, ...others] = journey.cards();
    expect(others).toEqual([]);
    expect(buttonsOn(card).length).toBeGreaterThan(0);
    await journey.presses("dee", "Approve", spare);
    for (let steps = 0; steps < 6; steps += 1) await journey.passes(5_000);
    expect(journey.word("burki", "7")).toBe("running");
    expect(journey.changing("burki")).toHaveLength(1);
    for (const one of journey.cards()) {
      expect(buttonsOn(one).map(({ label }) => label)).not.toContain("Approve");
      expect(textOf(one)).toContain("Done");
    }
  });
});
