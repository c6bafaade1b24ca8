import { beforeEach, describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import { applyTarget } from "../../src/flows/apply-target.ts";
import { endPause } from "../../src/flows/end-pause.ts";
import { extendPause } from "../../src/flows/extend-pause.ts";
import { tryAgain } from "../../src/flows/follow-change.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import { undoChange } from "../../src/flows/undo-change.ts";
import { listChanges, loadChange } from "../../src/store/changes.ts";
import { removeConnection } from "../../src/store/connections.ts";
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

describe("undoing", () => {
  const undoes = ({ id: changeId }: Change, by = anAdmin) =>
    undoChange(here.world, { workspace, changeId }, by);

  it("makes one change, however many press in the same moment", async () => {
    const change = await paused();
    here.passes(1000);
    const all = await Promise.all([undoes(change), undoes(change), undoes(change, ana)]);
    const ids = all.flatMap((one) => (one?.kind === "submitted" ? one.change.id : []));
    expect(new Set(ids).size).toBe(1);
    const undone = await here.world.store.read((q) => listChanges(q, { workspace }));
    expect(undone.map(({ follows }) => follows)).toEqual([change.id, undefined]);
  });

  it("tells the same person once more what they asked for, and others that it was asked", async () => {
    const change = await paused();
    expect(await undoes(change)).toEqual(await undoes(change));
    expect(await undoes(change, ana)).toMatchObject({
      kind: "nothing_to_do",
      sentence: expect.stringContaining("This was asked to be undone already"),
    });
  });

  it("says who could where the policy does not let this person ask", async () => {
    const change = await paused();
    expect(await undoes(change, aPerson({ kind: "guest" }))).toMatchObject({
      kind: "refused",
      who: { deed: "ask", from: ["members"] },
    });
  });

  it("knows no change of another workspace", async () => {
    const { id: changeId } = await paused();
    const elsewhere = { workspace: "T_OTHER", changeId };
    expect(await undoChange(here.world, elsewhere, anAdmin)).toBe(undefined);
  });

  it("takes as many campaigns as an emergency stop", async () => {
    const more = Array.from({ length: 101 }, (_, index) => aCampaign({ id: `${index + 1000}` }));
    here.shops.burki.campaigns.push(...more);
    const targets = more.map(({ id }) => ({ kind: "exact" as const, connection: "burki", id }));
    const wish = { workspace, channel: "C1", action: "pause" as const, targets, stop: true };
    const submitted = await submitChange(here.world, { ...wish, requestKey: "stop", by: ana });
    if (submitted.kind !== "submitted") throw new Error(JSON.stringify(submitted));
    const { id: changeId, targets: all } = submitted.change;
    for (const { id: targetId } of all)
      await applyTarget(here.world, { workspace, changeId, targetId });
    expect(await undoes(submitted.change)).toMatchObject({
      kind: "submitted",
      change: { action: "resume", targets: { length: 101 } },
    });
  });
});

describe("putting off the planned end of a pause", () => {
  const until = new Date("2027-01-04T14:00:00Z");
  const later = new Date("2027-01-04T18:00:00Z");
  const extend = ({ id: changeId }: Change, end = later, by = ana) =>
    extendPause(here.world, { workspace, changeId }, { by, until: end, requestKey: "extend" });

  it("is one change for one sent form, and asks no platform before it", async () => {
    const change = await paused("one", { until });
    here.shops.burki.before = () => {
      throw new Error("the platform was called");
    };
    const [first, second] = [await extend(change), await extend(change)];
    expect(first).toMatchObject({
      kind: "submitted",
      change: { action: "pause", until: later, follows: change.id, targets: { length: 2 } },
    });
    expect(second).toEqual(first);
  });

  it.each([
    ["the same end", until],
    ["an earlier one", new Date("2027-01-04T13:00:00Z")],
  ])("refuses %s", async (_, end) => {
    const change = await paused("one", { until });
    expect(await extend(change, end)).toMatchObject({
      kind: "nothing_to_do",
      sentence: "Choose a time after the planned end. Nothing was changed.",
    });
  });

  it("has nothing to put off where no end was planned", async () => {
    expect(await extend(await paused())).toMatchObject({ kind: "nothing_to_do" });
  });

  it("says so when its connection is gone", async () => {
    const change = await paused("one", { until });
    const [target] = change.targets;
    await here.world.store.write((q) => removeConnection(q, workspace, target?.connectionId ?? ""));
    expect(await extend(change)).toMatchObject({
      sentence: "The connection burki has been removed. Nothing was changed.",
    });
  });
});
