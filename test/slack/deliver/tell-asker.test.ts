import { beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../../src/domain/change.ts";
import { createShowChange } from "../../../src/slack/deliver/show-change.ts";
import { tellAsker } from "../../../src/slack/deliver/tell-asker.ts";
import { ana, aStage, outreach } from "./a-card.ts";

let stage: Awaited<ReturnType<typeof aStage>>;
beforeEach(async () => {
  stage = await aStage();
});

async function ended(parts: Partial<Change>, afterMs: number): Promise<Change> {
  const change = await stage.change(parts);
  await createShowChange(stage.world, stage.web, stage.channels)(stage.workspace, change.id);
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
    await createShowChange(stage.world, stage.web, stage.channels)(stage.workspace, change.id);
    await tell(change);
    expect(told()).toEqual([]);
  });

  it("is not tried for ever where the channel was closed", async () => {
    const change = await ended({}, 60_000);
    const channel = stage.slack.channels.find(({ id }) => id === outreach);
    if (channel) channel.isArchived = true;
    await tell(change);
    expect(stage.calls("chat.postMessage").at(-1)?.error).toBe("is_archived");
  });
});
