import { expect, it } from "vitest";
import { type OnTimeout, type Rule, rule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import { expireChange } from "../../src/flows/time-out.ts";
import { loadChange } from "../../src/store/changes.ts";
import { aPerson, aPolicy } from "../domain/builders.ts";
import { aCampaign, aWorld, connected, workspace } from "./a-world.ts";

const hour = 3_600_000;

async function waiting(on_timeout: OnTimeout) {
  const here = await aWorld();
  const { world } = here;
  here.shops.burki.campaigns.push(aCampaign());
  await connected(world);
  const approve = { from: ["UBEN"] };
  const then = { approve, expires: "4h", on_timeout, notify: ["UBEN"], remind: ["1h", "3h"] };
  const policy = aPolicy({ name: "one", when: { action: ["pause"] }, then });
  await applyPolicy(world, { workspace, policy, by: "U_ADA" });
  const asked = await submitChange(world, {
    workspace,
    requestKey: "one",
    by: aPerson({ id: "UANA" }),
    channel: "C1",
    action: "pause",
    targets: [{ kind: "exact", connection: "burki", id: "42" }],
  });
  if (asked.kind !== "submitted") throw new Error(JSON.stringify(asked));
  const key = { workspace, changeId: asked.change.id };
  return {
    ...here,
    expire: async () => {
      await expireChange(world, key);
      return world.store.read((q) => loadChange(q, workspace, key.changeId));
    },
    jobs: async (kind: string) => {
      const all = await world.store.read((q) => q.select().from(q.t.jobs));
      return all.filter((job) => job.kind === kind);
    },
    events: async () =>
      (await world.store.read((q) => q.select().from(q.t.audit))).map(({ event }) => event),
  };
}

it("calls those to be notified at once, and again when the policy says", async () => {
  const { jobs, clock } = await waiting("expire");
  const calls = await jobs("remind_approvers");
  const start = clock.at.getTime();
  expect(calls.map(({ runAt }) => runAt.getTime() - start)).toEqual([0, hour, 3 * hour]);
});

it("lets nothing happen before the time is over", async () => {
  const { passes, expire } = await waiting("allow");
  passes(4 * hour - 1);
  expect((await expire())?.state).toBe("waiting");
});

it("carries a pause out at the deadline where the policy says so, on record and without a vote", async () => {
  const { passes, expire, jobs, events } = await waiting("allow");
  passes(4 * hour);
  expect(await expire()).toMatchObject({ state: "approved", votes: [] });
  expect(await jobs("apply_target")).toHaveLength(1);
  expect(await events()).toContain("allowed_by_timeout");
});

it.each<[string, Rule["then"]]>([
  ["denies it by then", "deny"],
  ["lets it expire by then", { approve: { from: ["UBEN"] }, expires: "4h" }],
])("carries no pause out by nobody's word where the policy %s", async (_what, then) => {
  const { world, passes, expire, jobs, events } = await waiting("allow");
  const policy = aPolicy({ name: "stricter", when: { action: ["pause"] }, then });
  await applyPolicy(world, { workspace, policy, by: "U_ADA" });
  passes(4 * hour);
  expect((await expire())?.state).toBe("expired");
  expect(await jobs("apply_target")).toEqual([]);
  expect(await events()).not.toContain("allowed_by_timeout");
});

it("carries it out where the policy asks nobody any more by then", async () => {
  const { world, passes, expire } = await waiting("allow");
  const policy = aPolicy(rule("free", { action: ["pause"] }, "allow"));
  await applyPolicy(world, { workspace, policy, by: "U_ADA" });
  passes(4 * hour);
  expect((await expire())?.state).toBe("approved");
});

it("calls others at the deadline, once, and expires at the second", async () => {
  const { passes, expire, jobs, events } = await waiting({ escalate: ["UCHI"] });
  passes(4 * hour);
  expect((await expire())?.state).toBe("waiting");
  expect((await expire())?.version).toBe(2);
  expect(await jobs("expire_change")).toHaveLength(2);
  expect(await jobs("remind_approvers")).toHaveLength(4);
  passes(4 * hour);
  expect((await expire())?.state).toBe("expired");
  expect(await events()).toEqual(expect.arrayContaining(["escalated", "expired"]));
});
