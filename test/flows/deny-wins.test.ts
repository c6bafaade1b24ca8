import { beforeEach, describe, expect, it } from "vitest";
import { applyTarget } from "../../src/flows/apply-target.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { reviewChange } from "../../src/flows/review-change.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import { loadChange } from "../../src/store/changes.ts";
import { aPerson, aPolicy } from "../domain/builders.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

const [ana, ben, chi] = [aPerson({ id: "UANA" }), aPerson({ id: "UBEN" }), aPerson({ id: "UCHI" })];

let here: AWorld;
let key: { workspace: string; changeId: string };

beforeEach(async () => {
  here = await aWorld();
  here.shops.burki.campaigns.push(aCampaign());
  await connected(here.world);
  const then = { approve: { from: [ben.id, chi.id] } };
  const policy = aPolicy({ name: "one of two", when: {}, then });
  await applyPolicy(here.world, { workspace, policy, by: "U_ADA" });
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

const now = async () =>
  (await here.world.store.read((q) => loadChange(q, workspace, key.changeId)))?.state;
const apply = () => applyTarget(here.world, { ...key, targetId: `${key.changeId}.1` });
const vote = (by: typeof ben, kind: "approve" | "deny") =>
  reviewChange(here.world, key, { by, kind, asker: ana });

describe("C23: a denial after an approval", () => {
  it("wins as long as no call has left, and then nothing is sent", async () => {
    await vote(ben, "approve");
    expect(await now()).toBe("approved");
    expect(await vote(chi, "deny")).toMatchObject({ kind: "decided", state: "denied" });
    await apply();
    expect([await now(), here.shops.burki.effects]).toEqual(["denied", []]);
  });

  it("wins also while the platform is being read before the call", async () => {
    await vote(ben, "approve");
    here.shops.burki.after = async (call) => {
      if (call === "get") await vote(chi, "deny");
    };
    await apply();
    expect([await now(), here.shops.burki.effects]).toEqual(["denied", []]);
  });

  it("comes too late once the call is on record, and is told so", async () => {
    await vote(ben, "approve");
    here.shops.burki.before = async (call) => {
      if (call !== "act") return;
      const late = await vote(chi, "deny");
      expect(late).toMatchObject({ kind: "not_counted", alreadyBy: ben.id });
    };
    await apply();
    expect([await now(), here.shops.burki.effects]).toEqual(["done", ["pause 42"]]);
  });

  it("does not undo what has ended", async () => {
    await vote(ben, "approve");
    here.shops.burki.before = fails("unauthorized");
    await apply();
    expect(await now()).toBe("failed");
    expect(await vote(chi, "deny")).toMatchObject({ kind: "not_counted" });
    expect(await now()).toBe("failed");
  });
});
