import { beforeEach, describe, expect, it } from "vitest";
import type { Approving, Ratifying } from "../../../src/domain/policy.ts";
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

  /** Its card is shown; then the rule wants Ben to know of it too, and Slack says this to his copy. */
  async function meets(error: string, more: object = {}) {
    const change = await waits({});
    await show(stage.workspace, change.id);
    await stage.moves(change, { verdict: { ...asked, notify: [ids.ben] } });
    stage.slack.faults.set({ method: "chat.postMessage", error, ...more });
    return { again: (nextBest = false) => show(stage.workspace, change.id, { nextBest }) };
  }

  it.each([
    ["user_disabled", false],
    ["a_word_of_tomorrow", true],
  ])(
    "is left out where Slack will not take it (%s), and the log says why",
    async (error, forLong) => {
      const { again } = await meets(error);
      if (forLong) await expect(again()).rejects.toThrow(error);
      stage.passes(1_000);
      await again(forLong);
      stage.slack.faults.set(null);
      expect(copiesOf("ben")).toEqual([]);
      expect(stage.lines.map(({ facts }) => facts.reason)).toContain(error);
    },
  );

  it.each([
    ["Slack is called too often", "ratelimited", { retryAfter: 1 }],
    ["Slack stumbles", "internal_error", {}],
    ["our token has ended", "token_revoked", {}],
    ["Slack does not answer properly", "", { status: 500 }],
  ])("comes later where %s", async (_why, error, more) => {
    const { again } = await meets(error, more);
    await expect(again()).rejects.toThrow();
    expect(copiesOf("ben")).toEqual([]);
    stage.slack.faults.set(null);
    stage.passes(60_000);
    await again();
    expect(copiesOf("ben")).toHaveLength(1);
  });

  it("of what acted first goes to those who are to know of it, and to nobody where its rule names none", async () => {
    const verdict: Ratifying = {
      kind: "ratify",
      rule: "act first",
      from: ["members"],
      withinMs: 3_600_000,
      otherwise: "keep",
    };
    const ratifyBy = new Date(stage.clock.at.getTime() + 3_600_000);
    const change = await stage.change({ state: "running", verdict, ratifyBy });
    await show(stage.workspace, change.id);
    expect(stage.calls("chat.postMessage")).toHaveLength(1);
    await stage.moves(change, { verdict: { ...verdict, notify: [ids.ben] } });
    await show(stage.workspace, change.id);
    expect(copiesOf("ben")).toHaveLength(1);
  });
});
