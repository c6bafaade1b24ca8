import { beforeEach, describe, expect, it } from "vitest";
import { createShowChange } from "../../../src/slack/deliver/show-change.ts";
import { tellAsker } from "../../../src/slack/deliver/tell-asker.ts";
import { postsOf } from "../../../src/store/posts.ts";
import { textOf } from "../../support/journey.ts";
import { ana, aStage, outreach } from "./a-card.ts";

let stage: Awaited<ReturnType<typeof aStage>>;
let show: ReturnType<typeof createShowChange>;
beforeEach(async () => {
  stage = await aStage();
  show = createShowChange(stage);
});

function share(shared = true): void {
  const channel = stage.slack.channels.find(({ id }) => id === outreach);
  if (channel) channel.isExtShared = shared;
}
const shown = () => stage.slack.messages(outreach).map(textOf);
const details = "Spring launch";

describe("a card in a channel that people of other organisations read", () => {
  it("B17: names nothing, while it waits and when it has ended", async () => {
    share();
    const change = await stage.change({ reason: "wrong price" });
    await show(stage.workspace, change.id);
    await stage.moves(change, { state: "denied", endedAt: stage.clock.at });
    await show(stage.workspace, change.id);
    const [card, ...others] = shown();
    expect(others).toEqual([]);
    expect(card).toContain("Denied");
    expect(card).not.toContain(details);
    expect(card).not.toContain("wrong price");
  });

  it("has its end told to the asker alone, in full, however quick it was", async () => {
    share();
    const verdict = { kind: "allow", rule: "members may pause" } as const;
    const change = await stage.change({ state: "approved", verdict });
    await show(stage.workspace, change.id);
    await stage.moves(change, { state: "done", endedAt: stage.clock.at });
    await tellAsker(stage, stage.workspace, change.id);
    expect(shown()).toHaveLength(1);
    const [told] = stage.slack.messages(`@${ana}`);
    expect(textOf(told)).toContain(details);
  });

  it("goes to the asker in full where the channel is closed to us", async () => {
    share();
    const { id } = await stage.change({ channel: "C0NOWHERE1" });
    await show(stage.workspace, id);
    expect(textOf(stage.slack.messages(`@${ana}`)[0])).toContain(details);
  });

  it("is not posted while Slack cannot say who reads there", async () => {
    const { id } = await stage.change();
    stage.slack.faults.set({ method: "conversations.info", status: 500, times: 1 });
    await expect(show(stage.workspace, id)).rejects.toThrow();
    expect(shown()).toEqual([]);
    await show(stage.workspace, id);
    expect(shown()).toHaveLength(1);
  });
});

describe("a card whose channel is shared later", () => {
  it("loses its names, also when it is long ended", async () => {
    const change = await stage.change();
    await show(stage.workspace, change.id);
    expect(shown()[0]).toContain(details);
    share();
    stage.channels.isShared(stage.workspace, outreach);
    await show(stage.workspace, change.id, { anew: true });
    expect(shown()).toHaveLength(1);
    expect(shown()[0]).not.toContain(details);
  });

  it("is not posted anew when somebody has deleted it", async () => {
    const change = await stage.change();
    await show(stage.workspace, change.id);
    const [card] = stage.slack.messages(outreach);
    const client = await stage.web.client(stage.workspace);
    await client.chat.delete({ channel: outreach, ts: card?.ts ?? "" });
    await show(stage.workspace, change.id, { anew: true });
    expect(shown()).toEqual([]);
    const posts = await stage.world.store.read((q) => postsOf(q, stage.workspace, change.id));
    expect(posts).toMatchObject([{ gone: true }]);
  });
});
