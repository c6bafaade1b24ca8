import { describe, expect, it } from "vitest";
import { createMemories } from "../../src/domain/memories.ts";
import { createFairness, tooManyWords } from "../../src/slack/fairness.ts";

const sending = "act" as const;
const ana = { workspace: "T1", user: "U1", sending };
const ben = { workspace: "T1", user: "U2", sending };
const elsewhere = { workspace: "T2", user: "U1", sending };

function aMinute(limits = { person: 3, workspace: 5 }) {
  let at = 1_000_000;
  const memories = createMemories(() => new Date(at));
  const fairness = createFairness(limits, () => new Date(at), memories);
  return { ...fairness, memories, pass: (ms: number) => (at += ms) };
}

describe("fairness", () => {
  it("takes as much as the limit allows and then says in how many seconds one more fits", () => {
    const { judge } = aMinute();
    for (let n = 0; n < 3; n += 1) expect(judge(ana)).toEqual({ kind: "within" });
    expect(judge(ana)).toEqual({
      kind: "too_many",
      whose: "person",
      limit: 3,
      retryAfterSeconds: 20,
    });
  });

  it("fills up again evenly, never beyond the limit", () => {
    const { judge, pass } = aMinute();
    for (let n = 0; n < 3; n += 1) judge(ana);
    pass(20_000);
    expect(judge(ana).kind).toBe("within");
    expect(judge(ana).kind).toBe("too_many");
    pass(3_600_000);
    for (let n = 0; n < 3; n += 1) expect(judge(ana).kind).toBe("within");
    expect(judge(ana).kind).toBe("too_many");
  });

  it("keeps nothing of a workspace that is forgotten", () => {
    const { judge, memories } = aMinute();
    for (let n = 0; n < 4; n += 1) judge(ana);
    for (let n = 0; n < 4; n += 1) judge(elsewhere);
    memories.forget("T1");
    expect(judge(ana).kind).toBe("within");
    expect(judge(elsewhere).kind).toBe("too_many");
  });

  it("does not let one person use up another's", () => {
    const { judge } = aMinute();
    for (let n = 0; n < 10; n += 1) judge(ana);
    expect(judge(ben).kind).toBe("within");
  });

  it("does not let one workspace use up another's", () => {
    const { judge } = aMinute();
    for (let n = 0; n < 10; n += 1) {
      judge(ana);
      judge(ben);
    }
    expect(judge({ ...ana, user: "U3" })).toMatchObject({ whose: "workspace" });
    expect(judge(elsewhere).kind).toBe("within");
  });

  it("takes 0 for no limit", () => {
    const { judge } = aMinute({ person: 0, workspace: 0 });
    for (let n = 0; n < 5_000; n += 1) expect(judge(ana).kind).toBe("within");
  });

  it("gives nothing away for a clock that was set back", () => {
    const { judge, pass } = aMinute();
    for (let n = 0; n < 3; n += 1) judge(ana);
    pass(-3_600_000);
    expect(judge(ana).kind).toBe("too_many");
  });

  it("H68: leaves a third of it to commands and presses when somebody is called upon all the time", () => {
    const { judge } = aMinute({ person: 30, workspace: 600 });
    const call = { ...ana, sending: "call" } as const;
    const taken = (sender: typeof ana | typeof call) =>
      Array.from({ length: 900 }, () => judge(sender)).filter(({ kind }) => kind === "within");
    expect(taken(call)).toHaveLength(20);
    expect(taken(ana)).toHaveLength(10);
  });

  it("H68: counts the letters that people type apart from what they do, and bounds them too", () => {
    const { judge } = aMinute();
    const type = { ...ana, sending: "type" } as const;
    const typed = Array.from({ length: 100 }, () => judge(type));
    expect(typed.filter(({ kind }) => kind === "within")).toHaveLength(12);
    for (let n = 0; n < 3; n += 1) expect(judge(ana).kind).toBe("within");
  });

  it("gives back what was counted for a request that was here before", () => {
    const { judge, giveBack } = aMinute();
    for (let n = 0; n < 35; n += 1) {
      expect(judge(ana).kind).toBe("within");
      giveBack(ana);
    }
  });

  it("says what was not done and when to try again", () => {
    const words = tooManyWords({
      kind: "too_many",
      whose: "person",
      limit: 30,
      retryAfterSeconds: 2,
    });
    expect(words).toBe(
      "You have sent more than 30 commands and clicks in a minute, so this one was not taken and nothing was done. Please try again in 2 seconds.",
    );
  });
});
