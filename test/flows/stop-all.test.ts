import { beforeEach, describe, expect, it } from "vitest";
import type { VendorName } from "../../src/domain/campaign.ts";
import type { Change } from "../../src/domain/change.ts";
import { decidedBy } from "../../src/domain/change-steps.ts";
import type { Person } from "../../src/domain/person.ts";
import { applyTarget } from "../../src/flows/apply-target.ts";
import { disconnectVendor } from "../../src/flows/disconnect-vendor.ts";
import { stopConnection } from "../../src/flows/grow-stop.ts";
import { moveChange } from "../../src/flows/move-change.ts";
import { applyPolicy, readPolicyText } from "../../src/flows/policy-text.ts";
import { readCampaigns } from "../../src/flows/read-campaigns.ts";
import { type StopWish, stopAll } from "../../src/flows/stop-all.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import { listChanges } from "../../src/store/changes.ts";
import { claim } from "../../src/store/claim.ts";
import { lastListOf } from "../../src/store/last-lists.ts";
import { purgeWorkspace } from "../../src/store/purge.ts";
import { anAdmin, ana } from "../domain/builders.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

let here: AWorld;
const ids: Partial<Record<VendorName, string>> = {};
beforeEach(async () => {
  here = await aWorld();
  for (const vendor of ["burki", "sarvam", "woodpecker"] as const) {
    here.shops[vendor].campaigns.push(
      aCampaign({ id: "1", name: `${vendor} one` }),
      aCampaign({ id: "2", name: `${vendor} two`, phase: "paused", word: "paused" }),
    );
    ids[vendor] = (await connected(here.world, vendor)).id;
  }
});

const stop = (parts: Partial<StopWish> = {}, by: Person = ana) =>
  stopAll(here.world, {
    ...{ workspace, requestKey: "one", by, channel: "C1", connections: [], reason: "wrong price" },
    ...parts,
  });
const all = () => here.world.store.read((q) => listChanges(q, { workspace, limit: 10 }));
const campaignsOf = (change: Change | undefined) =>
  change?.targets.map(({ connection, campaign }) => `${connection}:${campaign.id}`).toSorted();
const due = async (afterMs = 0) => {
  const now = new Date(here.clock.at.getTime() + afterMs);
  return claim(here.world.store, { token: "t", count: 50, leaseMs: 1, now });
};
/** Lets go of the vendor when it is called. */
function hangs(vendor: VendorName): () => void {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  here.shops[vendor].before = (call) => (call === "list" ? held : undefined);
  return letGo;
}
/** Nobody hears what becomes of it any more. */
function dies(work: Promise<unknown>): void {
  work.catch(() => undefined);
}
async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("it did not come");
}
const onRecord = (vendor: VendorName) =>
  here.world.store.read((q) => lastListOf(q, workspace, ids[vendor] ?? ""));
async function listed(vendor: VendorName) {
  await readCampaigns(here.world, workspace, { connectionId: ids[vendor] ?? "" });
  return until(() => onRecord(vendor));
}
const policy = async (rules: string) => {
  const read = readPolicyText(`version: 1\nrules:\n${rules}`);
  if (read.kind !== "policy") throw new Error(read.problems.join());
  await applyPolicy(here.world, { workspace, policy: read.policy, by: "U_ADA" });
};

describe("a stop whose slowest platform is still being read", () => {
  it("has put the others on record with their pauses, and grows when that one answers", async () => {
    const letGo = hangs("sarvam");
    const stopping = stop();
    const begun = await until(async () => (await all())[0]);
    expect(campaignsOf(begun)).toEqual(["burki:1", "woodpecker:1"]);
    expect(begun.scope?.open).toEqual([{ id: ids.sarvam, name: "sarvam" }]);
    const kinds = (await due()).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "apply_target")).toHaveLength(2);
    letGo();
    const stopped = await stopping;
    expect(stopped).toMatchObject({ kind: "submitted", change: { id: begun.id } });
    const [whole, ...others] = await all();
    expect(others).toEqual([]);
    expect(campaignsOf(whole)).toEqual(["burki:1", "sarvam:1", "woodpecker:1"]);
    expect(whole?.scope?.open).toEqual([]);
    expect((await due()).map(({ kind }) => kind)).toContain("apply_target");
  });

  it("has not ended before that one has been read, however the others stand", async () => {
    const letGo = hangs("sarvam");
    const stopping = stop();
    const { id: changeId, targets } = await until(async () => (await all())[0]);
    for (const { id: targetId } of targets)
      await applyTarget(here.world, { workspace, changeId, targetId });
    expect(await all()).toMatchObject([{ state: "running" }]);
    here.shops.sarvam.campaigns.length = 0;
    letGo();
    await stopping;
    expect(await all()).toMatchObject([{ state: "done", endedAt: here.clock.at }]);
  });

  it("is come back to where its process has died, and once is enough", async () => {
    hangs("sarvam");
    dies(stop());
    const { id: changeId } = await until(async () => (await all())[0]);
    here.shops.sarvam.before = undefined;
    const [job] = (await due(20_000)).filter(({ kind }) => kind === "stop_connection");
    expect(job?.payload).toEqual({ changeId, connectionId: ids.sarvam });
    for (const _ of [1, 2])
      await stopConnection(here.world, { workspace, changeId }, ids.sarvam ?? "");
    expect(campaignsOf((await all())[0])).toEqual(["burki:1", "sarvam:1", "woodpecker:1"]);
  });

  it("is come back to by the same request, too, and is one change however often it comes", async () => {
    const letGo = hangs("sarvam");
    const both = [stop(), stop()];
    await until(async () => (await all())[0]);
    const third = stop();
    letGo();
    const stopped = await Promise.all([...both, third]);
    const found = stopped.map((one) => (one.kind === "submitted" ? campaignsOf(one.change) : one));
    expect(found).toEqual(Array(3).fill(["burki:1", "sarvam:1", "woodpecker:1"]));
    expect(await all()).toHaveLength(1);
  });

  it("ends where that connection is removed meanwhile", async () => {
    hangs("sarvam");
    dies(stop());
    const { id: changeId, targets } = await until(async () => (await all())[0]);
    for (const { id: targetId } of targets)
      await applyTarget(here.world, { workspace, changeId, targetId });
    await disconnectVendor(here.world, { workspace, name: "sarvam", by: "U_ADA" });
    await stopConnection(here.world, { workspace, changeId }, ids.sarvam ?? "");
    expect(await all()).toMatchObject([
      { state: "done", scope: { unread: [{ connection: "sarvam", known: 0 }] } },
    ]);
  });

  it("leaves to another change what that one took in the meantime", async () => {
    const letGo = hangs("sarvam");
    const first = stop({ connections: ["burki", "sarvam"] });
    await until(async () => (await all())[0]);
    letGo();
    const second = stop({ requestKey: "two", connections: ["sarvam"] });
    await Promise.all([first, second]);
    const taken = (await all()).flatMap((one) => campaignsOf(one) ?? []);
    expect(taken.toSorted()).toEqual(["burki:1", "sarvam:1"]);
  });
});

describe("a stop that is judged", () => {
  const allow = "  - { name: stops, when: { action: [stop] }, then: allow }\n";

  it("leaves out in words the platform that the policy denies, early or late", async () => {
    await policy(`  - { name: never here, when: { connection: [sarvam] }, then: deny }\n${allow}`);
    const letGo = hangs("sarvam");
    const stopping = stop();
    await until(async () => (await all())[0]);
    letGo();
    const stopped = await stopping;
    const change = stopped.kind === "submitted" ? stopped.change : undefined;
    expect(campaignsOf(change)).toEqual(["burki:1", "woodpecker:1"]);
    expect(change?.scope?.denied).toMatchObject([{ connection: "sarvam" }]);
    const again = await stop({ requestKey: "two", connections: ["sarvam"] });
    expect(again).toMatchObject({ kind: "refused" });
  });

  it("asks for approval apart where the policy wants it, and stops the rest meanwhile", async () => {
    await policy(
      `  - { name: careful, when: { connection: [sarvam, woodpecker] }, then: { approve: { from: [admins] } } }\n${allow}`,
    );
    await stop();
    const found = (await all()).map((one) => [one.state, campaignsOf(one)]);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(["approved", ["burki:1"]]);
    expect(found).toContainEqual(["waiting", ["sarvam:1", "woodpecker:1"]]);
    expect((await all()).every((one) => one.stop && (one.scope?.open.length ?? 0) === 0)).toBe(
      true,
    );
  });

  it("is one change that waits where everything has to be approved", async () => {
    await policy(
      "  - { name: careful, when: { action: [stop] }, then: { approve: { from: [admins] } } }\n",
    );
    await stop();
    expect(await all()).toMatchObject([{ state: "waiting" }]);
    expect(campaignsOf((await all())[0])).toEqual(["burki:1", "sarvam:1", "woodpecker:1"]);
  });

  it("waits for every list where a rule counts campaigns", async () => {
    await policy(
      `  - { name: many, when: { targets: { min: 3 } }, then: { approve: { from: [admins] } } }\n${allow}`,
    );
    const letGo = hangs("sarvam");
    const stopping = stop();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await all()).toEqual([]);
    letGo();
    await stopping;
    expect(await all()).toMatchObject([{ state: "waiting" }]);
  });

  it("waits for no list where a rule counts campaigns of something else", async () => {
    await policy(
      `  - { name: many, when: { action: [resume], targets: { min: 2 } }, then: { approve: { from: [admins] } } }\n${allow}`,
    );
    const letGo = hangs("sarvam");
    const stopping = stop();
    const begun = await until(async () => (await all())[0]);
    expect(campaignsOf(begun)).toEqual(["burki:1", "woodpecker:1"]);
    letGo();
    await stopping;
    expect(await all()).toHaveLength(1);
  });

  it("adds nothing to a stop that somebody has denied", async () => {
    const letGo = hangs("sarvam");
    const stopping = stop({}, anAdmin);
    const { id: changeId } = await until(async () => (await all())[0]);
    const vote = { by: "U_BEN", kind: "deny", at: here.clock.at, steps: [] } as const;
    await moveChange(here.world, { workspace, changeId }, "U_BEN", (change) => ({
      result: undefined,
      after: decidedBy(change, "denied", vote),
    }));
    letGo();
    await stopping;
    expect(campaignsOf((await all())[0])).toEqual(["burki:1", "woodpecker:1"]);
    expect(await all()).toHaveLength(1);
  });
});

describe("a platform that cannot be read at a stop", () => {
  it.each(["unavailable", "unauthorized", "bad_answer"] as const)(
    "is stopped by the list on record when it is %s",
    async (kind) => {
      await listed("sarvam");
      here.shops.sarvam.before = (call) => (call === "list" ? fails(kind)() : undefined);
      here.passes(60_000);
      const stopped = await stop();
      const change = stopped.kind === "submitted" ? stopped.change : undefined;
      expect(campaignsOf(change)).toEqual(["burki:1", "sarvam:1", "woodpecker:1"]);
      expect(change?.scope?.unread).toEqual([
        { connection: "sarvam", known: 1, since: "2027-01-04T12:00:00.000Z" },
      ]);
      const target = change?.targets.find(({ connection }) => connection === "sarvam");
      expect(target).toMatchObject({ campaign: { id: "1", name: "sarvam one" } });
    },
  );

  it("is stopped where we have resumed since, whether there is a list or not", async () => {
    await listed("sarvam");
    here.passes(60_000);
    const asked = await submitChange(here.world, {
      ...{ workspace, requestKey: "resume", by: anAdmin, channel: "C1", action: "resume" },
      targets: [{ kind: "exact", connection: "sarvam", id: "2" }],
    });
    if (asked.kind !== "submitted") throw new Error(asked.kind);
    for (const { id: targetId } of asked.change.targets)
      await applyTarget(here.world, { workspace, changeId: asked.change.id, targetId });
    here.shops.sarvam.before = (call) => (call === "list" ? fails("unavailable")() : undefined);
    const stopped = await stop({ connections: ["sarvam"] });
    expect(stopped.kind === "submitted" && campaignsOf(stopped.change)).toEqual([
      "sarvam:1",
      "sarvam:2",
    ]);
  });

  it("is judged by the names on record", async () => {
    await listed("sarvam");
    await policy(
      '  - { name: not this, when: { campaign: "sarvam*" }, then: deny }\n  - { name: stops, when: { action: [stop] }, then: allow }\n',
    );
    here.shops.sarvam.before = (call) => (call === "list" ? fails("unavailable")() : undefined);
    const stopped = await stop();
    expect(stopped).toMatchObject({
      change: { scope: { denied: [{ connection: "sarvam" }] } },
    });
  });
});

describe("the list on record", () => {
  it("holds what is not over, and is written anew only when it has changed", async () => {
    here.shops.burki.campaigns.push(
      aCampaign({ id: "9", name: "Old\u0000 one", phase: "completed", word: "completed" }),
      aCampaign({ id: "10", name: "Odd\u0000 \ud800one", phase: "draft", word: "draft" }),
    );
    const first = await listed("burki");
    expect(first.campaigns).toEqual([
      ["1", "burki one", "running"],
      ["2", "burki two", "paused"],
      ["10", "Odd \ufffdone", "draft"],
    ]);
    here.passes(60_000);
    await readCampaigns(here.world, workspace, { connectionId: ids.burki ?? "" });
    here.shops.burki.campaigns.splice(0, 1);
    here.passes(60_000);
    await readCampaigns(here.world, workspace, { connectionId: ids.burki ?? "" });
    const then = await until(async () => {
      const list = await onRecord("burki");
      return list?.campaigns.length === 2 && list;
    });
    expect(then.readAt.getTime() - first.readAt.getTime()).toBe(120_000);
  });

  it("goes with its connection, and with its workspace", async () => {
    await listed("burki");
    await listed("sarvam");
    await disconnectVendor(here.world, { workspace, name: "burki", by: "U_ADA" });
    expect(await onRecord("burki")).toBeUndefined();
    await here.world.store.write((q) => purgeWorkspace(q, workspace, here.clock.at));
    expect(await onRecord("sarvam")).toBeUndefined();
  });

  it("is not kept in memory for longer than a type-ahead needs it", async () => {
    await readCampaigns(here.world, workspace, { recent: true });
    expect(here.world.recentLists.count(workspace)).toBe(3);
    here.passes(60_000);
    await readCampaigns(here.world, workspace, { connectionId: ids.burki ?? "", recent: true });
    expect(here.world.recentLists.count(workspace)).toBe(1);
  });
});
