import { beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import { applyTarget } from "../../src/flows/apply-target.ts";
import { endPause } from "../../src/flows/end-pause.ts";
import { tryAgain } from "../../src/flows/follow-change.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import { loadChange } from "../../src/store/changes.ts";
import { anAdmin, ana, aPerson } from "../domain/builders.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

let here: AWorld;
beforeEach(async () => {
  here = await aWorld();
  here.shops.burki.campaigns.push(aCampaign(), aCampaign({ id: "7", name: "Early renewal" }));
  await connected(here.world);
});

/** Pauses both campaigns and carries it out as far as the vendor lets it. */
async function paused(requestKey = "one", parts: { until?: Date } = {}): Promise<Change> {
  const targets = ["42", "7"].map((id) => ({ kind: "exact" as const, connection: "burki", id }));
  const wish = { workspace, channel: "C1", action: "pause" as const, targets };
  const submitted = await submitChange(here.world, { ...wish, requestKey, by: ana, ...parts });
  if (submitted.kind !== "submitted") throw new Error(JSON.stringify(submitted));
  const { change } = submitted;
  for (const { id: targetId } of change.targets) {
    await applyTarget(here.world, { workspace, changeId: change.id, targetId });
  }
  const now = await here.world.store.read((q) => loadChange(q, workspace, change.id));
  return now ?? change;
}

describe("trying again", () => {
  it("is a new change for what did not succeed, and for nothing else", async () => {
    here.shops.burki.before = (call) => {
      if (call !== "act" || here.shops.burki.effects.length === 0) return;
      here.shops.burki.before = undefined;
      fails("forbidden", { status: 403 })();
    };
    const first = await paused();
    expect(first.state).toBe("partly");
    const again = await tryAgain(here.world, { workspace, changeId: first.id }, ana, "again");
    expect(again).toMatchObject({
      kind: "submitted",
      change: { follows: first.id, action: "pause", targets: [{ campaign: { id: "7" } }] },
    });
  });

  it("has nothing to do after a success", async () => {
    const { id: changeId } = await paused();
    const again = await tryAgain(here.world, { workspace, changeId }, ana, "again");
    expect(again).toMatchObject({ kind: "nothing_to_do" });
  });

  it("knows no change of another workspace", async () => {
    const { id: changeId } = await paused();
    const elsewhere = { workspace: "T_OTHER", changeId };
    expect(await tryAgain(here.world, elsewhere, ana, "again")).toBe(undefined);
  });
});

describe("the planned end of a pause", () => {
  const end = ({ id: changeId }: Change, by = anAdmin) =>
    endPause(here.world, { workspace, changeId }, async () => by);
  const until = new Date("2027-01-04T14:00:00Z");

  it("asks for the resume once, in the asker's name, without an end of its own", async () => {
    const change = await paused("one", { until });
    const [first, second] = [await end(change), await end(change)];
    expect(first?.submitted).toMatchObject({
      kind: "submitted",
      change: { action: "resume", follows: change.id, state: "approved" },
    });
    expect(second?.submitted).toEqual(first?.submitted);
    const resume = first?.submitted.kind === "submitted" ? first.submitted.change : undefined;
    expect(resume?.until).toBe(undefined);
    expect(resume?.targets).toHaveLength(2);
  });

  it("is judged like any resume by the same person", async () => {
    const change = await paused("one", { until });
    expect((await end(change, ana))?.submitted).toMatchObject({ change: { state: "waiting" } });
  });

  it("says why there is no resume when its asker may not ask any more", async () => {
    const change = await paused("one", { until });
    const left = await end(change, aPerson({ kind: "deactivated" }));
    expect(left?.submitted.kind).toBe("refused");
  });

  it("leaves alone what was resumed and paused anew", async () => {
    const change = await paused("one", { until });
    for (const one of here.shops.burki.campaigns)
      Object.assign(one, { phase: "running", word: "running" });
    here.passes(1000);
    await paused("two");
    expect(await end(change)).toBe(undefined);
  });
});
