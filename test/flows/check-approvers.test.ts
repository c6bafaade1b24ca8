import { describe, expect, it } from "vitest";
import { type Rule, rule, type Then } from "../../src/domain/policy.ts";
import { checkApprovers, type Roll, shortInWords } from "../../src/flows/check-approvers.ts";

const people: Record<string, "member" | "guest" | "bot" | "stranger" | "deactivated"> = {
  U1: "member",
  U2: "member",
  U3: "deactivated",
  U4: "guest",
  U5: "bot",
  U6: "stranger",
};
const groups: Record<string, string[]> = { S1: ["U1", "U3"], S2: [] };

function aRoll(over: Partial<Roll> = {}): Roll & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async person(id) {
      asked.push(id);
      const kind = people[id];
      // On a Grid one person has an id for each workspace.
      if (id === "W1") return { id: "U1", kind: "member" };
      return kind ? { id, kind } : "not_known";
    },
    members: async (group) => groups[group] ?? [],
    ...over,
  };
}

async function short(then: Then, roll: Roll = aRoll()): Promise<string[]> {
  const checked = await checkApprovers({ version: 1, rules: [rule("r", {}, then)] }, roll);
  if (checked.kind === "unsaid") throw new Error("Slack did not say");
  return checked.short.map(shortInWords);
}

describe("those who decide", () => {
  it("are enough where as many full members are there as a step asks for", async () => {
    expect(await short({ approve: { from: ["U1", "U3", "U2"], count: 2 } })).toEqual([]);
    expect(await short({ approve: { from: ["S1"] } })).toEqual([]);
    expect(await short("allow")).toEqual([]);
  });

  it("are told by name where they are too few, each with why they do not count", async () => {
    const from = ["U1", "U3", "U4", "U5", "U6", "U7", "S2"];
    expect(await short({ approve: { from, count: 2 } })).toEqual([
      "“r” asks for 2 people, and only U1 could decide: U3 is deactivated, U4 is a guest, U5 is a bot, U6 is of another organisation, U7 is not known to Slack, S2 has no members.",
    ]);
  });

  it("count once, whichever of their ids are named", async () => {
    expect(await short({ approve: { from: ["U1", "W1", "S1"], count: 2 } })).toHaveLength(1);
  });

  it("are looked for in every step, among those asked late, and among those who answer afterwards", async () => {
    const gone = { from: ["U3"] };
    expect(await short({ approve: [{ from: ["U1"] }, gone] })).toHaveLength(1);
    const late = { approve: { from: ["U1"] }, on_timeout: { escalate: ["U3"] } };
    expect(await short(late)).toHaveLength(1);
    expect(await short({ ratify: gone })).toHaveLength(1);
  });

  it("need not be looked up where admins or members may decide", async () => {
    const roll = aRoll();
    expect(await short({ approve: { from: ["U3", "admins"] } }, roll)).toEqual([]);
    expect(roll.asked).toEqual([]);
  });

  it("are looked up once, and no more of them than are asked for", async () => {
    const roll = aRoll();
    const one: Rule = rule("r", {}, { approve: { from: ["U1", "U2"] } });
    await checkApprovers({ version: 1, rules: [one, one] }, roll);
    expect(roll.asked).toEqual(["U1"]);
  });

  it.each([{ person: async () => undefined }, { members: async () => undefined }])(
    "are nobody while Slack does not say who they are",
    async (over) => {
      const policy = { version: 1 as const, rules: [rule("r", {}, { approve: { from: ["S1"] } })] };
      expect(await checkApprovers(policy, aRoll(over))).toEqual({ kind: "unsaid" });
    },
  );
});
