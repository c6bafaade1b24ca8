import { beforeEach, describe, expect, it } from "vitest";
import type { Approving } from "../../../src/domain/policy.ts";
import { createShowChange } from "../../../src/slack/deliver/show-change.ts";
import { textOf } from "../../support/journey.ts";
import { aStage, outreach } from "./a-card.ts";

const ids = { ben: "U0BEN00002", dee: "U0DEE00004", gus: "U0GUS00005", sam: "U0SAM00006" };
const asked: Approving = {
  kind: "approve",
  rule: "marketing agrees",
  steps: [{ from: ["members"], count: 1, self: false }],
  expiresAfterMs: 4 * 3_600_000,
};

let stage: Awaited<ReturnType<typeof aStage>>;
let show: ReturnType<typeof createShowChange>;
beforeEach(async () => {
  stage = await aStage();
  show = createShowChange(stage);
});

const waits = (verdict: Partial<Approving>) =>
  stage.change({ state: "waiting", verdict: { ...asked, ...verdict } });
const copiesOf = (name: string) => stage.slack.messages(`@${name}`).map(textOf);

describe("a copy of a card for a person whom the rule names", () => {
  it("goes to full members of this workspace, and is left out for guests and people of other organisations", async () => {
    const { id } = await waits({ notify: [ids.gus, ids.sam, ids.ben] });
    await show(stage.workspace, id);
    expect(copiesOf("gus")).toEqual([]);
    expect(copiesOf("sam")).toEqual([]);
    expect(copiesOf("ben")).toHaveLength(1);
    expect(stage.lines.map(({ facts }) => facts.reason)).toEqual(
      expect.arrayContaining(["guest", "stranger"]),
    );
  });

  it("is left out for somebody who is not there any more", async () => {
    const ben = stage.slack.people.find(({ id }) => id === ids.ben);
    if (ben) ben.deleted = true;
    const { id } = await waits({ notify: [ids.ben, "U0NOBODY99"] });
    await show(stage.workspace, id);
    expect(copiesOf("ben")).toEqual([]);
    expect(stage.slack.messages(outreach)).toHaveLength(1);
  });

  it("waits while Slack cannot say who somebody is", async () => {
    const { id } = await waits({ notify: [ids.ben] });
    stage.slack.faults.set({ method: "users.info", status: 500, times: 5 });
    await expect(show(stage.workspace, id)).rejects.toThrow("to be sent in");
    expect(copiesOf("ben")).toEqual([]);
    stage.slack.faults.set(null);
    await show(stage.workspace, id);
    expect(copiesOf("ben")).toHaveLength(1);
    expect(stage.slack.messages(outreach)).toHaveLength(1);
  });

  it("goes to those who are asked once nobody has decided in time, and to nobody twice", async () => {
    const change = await waits({
      notify: [ids.ben],
      onTimeout: { escalate: [ids.dee, ids.ben, ids.sam] },
    });
    await show(stage.workspace, change.id);
    expect(copiesOf("dee")).toEqual([]);
    await stage.moves(change, { escalatedAt: stage.clock.at });
    await show(stage.workspace, change.id);
    await show(stage.workspace, change.id);
    expect(copiesOf("dee")).toHaveLength(1);
    expect(copiesOf("ben")).toHaveLength(1);
    expect(copiesOf("sam")).toEqual([]);
  });
});
