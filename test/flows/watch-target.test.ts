import { beforeEach, describe, expect, it } from "vitest";
import type { Change, Target } from "../../src/domain/change.ts";
import { disconnectVendor } from "../../src/flows/disconnect-vendor.ts";
import { watchTarget } from "../../src/flows/watch-target.ts";
import { loadChange } from "../../src/store/changes.ts";
import { commit } from "../../src/store/commit.ts";
import { aChange, asked, aTarget } from "../store/sample-change.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

let here: AWorld;
let connectionId: string;
beforeEach(async () => {
  here = await aWorld();
  connectionId = (await connected(here.world)).id;
});

/** A pause that is done, whose campaign is watched and shows this by now. */
async function watched(
  now: ReturnType<typeof aCampaign> | undefined,
  parts: Partial<Target> = { sentence: "It was paused." },
) {
  if (now) here.shops.burki.campaigns.push(now);
  const target = aTarget({
    ...{ connectionId, vendor: "burki", campaign: { id: "42", name: "Spring launch" } },
    ...{ state: "done", watch: "watching", after: "paused" },
    firstAttemptAt: here.clock.at,
    ...parts,
  });
  const change = aChange({ workspace, action: "pause", state: "done", targets: [target] });
  await here.world.store.write((q) => commit(q, asked(change)));
  return { workspace, changeId: change.id, targetId: target.id };
}

/** Looks once, and gives the target as it is on record then. */
async function looks(key: Awaited<ReturnType<typeof watched>>, look = 1) {
  const after = await watchTarget(here.world, key, look);
  const { store } = here.world;
  const change = await store.read(
    (q): Promise<Change | undefined> => loadChange(q, workspace, key.changeId),
  );
  return { after, target: change?.targets[0], version: change?.version };
}

const paused = aCampaign({ phase: "paused", word: "paused" });

describe("a look at a success that its platform may undo", () => {
  it("adds that the campaign has ended since, which nobody has to be called for", async () => {
    const key = await watched(aCampaign({ phase: "completed", word: "completed" }));
    expect((await looks(key)).target).toMatchObject({
      watch: "settled",
      after: "completed",
      sentence: "It was paused. Since then Burki shows completed.",
    });
  });

  it("says the same where nothing was said before", async () => {
    const cancelled = aCampaign({ phase: "cancelled", word: "stopped" });
    const key = await watched(cancelled, {});
    expect((await looks(key)).target?.sentence).toBe("Since then Burki shows stopped.");
  });

  it("says that it did not stay so, with what was shown before", async () => {
    const key = await watched(aCampaign());
    expect((await looks(key)).target).toMatchObject({
      watch: "changed",
      sentence: expect.stringContaining("Burki showed paused, and now shows running."),
    });
  });

  it("says that it could not be read where its connection was removed", async () => {
    const key = await watched(paused);
    await disconnectVendor(here.world, { workspace, name: "burki", by: "U_ADA" });
    const { after, target } = await looks(key);
    expect(after).toEqual({ kind: "done" });
    expect(target).toMatchObject({
      watch: "settled",
      sentence: "It was paused. Burki could not be read again to make sure.",
    });
  });

  it("does not look again where it is refused, and says that it could not be read", async () => {
    const key = await watched(paused, {});
    here.shops.burki.before = fails("forbidden", { status: 403 });
    const { after, target } = await looks(key);
    expect(after).toEqual({ kind: "done" });
    expect(target?.sentence).toBe("Burki could not be read again to make sure.");
  });

  it("is no look where nobody watches any more, nor at what is not there", async () => {
    const key = await watched(aCampaign(), { watch: "changed" });
    const { after, version } = await looks(key);
    expect([after, version]).toEqual([{ kind: "done" }, 1]);
    for (const part of [{ changeId: "chg_none" }, { targetId: "none" }]) {
      expect(await watchTarget(here.world, { ...key, ...part }, 1)).toEqual({ kind: "done" });
    }
  });
});
