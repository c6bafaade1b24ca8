import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Action } from "../../src/domain/campaign.ts";
import type { Change } from "../../src/domain/change.ts";
import { judge } from "../../src/domain/judge.ts";
import type { Person } from "../../src/domain/person.ts";
import { type Rule, rule } from "../../src/domain/policy.ts";
import { applyTarget } from "../../src/flows/apply-target.ts";
import type { WhoIs } from "../../src/flows/asker-now.ts";
import { tryAgain } from "../../src/flows/follow-change.ts";
import { lookBeforeVote } from "../../src/flows/look-before-vote.ts";
import { reviewChange } from "../../src/flows/review-change.ts";
import { stopAll } from "../../src/flows/stop-all.ts";
import { type Submitted, submitChange } from "../../src/flows/submit-change.ts";
import { undoChange } from "../../src/flows/undo-change.ts";
import { loadChange } from "../../src/store/changes.ts";
import { rememberPerson } from "../../src/store/known-people.ts";
import { savePolicy } from "../../src/store/policies.ts";
import { ana, aPerson, aPolicy, ben } from "../domain/builders.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

let here: AWorld;
beforeEach(async () => {
  here = await aWorld();
  // A platform that is waited for is waited for a hundred times less long.
  here.world.haste = 100;
  await connected(here.world);
});

const debts = rule("no debts", { campaign: ["Debt*"] }, "deny");
const all = rule("all", {}, "allow");

async function rules(...wanted: Rule[]): Promise<void> {
  const saved = {
    workspace,

    document: aPolicy(...wanted),
    savedBy: "U_ADA",
    savedAt: here.clock.at,
  };
  await here.world.store.write((q) => savePolicy(q, saved));
}

let asked = 0;
function asks(
  action: Action,
  ids: readonly string[] = ["42"],
  by: Person = ana,
): Promise<Submitted> {
  asked += 1;
  const targets = ids.map((id) => ({ kind: "exact" as const, connection: "burki", id }));
  return submitChange(here.world, {
    workspace,
    channel: "C1",
    action,
    targets,
    by,
    requestKey: `facts-${asked}`,
  });
}

function changeOf(submitted: Submitted): Change {
  if (submitted.kind !== "submitted") throw new Error(JSON.stringify(submitted));
  return submitted.change;
}

async function now({ id }: Change): Promise<Change> {
  const found = await here.world.store.read((q) => loadChange(q, workspace, id));
  if (!found) throw new Error("gone");
  return found;
}

async function applies(change: Change, whoIs?: WhoIs): Promise<Change> {
  for (const { id: targetId } of change.targets)
    await applyTarget(here.world, { workspace, changeId: change.id, targetId }, whoIs);
  return now(change);
}

const effects = () => here.shops.burki.effects;
const paused = () => aCampaign({ phase: "paused", word: "paused" });

describe("a name that a rule depends on and nobody could read", () => {
  beforeEach(() => rules(debts, all));

  it.each(["resume", "cancel"] as const)(
    "is waited for, and then the wish is refused in words: %s",
    async (action) => {
      here.shops.burki.campaigns.push(paused());
      here.shops.burki.before = fails("rate_limited", { retryAfterMs: 1_000 });
      const refused = await asks(action);
      expect(refused).toMatchObject({ kind: "refused" });
      expect(refused.kind === "refused" && refused.sentence).toContain(
        "could not read the name of burki:42 on Burki",
      );
      expect(effects()).toEqual([]);
    },
  );

  it("is read as long as there is time, and then judged", async () => {
    here.shops.burki.campaigns.push({ ...paused(), name: "Debt 1" });
    let calls = 0;
    here.shops.burki.before = () => {
      calls += 1;
      if (calls < 4) fails("rate_limited")();
    };
    expect(await asks("resume")).toMatchObject({
      kind: "refused",
      sentence: expect.stringContaining("no debts"),
    });
  });

  it("is read with one list where many of them are asked for", async () => {
    const ids = Array.from({ length: 50 }, (_, at) => String(at + 1));
    here.shops.burki.campaigns.push(
      ...ids.map((id) => ({ ...paused(), id, name: `Spring ${id}` })),
    );
    const calls: string[] = [];
    here.shops.burki.before = (call) => {
      calls.push(call);
      if (call === "get") fails("rate_limited")();
    };
    const change = changeOf(await asks("resume", ids));
    expect(change.targets.map(({ campaign }) => campaign.name)).toContain("Spring 50");
    expect(calls.filter((call) => call === "list")).toHaveLength(1);
  });

  it("lets a pause go on, which is refused in words the moment the name is known", async () => {
    here.shops.burki.campaigns.push(aCampaign({ name: "Debt 1" }));
    here.shops.burki.before = fails("unavailable");
    const change = changeOf(await asks("pause"));
    expect(change.targets[0]).toMatchObject({ unread: true });
    here.shops.burki.before = undefined;
    const { state, targets } = await applies(change);
    expect(state).toBe("failed");
    expect(targets[0]).toMatchObject({ state: "refused", campaign: { name: "Debt 1" } });
    expect(targets[0]?.sentence).toContain(
      "Its name is “Debt 1” now. The policy does not allow this of it. Nothing was sent.",
    );
    expect(effects()).toEqual([]);
  });

  it("lets a pause go on and be done where its name is of no matter", async () => {
    here.shops.burki.campaigns.push(aCampaign());
    here.shops.burki.before = fails("unavailable");
    const change = changeOf(await asks("pause"));
    here.shops.burki.before = undefined;
    expect((await applies(change)).targets[0]).toMatchObject({
      state: "done",
      campaign: { name: "Spring launch" },
    });
  });
});

describe("the policy of the moment", () => {
  beforeEach(async () => {
    here.shops.burki.campaigns.push(paused(), { ...paused(), id: "7", name: "Early" });
    await rules(all);
  });

  it("is heard once more before the first byte of a resume leaves", async () => {
    const change = changeOf(await asks("resume"));
    await rules(rule("never", {}, "deny"));
    const { state, targets } = await applies(change);
    expect(state).toBe("failed");
    expect(targets[0]?.sentence).toBe(
      "The policy was changed after this was agreed to and does not allow it any more. Nothing was sent.",
    );
    expect(effects()).toEqual([]);
  });

  it("is heard for each campaign by itself", async () => {
    const change = changeOf(await asks("resume", ["42", "7"]));
    await rules(rule("not 7", { campaign: ["Early"] }, "deny"), all);
    expect((await applies(change)).state).toBe("partly");
    expect(effects()).toEqual(["resume 42"]);
  });

  it("holds what needs an approval by then that it does not have", async () => {
    const change = changeOf(await asks("resume"));
    await rules(rule("two", {}, { approve: { from: ["members"] } }));
    expect((await applies(change)).targets[0]?.sentence).toContain(
      "asks for an approval that this does not have",
    );
    expect(effects()).toEqual([]);
  });

  it("is heard with the name that the platform has just shown", async () => {
    const change = changeOf(await asks("resume"));
    await rules(debts, all);
    Object.assign(here.shops.burki.campaigns[0] ?? {}, { name: "Debt 1" });
    expect((await applies(change)).targets[0]?.sentence).toContain("Its name is “Debt 1” now.");
    expect(effects()).toEqual([]);
  });

  it("is not heard again for a pause", async () => {
    Object.assign(here.shops.burki.campaigns[0] ?? {}, aCampaign());
    const change = changeOf(await asks("pause"));
    await rules(rule("never", {}, "deny"));
    expect((await applies(change)).state).toBe("done");
  });

  it("is heard before a second call too, and what became of the first is left to a person", async () => {
    const change = changeOf(await asks("resume"));
    here.shops.burki.before = (call) => {
      if (call === "act") fails("unclear")();
    };
    await applies(change);
    await rules(rule("never", {}, "deny"));
    here.shops.burki.before = undefined;
    for (let times = 0; times < 5; times += 1) {
      here.passes(10_000);
      await applies(change);
    }
    const [target] = (await now(change)).targets;
    expect(target).toMatchObject({ state: "needs_attention", attempts: 1 });
    expect(effects()).toEqual([]);
  });

  it.each<[string, () => Promise<WhoIs | undefined>]>([
    ["as somebody says now", async () => async () => aPerson({ kind: "deactivated" })],
    [
      "as it was seen last",
      async () => {
        const seen = { person: aPerson({ kind: "guest" }), seenAt: here.clock.at };
        await here.world.store.write((q) => rememberPerson(q, workspace, seen));
        return undefined;
      },
    ],
  ])("meets whoever asked %s", async (_how, arrange) => {
    const change = changeOf(await asks("resume"));
    expect((await applies(change, await arrange())).targets[0]?.sentence).toContain(
      "no longer lets whoever asked",
    );
    expect(effects()).toEqual([]);
  });

  it("does not guess who is in a group that it names since", async () => {
    const change = changeOf(await asks("resume"));
    await rules(rule("not sales", { requester: ["SSALES"] }, "deny"), all);
    expect((await applies(change)).targets[0]?.sentence).toContain(
      "could not read the user group SSALES",
    );
    const again = changeOf(await asks("resume"));
    expect(again.state).toBe("approved");
    expect((await applies(again)).state).toBe("done");
  });
});

describe("the look before a vote", () => {
  it("covers every campaign, shows renames, and the vote is judged by the new names", async () => {
    here.world.haste = 1;
    const ids = Array.from({ length: 12 }, (_, at) => String(at + 1));
    here.shops.burki.campaigns.push(
      ...ids.map((id) => ({ ...paused(), id, name: `Spring ${id}` })),
    );
    await rules(debts, rule("ben", {}, { approve: { from: ["members"] } }));
    const change = changeOf(await asks("resume", ids));
    Object.assign(here.shops.burki.campaigns[11] ?? {}, { name: "Debt 12" });
    const key = { workspace, changeId: change.id };
    const moved = await lookBeforeVote(here.world, key);
    expect(moved).toMatchObject([
      { name: "Debt 12", news: true, target: { campaign: { id: "12" } } },
    ]);
    expect(await lookBeforeVote(here.world, key)).toMatchObject([{ news: false }]);
    const review = await reviewChange(here.world, key, { by: ben, kind: "approve", asker: ana });
    expect(review).toMatchObject({
      kind: "not_counted",
      sentence: expect.stringContaining("“Debt 12”"),
    });
    Object.assign(here.shops.burki.campaigns[11] ?? {}, { name: "Spring 12" });
    expect(await lookBeforeVote(here.world, key)).toEqual([]);
    expect(
      await reviewChange(here.world, key, { by: ben, kind: "approve", asker: ana }),
    ).toMatchObject({ kind: "decided" });
  });
});

describe("whoever no rule could let ask", () => {
  const outsiders = (["guest", "bot", "stranger", "deactivated"] as const).map((kind) =>
    aPerson({ id: "U_GUS", kind }),
  );

  it.each(outsiders)(
    "is refused before any platform is read, in the same words whatever is there: $kind",
    async (by) => {
      here.shops.burki.campaigns.push(aCampaign());
      const done = changeOf(await asks("pause"));
      await applies(done);
      const calls: string[] = [];
      here.shops.burki.before = (call) => void calls.push(call);
      const key = { workspace, changeId: done.id };
      for (const action of ["pause", "resume", "cancel"] as const) {
        const there = await asks(action, ["42"], by);
        expect(there.kind).toBe("refused");
        expect(await asks(action, ["99"], by)).toEqual(there);
      }
      const wish = {
        workspace,
        requestKey: `stop-${by.kind}`,
        by,
        channel: "C1",
        connections: [],
        reason: "x",
      };
      const stopped = await stopAll(here.world, wish);
      expect(stopped.kind).toBe("refused");
      expect(await stopAll(here.world, { ...wish, connections: ["nowhere"] })).toEqual(stopped);
      expect((await undoChange(here.world, key, by))?.kind).toBe("refused");
      expect(["refused", "nothing_to_do"]).toContain(
        (await tryAgain(here.world, key, by, "again"))?.kind,
      );
      expect(calls).toEqual([]);
    },
  );
});

it("nothing is ever sent that the policy denies of the name it has then", {
  timeout: 120_000,
}, async () => {
  const name = fc.constantFrom("Debt 1", "Test", "Spring");
  const then = fc.constantFrom("allow" as const, "deny" as const);
  const aRule = fc.record({
    campaign: fc.option(fc.constantFrom("Debt*", "Test", "42", "*"), { nil: undefined }),
    then,
  });
  const story = fc.record({
    action: fc.constantFrom("resume" as const, "cancel" as const, "pause" as const),
    before: fc.array(aRule, { maxLength: 3 }),
    after: fc.option(fc.array(aRule, { maxLength: 3 }), { nil: undefined }),
    name,
    renamed: fc.option(name, { nil: undefined }),
    silent: fc.boolean(),
  });
  const asRules = (list: readonly { campaign: string | undefined; then: "allow" | "deny" }[]) =>
    list.map(({ campaign, then: what }, at) =>
      rule(`r${at}`, campaign === undefined ? {} : { campaign: [campaign] }, what),
    );
  await fc.assert(
    fc.asyncProperty(story, async ({ action, before, after, name: first, renamed, silent }) => {
      const phase = action === "pause" ? "running" : "paused";
      here.shops.burki.campaigns = [aCampaign({ name: first, phase, word: phase })];
      here.shops.burki.effects = [];
      await rules(...asRules(before));
      here.shops.burki.before = silent ? fails("forbidden") : undefined;
      const submitted = await asks(action);
      here.shops.burki.before = undefined;
      if (renamed !== undefined)
        Object.assign(here.shops.burki.campaigns[0] ?? {}, { name: renamed });
      if (after) await rules(...asRules(after));
      if (submitted.kind === "submitted") await applies(submitted.change);
      if (effects().length === 0) return;
      const last = renamed ?? first;
      // A pause is judged when it is asked for, or when its name is known.
      const heard =
        action === "pause" && !silent
          ? ([[before, first]] as const)
          : ([[after ?? before, last]] as const);
      for (const [list, called] of heard) {
        const target = {
          connectionId: "c",
          connection: "burki",
          vendor: "burki" as const,
          campaign: { id: "42", name: called },
        };
        const verdict = judge(aPolicy(...asRules(list)), {
          action,
          by: ana,
          targets: [target],
          at: here.clock.at,
        });
        expect(verdict.kind).not.toBe("deny");
      }
    }),
    { numRuns: 60 },
  );
});
