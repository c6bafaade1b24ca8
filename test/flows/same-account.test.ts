import { beforeEach, describe, expect, it } from "vitest";
import type { Action } from "../../src/domain/campaign.ts";
import type { Change } from "../../src/domain/change.ts";
import { applyTarget } from "../../src/flows/apply-target.ts";
import { connectVendor } from "../../src/flows/connect-vendor.ts";
import { disconnectVendor } from "../../src/flows/disconnect-vendor.ts";
import { endPause } from "../../src/flows/end-pause.ts";
import { tryAgain } from "../../src/flows/follow-change.ts";
import { openConnection } from "../../src/flows/open-connection.ts";
import { type Submitted, submitChange } from "../../src/flows/submit-change.ts";
import { undoChange } from "../../src/flows/undo-change.ts";
import { loadChange } from "../../src/store/changes.ts";
import { connectionByName, listConnections } from "../../src/store/connections.ts";
import { pausedBy } from "../../src/store/paused.ts";
import { anAdmin } from "../domain/builders.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

let here: AWorld;
beforeEach(async () => {
  here = await aWorld();
  here.shops.burki.campaigns.push(aCampaign(), aCampaign({ id: "7", name: "Early renewal" }));
});

const until = new Date("2027-01-04T14:00:00Z");
let last = 0;

async function asks(
  action: Action,
  connection: string,
  ids: readonly string[] = ["42"],
  parts: { until?: Date } = {},
): Promise<Submitted> {
  last += 1;
  const targets = ids.map((id) => ({ kind: "exact" as const, connection, id }));
  const wish = { workspace, channel: "C1", action, targets, by: anAdmin, ...parts };
  return submitChange(here.world, { ...wish, requestKey: `request ${last}` });
}

async function does(...asked: Parameters<typeof asks>): Promise<Change> {
  const submitted = await asks(...asked);
  if (submitted.kind !== "submitted") throw new Error(JSON.stringify(submitted));
  const changeId = submitted.change.id;
  for (const { id: targetId } of submitted.change.targets)
    await applyTarget(here.world, { workspace, changeId, targetId });
  here.passes(1_000);
  const now = await here.world.store.read((q) => loadChange(q, workspace, changeId));
  return now ?? submitted.change;
}

const undoes = ({ id: changeId }: Change) =>
  undoChange(here.world, { workspace, changeId }, anAdmin);
const ends = ({ id: changeId }: Change) =>
  endPause(here.world, { workspace, changeId }, async () => anAdmin);
const rows = () => here.world.store.read((q) => listConnections(q, workspace));

describe("a connection whose key is replaced", () => {
  const marked = { mark: "2026-01-01T00:00:00" };
  beforeEach(async () => {
    here.shops.burki.campaigns[0] = aCampaign(marked);
    await connected(here.world);
  });

  it("is followed where the new key shows the same campaign", async () => {
    const pause = await does("pause", "burki", ["42"], { until });
    await connected(here.world, "burki", "burki", "a-second-key");
    expect(await undoes(pause)).toMatchObject({
      kind: "submitted",
      change: { action: "resume", targets: [{ connectionVersion: 2 }] },
    });
  });

  it.each([
    ["of another name", { ...marked, name: "Q4 launch" }],
    ["made at another time", { mark: "2025-12-31T00:00:00" }],
  ])("is not followed to a campaign of the same id %s", async (_, other) => {
    const pause = await does("pause", "burki", ["42"], { until });
    await connected(here.world, "burki", "burki", "key-of-another-account");
    here.shops.burki.campaigns[0] = aCampaign({ phase: "paused", word: "paused", ...other });
    const sentence =
      "The connection burki was changed since, and does not show the same campaign there. Nothing was changed.";
    expect(await undoes(pause)).toEqual({ kind: "nothing_to_do", sentence });
    expect(await ends(pause)).toMatchObject({ submitted: { kind: "nothing_to_do", sentence } });
    expect(here.shops.burki.effects).toEqual(["pause 42"]);
  });

  it("is not followed while nobody can look whether it is the same campaign", async () => {
    const pause = await does("pause", "burki", ["42"], { until });
    await connected(here.world, "burki", "burki", "key-of-who-knows");
    here.shops.burki.before = fails("unavailable");
    expect(await undoes(pause)).toMatchObject({
      kind: "nothing_to_do",
      sentence: expect.stringContaining("could not be read to make sure"),
    });
  });

  it("leaves the campaigns that are the same, and says which are not", async () => {
    const pause = await does("pause", "burki", ["42", "7"]);
    await connected(here.world, "burki", "burki", "a-second-key");
    here.shops.burki.campaigns[1] = aCampaign({ id: "7", name: "Not that one" });
    expect(await undoes(pause)).toMatchObject({
      kind: "submitted",
      change: { targets: [{ campaign: { id: "42" } }] },
      lost: [{ campaign: "burki:7", why: expect.stringContaining("does not show the same") }],
    });
  });

  it("is another one once it was removed and made again under its name", async () => {
    const pause = await does("pause", "burki", ["42"], { until });
    await disconnectVendor(here.world, { workspace, name: "burki", by: "U_ADA" });
    await connected(here.world);
    const gone = { kind: "nothing_to_do", sentence: expect.stringContaining("has been removed") };
    expect(await undoes(pause)).toMatchObject(gone);
    expect(await ends(pause)).toMatchObject({ submitted: gone });
  });

  it("is not tried again on a campaign that took the id of a failed one", async () => {
    here.shops.burki.before = (call) => {
      if (call === "act") fails("forbidden", { status: 403 })();
    };
    const { id: changeId } = await does("cancel", "burki");
    here.shops.burki.before = undefined;
    await connected(here.world, "burki", "burki", "key-of-another-account");
    here.shops.burki.campaigns[0] = aCampaign({ name: "Q4 launch" });
    const again = await tryAgain(here.world, { workspace, changeId }, anAdmin, "again");
    expect(again).toMatchObject({ kind: "nothing_to_do" });
    expect(here.shops.burki.effects).toEqual([]);
  });
});

describe("an account", () => {
  const connect = (name: string, apiKey: string, where = workspace) =>
    connectVendor(
      here.world,
      { workspace: where, vendor: "burki", name, options: {}, secret: { apiKey }, by: "U_ADA" },
      { check: false },
    );

  it("is connected once: a second name for it is refused with the first", async () => {
    await connect("burki", "the-only-key");
    expect(await connect("burki-2", " the-only-key".trim())).toEqual({
      kind: "invalid",
      problems: [
        {
          field: "name",
          sentence:
            "This account is connected already, as burki. Use that connection; to replace its key, connect it under the name burki again.",
        },
      ],
    });
    expect(await connect("burki", "the-only-key")).toMatchObject({ replaced: true });
    expect(await connect("burki-2", "another-key")).toMatchObject({ kind: "connected" });
    expect(await connect("burki-2", "the-only-key")).toMatchObject({ kind: "invalid" });
  });

  it("is connected once also by two who do it at the same moment", async () => {
    const both = await Promise.all([connect("a", "the-only-key"), connect("b", "the-only-key")]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(["connected", "invalid"]);
  });

  it("is nobody's business in another workspace, where it has another value", async () => {
    const mine = await connect("burki", "the-only-key");
    const theirs = await connect("burki", "the-only-key", "T2");
    expect(theirs.kind).toBe("connected");
    const values = [mine, theirs].map((one) => one.kind === "connected" && one.connection.account);
    expect(new Set(values).size).toBe(2);
    expect(JSON.stringify(values)).not.toContain("the-only-key");
  });

  it("of a connection from before is told the first time it is opened", async () => {
    const made = await connected(here.world);
    await here.world.store.write((q) => q.update(q.t.connections).set({ account: null }));
    await openConnection(here.world, workspace, made.id);
    expect((await rows())[0]?.account).toBe(made.account);
    await here.world.store.write((q) => q.update(q.t.connections).set({ account: null }));
    expect(await connect("burki-2", "k3y-of-burki")).toMatchObject({ kind: "invalid" });
  });

  it("is told by the vendor's own name for it, whatever the key", async () => {
    here.world.vendors.sarvam.ownName = ({ orgId, workspaceId }) => [orgId, workspaceId];
    const wanted = (name: string, apiKey: string, options: Record<string, string>) =>
      connectVendor(
        here.world,
        { workspace, vendor: "sarvam", name, options, secret: { apiKey }, by: "U_ADA" },
        { check: false },
      );
    await wanted("one", "the-first-key", { orgId: "o", workspaceId: "w" });
    expect(await wanted("two", "a-second-key", { orgId: "o", workspaceId: "w" })).toMatchObject({
      kind: "invalid",
    });
    expect(await wanted("two", "a-second-key", { orgId: "o", workspaceId: "x" })).toMatchObject({
      kind: "connected",
    });
  });
});

describe("two names that lead to one account since before", () => {
  beforeEach(async () => {
    const { account } = await connected(here.world, "burki", "first");
    await connected(here.world, "burki", "second", "another-key-of-it");
    await here.world.store.write((q) => q.update(q.t.connections).set({ account: account ?? "" }));
  });

  it("have one open change for a campaign", async () => {
    expect((await asks("pause", "first")).kind).toBe("submitted");
    expect(await asks("cancel", "second")).toMatchObject({
      kind: "refused",
      sentence: expect.stringContaining("is still open"),
    });
  });

  it("have one open change also where the first is on record without its account", async () => {
    expect((await asks("pause", "first")).kind).toBe("submitted");
    await here.world.store.write((q) =>
      q.update(q.t.targets).set({ account: null, openAccountKey: null }),
    );
    expect((await asks("cancel", "second")).kind).toBe("refused");
  });

  it("mean one campaign where both are named", async () => {
    const targets = ["first", "second"].map((connection) => ({
      ...{ kind: "exact" as const, connection, id: "42" },
    }));
    const wish = { workspace, channel: "C1", action: "pause" as const, by: anAdmin, targets };
    expect(await submitChange(here.world, { ...wish, requestKey: "both" })).toMatchObject({
      kind: "submitted",
      change: { targets: { length: 1 } },
    });
  });

  it("void a planned end under the one by a pause under the other", async () => {
    const first = await does("pause", "first", ["42"], { until });
    await does("resume", "second");
    await does("pause", "second");
    expect(await ends(first)).toBe(undefined);
    expect(await undoes(first)).toMatchObject({ kind: "nothing_to_do" });
    const standing = await here.world.store.read((q) => pausedBy(q, workspace));
    expect(standing.map(({ connection }) => connection)).toEqual(["second"]);
  });

  it("do so still when the other has been removed meanwhile", async () => {
    const first = await does("pause", "first", ["42"], { until });
    await does("resume", "second");
    await disconnectVendor(here.world, { workspace, name: "second", by: "U_ADA" });
    const gone = await here.world.store.read((q) => connectionByName(q, workspace, "second"));
    expect(gone).toBe(undefined);
    expect(await ends(first)).toBe(undefined);
    expect(await undoes(first)).toMatchObject({ kind: "nothing_to_do" });
  });
});
