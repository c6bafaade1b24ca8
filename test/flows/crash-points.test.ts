import { beforeEach, describe, expect, it } from "vitest";
import type { Action } from "../../src/domain/campaign.ts";
import type { Change } from "../../src/domain/change.ts";
import { applyTarget } from "../../src/flows/apply-target.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import { attemptsOf } from "../../src/store/attempts.ts";
import { loadChange } from "../../src/store/changes.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { anAdmin } from "../domain/builders.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

class Killed extends Error {}
const dies = () => {
  throw new Killed();
};

let here: AWorld;
beforeEach(async () => {
  here = await aWorld();
  here.shops.burki.campaigns.push(aCampaign());
  await connected(here.world);
});

/** Asks for it as an admin, so that it is approved at once. */
async function asked(action: Action = "pause"): Promise<Change> {
  const submitted = await submitChange(here.world, {
    workspace,
    requestKey: "one",
    by: anAdmin,
    channel: "C1",
    action,
    targets: [{ kind: "exact", connection: "burki", id: "42" }],
  });
  if (submitted.kind !== "submitted") throw new Error(JSON.stringify(submitted));
  return submitted.change;
}

const keyOf = ({ id: changeId }: Change) => ({ workspace, changeId, targetId: `${changeId}.1` });

async function now({ id }: Change): Promise<Change> {
  const change = await here.world.store.read((q) => loadChange(q, workspace, id));
  if (!change) throw new Error("the change is gone");
  return change;
}

/** Runs the job as the queue would, again and again, until it says that it is done. */
async function runToEnd(change: Change): Promise<Change> {
  for (let runs = 0; runs < 60; runs += 1) {
    const after = await applyTarget(here.world, keyOf(change));
    if (after.kind === "done") return now(change);
    if (after.at > here.clock.at) here.clock.at = after.at;
  }
  throw new Error("the job does not end");
}

/** The process dies at its n-th commit: just before it, or just after. False when there is no n-th. */
async function diesAtCommit(change: Change, n: number, moment: "before" | "after") {
  const { world } = here;
  let commits = 0;
  const store = {
    ...world.store,
    write: (async (run, options) => {
      commits += 1;
      if (commits === n && moment === "before") dies();
      const result = await world.store.write(run, options);
      if (commits === n && moment === "after") dies();
      return result;
    }) as typeof world.store.write,
  };
  try {
    await applyTarget({ ...world, store }, keyOf(change));
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  return commits >= n;
}

describe("a job that dies on its way", () => {
  it.each([1, 2, 3, 4, 5].flatMap((n) => [[n, "before"] as const, [n, "after"] as const]))(
    "at its commit %i, just %s it, changes the campaign once and ends",
    async (n, moment) => {
      const change = await asked();
      const died = await diesAtCommit(change, n, moment);
      const end = await runToEnd(change);
      expect(end.state).toBe("done");
      expect(here.shops.burki.effects).toEqual(["pause 42"]);
      expect(here.shops.burki.campaigns[0]?.word).toBe("paused");
      expect((await verifyAudit(here.world.store)).ok).toBe(true);
      expect(died).toBe(n <= 3);
    },
  );

  it("before its call leaves: reads until that is certain, then calls once more", async () => {
    const change = await asked();
    here.shops.burki.before = (call) => (call === "act" ? dies() : undefined);
    await expect(applyTarget(here.world, keyOf(change))).rejects.toThrow(Killed);
    here.shops.burki.before = undefined;
    const begun = here.clock.at.getTime();
    const end = await runToEnd(change);
    expect(end.state).toBe("done");
    expect(here.shops.burki.effects).toEqual(["pause 42"]);
    expect(here.clock.at.getTime() - begun).toBeGreaterThanOrEqual(20_000);
    const attempts = await here.world.store.read((q) => attemptsOf(q, workspace, change.id));
    expect(attempts).toHaveLength(2);
  });

  it("after its call acted, before the answer is on record: never calls again", async () => {
    const change = await asked();
    here.shops.burki.after = (call) => (call === "act" ? dies() : undefined);
    await expect(applyTarget(here.world, keyOf(change))).rejects.toThrow(Killed);
    here.shops.burki.after = undefined;
    const end = await runToEnd(change);
    expect(end.targets[0]).toMatchObject({ state: "done", attempts: 1 });
    expect(here.shops.burki.effects).toEqual(["pause 42"]);
  });

  it("with a cancel of unknown outcome: asks a person instead of cancelling twice", async () => {
    const change = await asked("cancel");
    here.shops.burki.before = (call) => (call === "act" ? dies() : undefined);
    await expect(applyTarget(here.world, keyOf(change))).rejects.toThrow(Killed);
    here.shops.burki.before = undefined;
    const end = await runToEnd(change);
    expect(end.targets[0]).toMatchObject({ state: "needs_attention", attempts: 1 });
    expect(end.targets[0]?.sentence).toContain("not known to be cancelled");
    expect(here.shops.burki.effects).toEqual([]);
  });
});

describe("a vendor that does not say what it did", () => {
  it("is read, and believed, when it acted", async () => {
    const change = await asked();
    here.shops.burki.after = (call) => (call === "act" ? fails("unclear")() : undefined);
    const end = await runToEnd(change);
    expect(end.targets[0]).toMatchObject({ state: "done", attempts: 1 });
    expect(here.shops.burki.effects).toEqual(["pause 42"]);
  });

  it("is called a second time when three reads over twenty seconds show nothing, and no third time", async () => {
    const change = await asked();
    here.shops.burki.before = (call) => (call === "act" ? fails("unclear")() : undefined);
    const end = await runToEnd(change);
    expect(end.targets[0]).toMatchObject({ state: "needs_attention", attempts: 2 });
    expect(here.shops.burki.effects).toEqual([]);
  });

  it("keeps the change unknown meanwhile, and says so", async () => {
    const change = await asked();
    here.shops.burki.before = (call) => (call === "act" ? fails("unclear")() : undefined);
    await applyTarget(here.world, keyOf(change));
    expect((await now(change)).targets[0]?.state).toBe("unknown");
    expect((await now(change)).state).toBe("running");
  });
});

describe("two runs of one job", () => {
  it("send one call when the second overtakes the first before it leaves", async () => {
    const change = await asked();
    let overtaken = false;
    here.shops.burki.after = async (call) => {
      if (call !== "get" || overtaken) return;
      overtaken = true;
      await runToEnd(change);
    };
    const after = await applyTarget(here.world, keyOf(change));
    expect(after).toEqual({ kind: "done" });
    expect(here.shops.burki.effects).toEqual(["pause 42"]);
    expect((await now(change)).state).toBe("done");
  });

  it("leave an ended campaign as it ended, whatever a late answer says", async () => {
    const change = await asked();
    let overtaken = false;
    here.shops.burki.after = async (call) => {
      if (call !== "act" || overtaken) return;
      overtaken = true;
      await runToEnd(change);
      fails("unclear")();
    };
    await applyTarget(here.world, keyOf(change));
    expect((await now(change)).targets[0]?.state).toBe("done");
    expect((await now(change)).state).toBe("done");
    const [attempt] = await here.world.store.read((q) => attemptsOf(q, workspace, change.id));
    expect(attempt?.result).toBe("unclear");
  });

  it("do not call for a campaign that another run has ended as refused", async () => {
    const change = await asked();
    here.shops.burki.after = async (call) => {
      if (call !== "get") return;
      here.shops.burki.after = undefined;
      Object.assign(here.shops.burki.campaigns[0] ?? {}, { phase: "completed", word: "completed" });
      await runToEnd(change);
    };
    await applyTarget(here.world, keyOf(change));
    expect(here.shops.burki.effects).toEqual([]);
    expect((await now(change)).targets[0]?.state).toBe("refused");
  });
});

describe("what was agreed to", () => {
  it.each(["resume", "cancel"] as const)(
    "is not done through a connection that was changed since: %s",
    async (action) => {
      Object.assign(here.shops.burki.campaigns[0] ?? {}, { phase: "paused", word: "paused" });
      const change = await asked(action);
      await connected(here.world);
      const end = await runToEnd(change);
      expect([end.state, end.targets[0]?.state]).toEqual(["superseded", "queued"]);
      expect(end.targets[0]?.sentence).toContain("was changed after this was asked");
      expect(here.shops.burki.effects).toEqual([]);
    },
  );

  it("is done through a new key of the same account where it is a pause", async () => {
    const change = await asked();
    await connected(here.world);
    expect((await runToEnd(change)).state).toBe("done");
  });

  it("is done through another key where it is a pause and the campaign is recognised there", async () => {
    here.shops.burki.campaigns[0] = aCampaign({ mark: "2026-01-01T00:00:00" });
    const change = await asked();
    await connected(here.world, "burki", "burki", "another-key-of-it");
    here.shops.burki.before = fails("unavailable");
    expect(await applyTarget(here.world, keyOf(change))).toMatchObject({ kind: "again" });
    here.shops.burki.before = undefined;
    expect((await runToEnd(change)).state).toBe("done");
  });

  it.each([{ name: "Someone else’s" }, { mark: "2025-05-05T00:00:00" }])(
    "is not done to another account's campaign of the same id, not even a pause: %j",
    async (other) => {
      here.shops.burki.campaigns[0] = aCampaign({ mark: "2026-01-01T00:00:00" });
      const change = await asked();
      await connected(here.world, "burki", "burki", "another-account's-key");
      here.shops.burki.campaigns[0] = aCampaign({ mark: "2026-01-01T00:00:00", ...other });
      const end = await runToEnd(change);
      expect(end.state).toBe("superseded");
      expect(here.shops.burki.effects).toEqual([]);
    },
  );

  it("C24: is done exactly so, or not at all: another address of the connection supersedes it", async () => {
    const change = await asked();
    await here.world.store.write((q) =>
      q.update(q.t.connections).set({ baseUrl: "https://elsewhere.example" }),
    );
    const end = await runToEnd(change);
    expect(end.state).toBe("superseded");
    expect(here.shops.burki.effects).toEqual([]);
  });

  it("C25: is not begun more than 15 minutes later, unless it is a pause", async () => {
    Object.assign(here.shops.burki.campaigns[0] ?? {}, { phase: "paused", word: "paused" });
    const change = await asked("resume");
    here.passes(15 * 60_000 + 1);
    const end = await runToEnd(change);
    expect(end.state).toBe("expired");
    expect(end.targets[0]?.sentence).toContain("Nothing was sent");
    expect(here.shops.burki.effects).toEqual([]);
  });

  it("is still done late when it is a pause", async () => {
    const change = await asked("pause");
    here.passes(60 * 60_000);
    expect((await runToEnd(change)).state).toBe("done");
  });

  it("is tried again after the vendor was out of reach for a while, five times at most", async () => {
    const change = await asked();
    let reads = 0;
    here.shops.burki.before = (call) => {
      if (call === "get") reads += 1;
      fails("unavailable")();
    };
    const end = await runToEnd(change);
    expect(end.targets[0]?.state).toBe("failed");
    expect(reads).toBe(5);
    expect(here.shops.burki.effects).toEqual([]);
  });

  it("is sent again when the vendor was only too busy", async () => {
    const change = await asked();
    let calls = 0;
    here.shops.burki.before = (call) => {
      if (call !== "act") return;
      calls += 1;
      if (calls < 3) fails("rate_limited", { retryAfterMs: 7000 })();
    };
    const begun = here.clock.at.getTime();
    expect((await runToEnd(change)).state).toBe("done");
    expect(here.clock.at.getTime() - begun).toBeGreaterThanOrEqual(14_000);
    expect(here.shops.burki.effects).toEqual(["pause 42"]);
  });
});
