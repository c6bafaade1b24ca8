import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Policy, rule, type Then } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { type Journey, startJourney } from "../support/journey.ts";

/** Ben is one of them. */
const marketing = "S0MARKETNG";
const [ben, dee] = ["U0BEN00002", "U0DEE00004"];
let journey: Journey;
beforeEach(async () => {
  journey = await startJourney({ connected: ["burki"] });
});
afterEach(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

async function resumesNeed(then: Then): Promise<void> {
  const { world, workspace } = journey.house;
  const policy: Policy = { version: 1, rules: [rule("agreed", { action: ["resume"] }, then)] };
  await applyPolicy(world, { workspace, policy, by: dee });
}

describe("a policy that is edited while a change waits", () => {
  it("puts what it asks for besides on the card with the next vote, and nothing runs without it", async () => {
    await resumesNeed({ approve: { from: [ben, dee] } });
    await journey.types("ana", "resume burki:7");
    await resumesNeed({ approve: { from: [ben, dee], count: 2 } });
    const { told } = await journey.presses("ben", "Approve");
    expect(told).toContain("Your approval is counted. 1 more is needed.");
    expect(journey.card()).toContain("Step 1 (complete): 1 of 1");
    expect(journey.card()).toContain("Step 2 (now): 1 of 2");
    expect(journey.changing("burki")).toEqual([]);
    await journey.presses("dee", "Approve");
    expect((await journey.untilEnded(1_000)).state).toBe("done");
  });

  it("still counts the votes of a group that it has stopped naming", async () => {
    await resumesNeed({ approve: { from: [marketing] } });
    await journey.types("ana", "resume burki:7");
    await resumesNeed({ approve: { from: [dee] } });
    await journey.presses("ben", "Approve");
    expect(journey.card()).toContain("Step 1 (complete): 1 of 1");
    expect(journey.card()).toContain("Step 2 (now): 0 of 1");
    await journey.presses("dee", "Approve");
    expect((await journey.untilEnded(1_000)).state).toBe("done");
  });
});
