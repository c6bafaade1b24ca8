import { beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../../src/domain/change.ts";
import { tellClosed } from "../../../src/slack/deliver/closed-channel.ts";
import { createShowChange } from "../../../src/slack/deliver/show-change.ts";
import { auditOf } from "../../../src/store/audit.ts";
import { claim } from "../../../src/store/claim.ts";
import { postsOf } from "../../../src/store/posts.ts";
import { aTarget } from "../../store/sample-change.ts";
import { textOf } from "../../support/journey.ts";
import { ana, aStage, outreach } from "./a-card.ts";

const approvals = "C0APPROVALS";
const dee = "U0DEE00004";
let stage: Awaited<ReturnType<typeof aStage>>;
let show: ReturnType<typeof createShowChange>;

async function setUp(options: Parameters<typeof aStage>[0] = { installedBy: dee }) {
  stage = await aStage(options);
  show = createShowChange(stage);
}
beforeEach(() => setUp());

const channel = (id: string) => stage.slack.channels.find((one) => one.id === id);
const close = (id: string, how: object = { isArchived: true }) =>
  Object.assign(channel(id) ?? {}, how);
let last = 0;
/** A change whose card belongs in #approvals and which was typed in #outreach. */
async function shown(parts: Partial<Change> = {}) {
  last += 1;
  const targets = [aTarget({ campaign: { id: String(last), name: "Spring launch" } })];
  const change = await stage.change({ channel: approvals, askedIn: outreach, targets, ...parts });
  await show(stage.workspace, change.id);
  return change;
}
const jobs = () =>
  claim(stage.world.store, { token: "t", count: 99, leaseMs: 60_000, now: stage.clock.at });
const record = async (id = approvals) =>
  (await stage.world.store.read((q) => auditOf(q, stage.workspace, id))).map(({ event }) => event);
const everyCard = (where: string) => stage.slack.messages(where).map(textOf);

describe("H69: a card whose channel is closed to us", () => {
  it.each([
    ["is archived", { isArchived: true }],
    ["was closed to all but admins", { posting: "admins" }],
    ["was made private without the bot", { isPrivate: true, botIsMember: false }],
  ])("because it %s goes to where it was asked for", async (_how, how) => {
    close(approvals, how);
    await shown();
    expect(everyCard(outreach)).toHaveLength(1);
    expect(everyCard(`@${ana}`)).toEqual([]);
  });

  it("goes to the asker alone when that is closed as well", async () => {
    close(approvals);
    close(outreach);
    await shown();
    expect(everyCard(`@${ana}`)).toHaveLength(1);
  });

  it("goes to whoever installed us when the asker has left, too", async () => {
    close(approvals);
    close(outreach);
    Object.assign(stage.slack.people.find(({ id }) => id === ana) ?? {}, { deleted: true });
    await shown();
    expect(everyCard(`@${dee}`)).toHaveLength(1);
  });

  it("is named in the log when nobody at all can be reached, and nothing is tried for ever", async () => {
    await setUp({});
    close(approvals);
    close(outreach);
    Object.assign(stage.slack.people.find(({ id }) => id === ana) ?? {}, { deleted: true });
    const { id } = await shown();
    expect(stage.lines).toContainEqual({
      level: "error",
      event: "a card was left out, nobody can be reached",
      facts: { workspace: stage.workspace, change: id },
    });
  });

  it("is marked gone there and shown at the next place as it is now", async () => {
    const change = await shown();
    close(approvals);
    await stage.moves(change, { state: "denied", endedAt: stage.clock.at });
    await show(stage.workspace, change.id);
    expect(everyCard(outreach).at(-1)).toContain("Denied");
    const posts = await stage.world.store.read((q) => postsOf(q, stage.workspace, change.id));
    expect(posts.map(({ channel, gone }) => [channel, gone])).toEqual([
      [approvals, true],
      [outreach, false],
    ]);
  });

  it.each(["internal_error", "service_unavailable", "ratelimited"])(
    "is not taken for closed because of a trouble that passes: %s",
    async (error) => {
      stage.slack.faults.set({ method: "chat.postMessage", error, times: 1 });
      await expect(shown()).rejects.toThrow();
      expect(await record()).toEqual([]);
      expect(everyCard(outreach)).toEqual([]);
    },
  );
});

describe("H69: whoever installed us", () => {
  const told = async () => {
    for (const { kind, payload } of await jobs()) {
      if (kind === "tell_closed")
        await tellClosed(stage, {
          workspace: stage.workspace,
          ...(payload as { channel: string; reason: string }),
        });
    }
    return everyCard(`@${dee}`);
  };

  it("is told once, not for each card, what to do, and it is on record", async () => {
    close(approvals);
    for (let cards = 0; cards < 4; cards += 1) await shown();
    const [notice, ...others] = await told();
    expect(others).toEqual([]);
    expect(notice).toContain(`Fermata cannot post in <#${approvals}>: it is archived.`);
    expect(notice).toContain("Please unarchive it, or name another channel in the policy.");
    expect(await record()).toEqual(["channel_closed"]);
  });

  it("is told again when the channel was open in between", async () => {
    close(approvals, { posting: "admins" });
    await shown();
    close(approvals, { posting: undefined });
    await shown();
    close(approvals, { posting: "admins" });
    await shown();
    expect(await record()).toEqual(["channel_closed", "channel_open_again", "channel_closed"]);
    const notices = await told();
    expect(notices).toHaveLength(2);
    expect(notices[0]).toContain("Please let Fermata post there");
  });

  it("is told how to invite us where we may not post uninvited", async () => {
    stage.slack.regrant("chat:write,users:read,channels:read,groups:read");
    close(approvals, { botIsMember: false });
    await shown();
    expect((await told())[0]).toContain("/invite @Fermata");
  });

  it("is told when a card that stood there cannot be edited any more", async () => {
    const change = await shown({ channel: outreach });
    close(outreach);
    await stage.moves(change, { state: "denied", endedAt: stage.clock.at });
    await show(stage.workspace, change.id);
    expect((await told())[0]).toContain(`<#${outreach}>`);
  });

  it("is not told of a private channel where somebody types without us", async () => {
    close(outreach, { isPrivate: true, botIsMember: false });
    await stage.change({ channel: outreach }).then(({ id }) => show(stage.workspace, id));
    expect(await record(outreach)).toEqual([]);
    expect((await told()).filter((text) => text.includes("cannot post"))).toEqual([]);
  });

  it("is missed in the log where we know of nobody", async () => {
    await setUp({});
    close(approvals);
    await shown();
    expect(await told()).toEqual([]);
    expect(stage.lines.at(-1)?.event).toBe("a channel is closed, and we know of nobody to tell");
  });
});

describe("a letter with what not everybody may read", () => {
  const change = (id: string, parts: object) =>
    Object.assign(stage.slack.people.find((one) => one.id === id) ?? {}, parts);

  it.each([
    ["is an admin no more", dee, { isAdmin: false, isOwner: false }],
    ["is a guest by now", dee, { isRestricted: true }],
    ["has left", dee, { deleted: true }],
    ["never was one", "U0BEN00002", {}],
  ])("goes to an admin as of now, where whoever installed us %s", async (_, installedBy, now) => {
    await setUp({ installedBy });
    change(installedBy, now);
    const other = stage.slack.people.find((one) => one.isAdmin && one.id !== dee);
    if (!other) change("U0CHI00003", { isAdmin: true });
    close(approvals);
    close(outreach);
    change(ana, { deleted: true });
    await shown({ reason: "the founder is ill" });
    expect(everyCard(`@${installedBy}`)).toEqual([]);
    const admins = stage.slack.people.filter(
      (one) => one.isAdmin && !one.deleted && !one.isRestricted,
    );
    const got = admins.flatMap((one) => everyCard(`@${one.id}`));
    expect(got[0]).toContain("the founder is ill");
  });

  it("waits while Slack cannot say whether they are one", async () => {
    close(approvals);
    close(outreach);
    change(ana, { deleted: true });
    stage.slack.faults.set({ method: "users.info", error: "internal_error" });
    await expect(shown()).rejects.toThrow();
    stage.slack.faults.set(null);
  });
});
