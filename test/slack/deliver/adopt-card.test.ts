import { beforeEach, describe, expect, it } from "vitest";
import { adoptCard } from "../../../src/slack/deliver/adopt-card.ts";
import { createShowChange } from "../../../src/slack/deliver/show-change.ts";
import { claim } from "../../../src/store/claim.ts";
import { postsOf } from "../../../src/store/posts.ts";
import { textOf } from "../../support/journey.ts";
import { aStage, outreach } from "./a-card.ts";

let stage: Awaited<ReturnType<typeof aStage>>;
beforeEach(async () => {
  stage = await aStage();
});

/** A card that was posted, and then we died before we could remember it. */
async function spareCard() {
  const post = { channel: outreach, text: "a spare card" };
  const client = await stage.web.client(stage.workspace);
  const { ts } = await client.chat.postMessage(post);
  return ts ?? "";
}

const dueJobs = () =>
  claim(stage.world.store, { token: "t", count: 10, leaseMs: 1, now: stage.clock.at });

describe("a card that we posted and did not live to remember", () => {
  it("B11: is remembered when it is pressed, and drawn as the change is now", async () => {
    const { id: changeId } = await stage.change();
    const { workspace } = stage;
    const ts = await spareCard();
    await adoptCard(stage.world, { workspace, changeId, channel: outreach, ts });
    expect(await dueJobs()).toMatchObject([{ kind: "show_change", payload: { changeId } }]);
    await createShowChange(stage)(workspace, changeId);
    const [card, ...others] = stage.slack.messages(outreach);
    expect(others).toEqual([]);
    expect(textOf(card)).toContain(changeId);
  });

  it("is remembered once, however often it is pressed", async () => {
    const { id: changeId } = await stage.change();
    const { workspace } = stage;
    const place = { workspace, changeId, channel: outreach, ts: await spareCard() };
    await Promise.all([1, 2, 3].map(() => adoptCard(stage.world, place)));
    expect(await stage.world.store.read((q) => postsOf(q, workspace, changeId))).toHaveLength(1);
    expect(await dueJobs()).toHaveLength(1);
  });

  it("B10: is nobody's when there is no such change in this workspace", async () => {
    const { id: changeId } = await stage.change();
    const ts = await spareCard();
    await adoptCard(stage.world, { workspace: "T_OTHER", changeId, channel: outreach, ts });
    await adoptCard(stage.world, {
      workspace: stage.workspace,
      changeId: "x",
      channel: outreach,
      ts,
    });
    expect(await dueJobs()).toEqual([]);
  });
});
