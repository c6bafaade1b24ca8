import { beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../../src/domain/change.ts";
import { showJob } from "../../../src/flows/change-jobs.ts";
import { createShowChange } from "../../../src/slack/deliver/show-change.ts";
import { tellAsker } from "../../../src/slack/deliver/tell-asker.ts";
import { claim } from "../../../src/store/claim.ts";
import { enqueue, giveUp } from "../../../src/store/jobs.ts";
import { textOf } from "../../support/journey.ts";
import { ana, aStage, outreach } from "./a-card.ts";

let stage: Awaited<ReturnType<typeof aStage>>;
beforeEach(async () => {
  stage = await aStage();
});

async function ended(parts: Partial<Change>, afterMs: number): Promise<Change> {
  const change = await stage.change(parts);
  await createShowChange(stage)(stage.workspace, change.id);
  stage.passes(afterMs);
  return stage.moves(change, { state: "done", endedAt: stage.clock.at });
}

const tell = ({ id }: Change) => tellAsker(stage, stage.workspace, id);
const told = () => stage.slack.messages(outreach).filter(({ threadTs }) => threadTs);
const allowed: Partial<Change> = {
  state: "approved",
  verdict: { kind: "allow", rule: "members may pause" },
};

describe("the end of a change", () => {
  it("is told to its asker by name, once, in the card's thread", async () => {
    await tell(await ended({}, 60_000));
    const [line] = told();
    expect(line?.text).toContain(`<@${ana}>`);
    expect(line?.threadTs).toBe(stage.slack.messages(outreach)[0]?.ts);
  });

  it("needs no call when it came in front of the asker's eyes", async () => {
    await tell(await ended(allowed, 3_000));
    expect(told()).toEqual([]);
  });

  it("is told when it took a while", async () => {
    await tell(await ended(allowed, 15_000));
    expect(told()).toHaveLength(1);
  });

  it("is not told before it has come", async () => {
    const change = await stage.change();
    await createShowChange(stage)(stage.workspace, change.id);
    await tell(change);
    expect(told()).toEqual([]);
  });

  it("is told to the asker alone where the channel was closed", async () => {
    const change = await ended({}, 60_000);
    const channel = stage.slack.channels.find(({ id }) => id === outreach);
    if (channel) channel.isArchived = true;
    await tell(change);
    expect(textOf(stage.slack.messages(`@${ana}`)[0])).toContain("Spring launch");
  });

  it("is not tried for ever where the asker has left too", async () => {
    const change = await ended({}, 60_000);
    const channel = stage.slack.channels.find(({ id }) => id === outreach);
    if (channel) channel.isArchived = true;
    const asker = stage.slack.people.find(({ id }) => id === ana);
    if (asker) asker.deleted = true;
    await tell(change);
    expect(stage.lines.at(-1)).toMatchObject({ event: "an asker could not be told of an end" });
  });

  it("waits for the card while it is on its way, and does not for ever", async () => {
    const change = await stage.change({ endedAt: stage.clock.at, state: "denied" });
    const { workspace, world } = stage;
    const job = showJob({ workspace, changeId: change.id }, change.version);
    await world.store.write((q) => enqueue(q, job, stage.clock.at));
    await expect(tell(change)).rejects.toMatchObject({ name: "HeldBack" });
    const [found] = await claim(world.store, {
      token: "t",
      count: 1,
      leaseMs: 1,
      now: stage.clock.at,
    });
    await giveUp(world.store, { id: found?.id ?? 0, token: "t" }, stage.clock.at, "Error");
    await tell(change);
    expect(stage.slack.messages(`@${ana}`)).toHaveLength(1);
  });
});
