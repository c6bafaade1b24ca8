import { beforeEach, describe, expect, it } from "vitest";
import { type Standing, standingOf } from "../../../src/slack/deliver/adopt-card.ts";
import { createShowChange } from "../../../src/slack/deliver/show-change.ts";
import { setDigest } from "../../../src/store/digests.ts";
import { postsOf } from "../../../src/store/posts.ts";
import { aTarget } from "../../store/sample-change.ts";
import { ana, aStage, outreach } from "./a-card.ts";

let stage: Awaited<ReturnType<typeof aStage>>;
beforeEach(async () => {
  stage = await aStage();
});

const approvals = "C0APPROVALS";
const unknownTs = "1700000000.000100";

/** Two changes with a card each in #outreach, and a digest in #approvals. */
async function scene() {
  const { workspace, world, clock } = stage;
  const mine = await stage.change();
  const winback = aTarget({ campaign: { id: "7", name: "EU Winback" } });
  const other = await stage.change({ targets: [winback] });
  const show = createShowChange(stage);
  await show(workspace, mine.id);
  await show(workspace, other.id);
  const tsOf = async (id: string) =>
    (await world.store.read((q) => postsOf(q, workspace, id)))[0]?.ts ?? "";
  const facts = { channel: approvals, time: "09:00", zone: "UTC", setBy: ana, setAt: clock.at };
  await world.store.write((q) => setDigest(q, { workspace, ...facts }));
  return { mine, other, ts: await tsOf(mine.id), tsOfOther: await tsOf(other.id) };
}

describe("a button pressed", () => {
  it.each<[string, Standing, (facts: Awaited<ReturnType<typeof scene>>) => object]>([
    ["on the card on record", "card", ({ ts }) => ({ ts })],
    ["on a card we did not live to remember", "card", () => ({ ts: unknownTs })],
    ["on such a card in a direct message", "card", () => ({ channel: "D0ANA", ts: unknownTs })],
    ["on a card of another change", "elsewhere", ({ tsOfOther }) => ({ ts: tsOfOther })],
    ["on a copy of it in another channel", "elsewhere", ({ ts }) => ({ ts, channel: approvals })],
    ["with the block of another change", "elsewhere", (s) => ({ blockId: `${s.other.id}:1` })],
    ["with a block of no name", "elsewhere", () => ({ blockId: "" })],
    ["in the digest", "digest", (s) => ({ channel: approvals, blockId: `digest:${s.mine.id}:1` })],
    ["in a digest elsewhere", "elsewhere", (s) => ({ blockId: `digest:${s.mine.id}:1` })],
    ["on a change that never was", "unknown", () => ({ changeId: "chg_none" })],
    ["in another workspace", "unknown", ({ ts }) => ({ ts, workspace: "T_OTHER" })],
  ])("B11: %s: %s", async (_name, standing, parts) => {
    const facts = await scene();
    const { workspace, world } = stage;
    const { id: changeId } = facts.mine;
    const place = { workspace, changeId, channel: outreach, ts: unknownTs };
    const pressed = { ...place, blockId: `${changeId}:1`, ...parts(facts) };
    expect(await standingOf(world, pressed)).toBe(standing);
  });
});
