import { beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../../src/domain/change.ts";
import { showJob } from "../../../src/flows/change-jobs.ts";
import { untilSlackTakesIt } from "../../../src/slack/deliver/as-slack-allows.ts";
import { createShowChange } from "../../../src/slack/deliver/show-change.ts";
import { claim } from "../../../src/store/claim.ts";
import { again, enqueue, finish } from "../../../src/store/jobs.ts";
import { postsOf, rememberPost } from "../../../src/store/posts.ts";
import { textOf } from "../../support/journey.ts";
import { ana, aStage, outreach } from "./a-card.ts";

let stage: Awaited<ReturnType<typeof aStage>>;
let show: ReturnType<typeof createShowChange>;
beforeEach(async () => {
  stage = await aStage();
  show = createShowChange(stage);
});

const postsNow = (changeId: string) =>
  stage.world.store.read((q) => postsOf(q, stage.workspace, changeId));

describe("a change's card", () => {
  it("is posted once, when two ask for it at the same time", async () => {
    const { id } = await stage.change();
    await Promise.all([show(stage.workspace, id), show(stage.workspace, id)]);
    expect(stage.slack.messages(outreach)).toHaveLength(1);
    expect(await postsNow(id)).toMatchObject([{ channel: outreach, shownVersion: 1, gone: false }]);
  });

  it("is edited in place as the change moves on", async () => {
    const change = await stage.change();
    await show(stage.workspace, change.id);
    await stage.moves(change, { state: "denied", endedAt: stage.clock.at });
    await show(stage.workspace, change.id);
    const [card, ...others] = stage.slack.messages(outreach);
    expect(others).toEqual([]);
    expect(textOf(card)).toContain("Denied");
    expect(await postsNow(change.id)).toMatchObject([{ shownVersion: 2 }]);
  });

  it("is not drawn again when it shows this version already", async () => {
    const { id } = await stage.change();
    for (let times = 0; times < 3; times += 1) await show(stage.workspace, id);
    expect(stage.calls("chat.update")).toEqual([]);
  });

  it("is edited on every post of it", async () => {
    const change = await stage.change();
    const { workspace } = stage;
    await show(workspace, change.id);
    const client = await stage.web.client(workspace);
    const posted = await client.chat.postMessage({ channel: outreach, text: "a spare card" });
    const { channel, ts } = posted;
    const spare = {
      workspace,
      id: "pst_spare",
      changeId: change.id,
      channel: channel ?? "",
      ts: ts ?? "",
    };
    await stage.world.store.write((q) => rememberPost(q, { ...spare, shownVersion: 0 }));
    await stage.moves(change, { state: "denied", endedAt: stage.clock.at });
    await show(workspace, change.id);
    const texts = stage.slack.messages(outreach).map(textOf);
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text).toContain("Denied");
  });

  it("is posted anew when somebody has deleted it, so that its end is seen", async () => {
    const change = await stage.change();
    await show(stage.workspace, change.id);
    const [card] = stage.slack.messages(outreach);
    const client = await stage.web.client(stage.workspace);
    await client.chat.delete({ channel: outreach, ts: card?.ts ?? "" });
    await stage.moves(change, { state: "denied", endedAt: stage.clock.at });
    await show(stage.workspace, change.id);
    expect(textOf(stage.slack.messages(outreach).at(-1))).toContain("Denied");
    expect((await postsNow(change.id)).map(({ gone }) => gone).toSorted()).toEqual([false, true]);
  });

  it.each([
    ["is not there", "C0NOWHERE1"],
    ["is archived", "C0APPROVALS"],
  ])("goes to the asker alone when its channel %s", async (_name, channel) => {
    const archived = stage.slack.channels.find(({ id }) => id === "C0APPROVALS");
    if (archived) archived.isArchived = true;
    const { id } = await stage.change({ channel });
    await show(stage.workspace, id);
    const [post] = await postsNow(id);
    expect(post?.channel).toMatch(/^D/);
    expect(stage.slack.messages(`@${ana}`)).toHaveLength(1);
  });

  it("goes to the asker when its channel was closed while it waited", async () => {
    const change = await stage.change();
    await show(stage.workspace, change.id);
    const channel = stage.slack.channels.find(({ id }) => id === outreach);
    if (channel) channel.isArchived = true;
    await stage.moves(change, { state: "denied", endedAt: stage.clock.at });
    await show(stage.workspace, change.id);
    expect(textOf(stage.slack.messages(`@${ana}`).at(-1))).toContain("Denied");
  });

  it.each(["ratelimited", "internal_error", "fatal_error"])(
    "is left to be tried again when Slack cannot take it: %s",
    async (error) => {
      const { id } = await stage.change();
      stage.slack.faults.set({ method: "chat.postMessage", error, times: 1 });
      await expect(show(stage.workspace, id)).rejects.toThrow();
      expect(await postsNow(id)).toEqual([]);
      await show(stage.workspace, id);
      expect(stage.slack.messages(outreach)).toHaveLength(1);
    },
  );

  it("of another workspace's change is never shown", async () => {
    const { id } = await stage.change();
    await show("T_OTHER", id);
    await show(stage.workspace, "chg_none");
    expect(stage.slack.messages(outreach)).toEqual([]);
  });
});

describe("H69: a card whose change moves faster than Slack takes edits", () => {
  /** Every version has its job; each comes back when it is told to, and leaves when it is done. */
  async function everyJobRuns({ id: changeId }: Change): Promise<void> {
    const { world, workspace, clock } = stage;
    for (let rounds = 0; rounds < 50; rounds += 1) {
      const due = await claim(world.store, { token: "t", count: 500, leaseMs: 1, now: clock.at });
      if (due.length === 0) return;
      await Promise.all(
        due.map(async (job) => {
          const { id, key } = job;
          const lease = { id, token: "t" };
          const how = { key: key ?? undefined };
          const held = { ...job, workspace };
          const outcome = await untilSlackTakesIt(world, held, () =>
            show(workspace, changeId, how),
          );
          if (outcome.kind === "over") throw outcome.error;
          if (outcome.kind === "done") await finish(world.store, lease, clock.at);
          else await again(world.store, lease, outcome.at);
        }),
      );
      stage.passes(1_000);
    }
    throw new Error("the card does not come to rest");
  }

  const jobOf = ({ workspace, id, version }: Change) =>
    stage.world.store.write((q) =>
      enqueue(q, showJob({ workspace, changeId: id }, version), stage.clock.at),
    );

  it("is edited a few times only, and shows the end", async () => {
    stage = await aStage({ paced: true });
    show = createShowChange(stage);
    let change = await stage.change({ state: "approved" });
    await jobOf(change);
    await everyJobRuns(change);
    for (let moves = 0; moves < 200; moves += 1) {
      change = await stage.moves(change, { state: "running" });
      await jobOf(change);
    }
    change = await stage.moves(change, { state: "done", endedAt: stage.clock.at });
    await jobOf(change);
    await everyJobRuns(change);
    expect(stage.calls("chat.update").length).toBeLessThanOrEqual(3);
    expect(stage.slack.messages(outreach)).toHaveLength(1);
    expect(await postsNow(change.id)).toMatchObject([{ shownVersion: change.version }]);
  });

  it("is still drawn while it never comes to rest", async () => {
    stage = await aStage({ paced: true });
    show = createShowChange(stage);
    let change = await stage.change({ state: "approved" });
    await show(stage.workspace, change.id);
    for (let moves = 0; moves < 30; moves += 1) {
      change = await stage.moves(change, { state: "running" });
      await jobOf(change);
      const { workspace } = stage;
      const key = showJob({ workspace, changeId: change.id }, change.version).key;
      const job = { id: 1, kind: "show_change", workspace, troubledAt: null };
      await untilSlackTakesIt(stage.world, job, () => show(workspace, change.id, { key }));
      stage.passes(200);
    }
    const edits = stage.calls("chat.update").length;
    expect(edits).toBeGreaterThanOrEqual(5);
    expect(edits).toBeLessThanOrEqual(9);
  });
});
