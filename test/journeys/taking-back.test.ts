import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtInPolicy, type Rule, rule } from "../../src/domain/policy.ts";
import { disconnectVendor } from "../../src/flows/disconnect-vendor.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { hour, type Journey, outreach, startJourney, textOf } from "../support/journey.ts";

const ben = "U0BEN00002";
let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

function saves(...first: Rule[]) {
  const { world, workspace } = journey.house;
  const policy = { ...builtInPolicy, rules: [...first, ...builtInPolicy.rules] };
  return applyPolicy(world, { workspace, policy, by: "the test" });
}
const thread = () =>
  journey.house.slack
    .messages(outreach)
    .filter(({ threadTs }) => threadTs)
    .map(textOf)
    .join("\n");

describe("a pause that acted first and is reversed while it is still being carried out", () => {
  it("is carried out, and then taken back once", async () => {
    const ratify = { from: [ben], within: "1h", otherwise: "keep" as const };
    await saves(rule("act first", { action: ["pause"] }, { ratify }));
    journey.house.vendors.burki.faults.set({ kind: "status", status: 429, on: "change" });
    await journey.types("ana", "pause burki:42 because wrong price");
    expect((await journey.change()).state).toBe("running");
    await journey.presses("ben", "Reverse");
    const form = journey.house.slack.views("ben").at(-1);
    await journey.house.slack.submit("ben", form?.id ?? "", {});
    expect(await journey.change()).toMatchObject({ action: "pause", state: "running" });
    journey.house.vendors.burki.faults.set(null);
    await journey.passes(1_000);
    for (let seconds = 0; seconds < 30; seconds += 3) await journey.passes(3_000);
    const all = await journey.changes();
    expect(all.map(({ action, state }) => `${action} ${state}`).sort()).toEqual([
      "pause done",
      "resume done",
    ]);
    expect(journey.word("burki", "42")).toBe("running");
    expect(journey.changing("burki").filter(({ status }) => status === 200)).toHaveLength(2);
  });
});

describe("the planned end of a pause", () => {
  it("says in the thread that the policy of then does not let it be resumed", async () => {
    await saves();
    await journey.types("ana", "pause burki:42 for 2h");
    await journey.untilEnded(1_000);
    await saves(rule("nothing resumes", { action: ["resume"] }, "deny"));
    await journey.passes(2 * hour);
    expect(thread()).toContain("nothing resumes");
    expect(journey.word("burki", "42")).toBe("paused");
  });

  it("says in the thread that its connection is gone", async () => {
    await saves();
    await journey.types("dee", "pause burki:42 for 2h");
    await journey.untilEnded(1_000);
    const { world, workspace } = journey.house;
    await disconnectVendor(world, { workspace, name: "burki", by: "U0DEE00004" });
    await journey.passes(2 * hour);
    expect(thread()).toContain("The connection burki has been removed.");
    expect(await journey.changes()).toHaveLength(1);
  });
});
