import { beforeEach, describe, expect, it } from "vitest";
import type { Then } from "../../src/domain/policy.ts";
import { progress } from "../../src/domain/progress.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { reviewChange } from "../../src/flows/review-change.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import { auditOf } from "../../src/store/audit.ts";
import { loadChange } from "../../src/store/changes.ts";
import { aPerson, aPolicy } from "../domain/builders.ts";
import { type AWorld, aCampaign, aWorld, connected, workspace } from "./a-world.ts";

const [ana, ben, chi] = [aPerson({ id: "UANA" }), aPerson({ id: "UBEN" }), aPerson({ id: "UCHI" })];

let here: AWorld;
let key: { workspace: string; changeId: string };

const policy = (then: Then) =>
  applyPolicy(here.world, {
    workspace,
    policy: aPolicy({ name: "the rule", when: {}, then }),
    by: "U_ADA",
  });
const approve = (by: typeof ben) =>
  reviewChange(here.world, key, { by, kind: "approve", asker: ana });
const change = async () => {
  const found = await here.world.store.read((q) => loadChange(q, workspace, key.changeId));
  if (!found) throw new Error("the change is gone");
  return found;
};

beforeEach(async () => {
  here = await aWorld();
  here.shops.burki.campaigns.push(aCampaign());
  await connected(here.world);
  await policy({ approve: { from: [ben.id, chi.id] } });
  const submitted = await submitChange(here.world, {
    workspace,
    requestKey: "one",
    by: ana,
    channel: "C1",
    action: "pause",
    targets: [{ kind: "exact", connection: "burki", id: "42" }],
  });
  if (submitted.kind !== "submitted") throw new Error(JSON.stringify(submitted));
  key = { workspace, changeId: submitted.change.id };
});

describe("a policy that asks for more after the question", () => {
  it("is kept with the change and in the audit line of the vote, and has to be met", async () => {
    await policy({ approve: { from: [ben.id, chi.id], count: 2 } });
    expect((await approve(ben))?.kind).toBe("counted");
    const waiting = await change();
    expect(waiting.state).toBe("waiting");
    expect(progress(waiting).map(({ have, need }) => [have, need])).toEqual([
      [1, 1],
      [1, 2],
    ]);
    const lines = await here.world.store.read((q) => auditOf(q, workspace, key.changeId));
    const voted = lines.findLast(({ event }) => event === "voted");
    expect(JSON.parse(voted?.detail ?? "{}")).toMatchObject({ asks: waiting.verdict });

    await approve(chi);
    expect((await change()).state).toBe("approved");
  });
});
