import { describe, expect, it } from "vitest";
import { auditOf } from "../../src/store/audit.ts";
import { insertChange, loadChange, openChangeFor } from "../../src/store/changes.ts";
import { commit, takeStep } from "../../src/store/commit.ts";
import { CampaignTaken, Conflict } from "../../src/store/errors.ts";
import { openJobs } from "../../src/store/jobs.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { aChange, asked, aTarget, later, moved, noon } from "./sample-change.ts";

const twenty = Array.from({ length: 20 }, (_, index) => index);

describe.each(engines)("commit on %s", (engine) => {
  it("gives a change back exactly as it was written", async () => {
    const { store } = await freshStore(engine);
    const change = aChange({
      reason: "wrong price",
      until: later(1),
      expiresAt: later(2),
      follows: "chg_before",
      targets: [
        aTarget({
          before: "ACTIVE",
          checkedAt: later(3),
          lastAttempt: "open",
          sentence: "Trying.",
        }),
        aTarget({ campaign: { id: "43", name: "Zwölf ♥" } }),
      ],
      votes: [{ by: "U2", kind: "approve", at: later(4), reason: "fine", steps: [0] }],
    });
    await store.write((q) => commit(q, asked(change)));
    expect(await store.read((q) => loadChange(q, "T1", change.id))).toEqual(change);
  });

  it("leaves out what is not known", async () => {
    const { store } = await freshStore(engine);
    const change = aChange();
    await store.write((q) => commit(q, asked(change)));
    expect(await store.read((q) => loadChange(q, "T1", change.id))).toStrictEqual(change);
  });

  it("keeps one of twenty changes asked at once for the same campaign", async () => {
    const { store } = await freshStore(engine);
    const outcomes = await Promise.allSettled(
      twenty.map(() => store.write((q) => commit(q, asked(aChange())))),
    );
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(CampaignTaken);
    }
    const rows = await store.read((q) => q.select().from(q.t.changes));
    const lines = await store.read((q) => q.select().from(q.t.audit));
    expect([rows.length, lines.length]).toEqual([1, 1]);
  });

  it("says which campaigns are taken and keeps nothing of the change", async () => {
    const { store } = await freshStore(engine);
    await store.write((q) => commit(q, asked(aChange())));
    const both = aChange({
      targets: [aTarget({ campaign: { id: "43", name: "Free" } }), aTarget()],
    });
    const refused = await store.write((q) => commit(q, asked(both))).catch((error) => error);
    expect(refused.campaigns).toEqual([{ connectionId: "con_1", campaignId: "42" }]);
    expect(await store.read((q) => openChangeFor(q, "T1", "con_1", "43"))).toBeUndefined();
  });

  it("frees the campaign when its target ends, and when the change does", async () => {
    const { store } = await freshStore(engine);
    const first = aChange();
    await store.write((q) => commit(q, asked(first)));
    const ended = first.targets.map((target) => ({ ...target, state: "done" as const }));
    await store.write((q) => commit(q, moved(first, { state: "done", targets: ended })));
    const second = aChange();
    await store.write((q) => commit(q, asked(second)));
    await store.write((q) => commit(q, moved(second, { state: "denied" })));
    const third = aChange();
    await store.write((q) => commit(q, asked(third)));
    const open = await store.read((q) => openChangeFor(q, "T1", "con_1", "42"));
    expect(open?.id).toBe(third.id);
  });

  it("E40: lets the same campaign id be open at two connections and in two workspaces", async () => {
    const { store } = await freshStore(engine);
    const here = aChange();
    const there = aChange({ targets: [aTarget({ connectionId: "con_2" })] });
    const elsewhere = aChange({ workspace: "T2" });
    for (const change of [here, there, elsewhere]) {
      await store.write((q) => commit(q, asked(change)));
    }
    const found = await store.read((q) => openChangeFor(q, "T1", "con_2", "42"));
    expect(found?.id).toBe(there.id);
  });

  it("refuses a step on a change that has moved, and writes no line and no job for it", async () => {
    const { store } = await freshStore(engine);
    const change = aChange();
    await store.write((q) => commit(q, asked(change)));
    await store.write((q) => commit(q, moved(change, { state: "approved" })));
    const job = { kind: "show_change", workspace: "T1", payload: { changeId: change.id } };
    const late = { ...moved(change, { state: "denied" }), jobs: [job] };
    await expect(store.write((q) => commit(q, late))).rejects.toThrow(Conflict);
    const [now, lines, jobs] = await store.read(async (q) => [
      await loadChange(q, "T1", change.id),
      await auditOf(q, "T1", change.id),
      await openJobs(q),
    ]);
    expect([now?.state, now?.version, lines.length, jobs.size]).toEqual(["approved", 2, 2, 0]);
  });

  it("lets one of twenty approvers win and shows the others what became of it", async () => {
    const { store } = await freshStore(engine);
    const change = aChange();
    await store.write((q) => commit(q, asked(change)));
    const results = await Promise.all(
      twenty.map((index) =>
        takeStep(store, "T1", change.id, (now) => {
          if (now.state !== "waiting") return { result: "too late" };
          const vote = { by: `U${index}`, kind: "approve" as const, at: noon, steps: [0] };
          const step = moved(now, { state: "approved", votes: [...now.votes, vote] }, vote.by);
          return { step, result: "won" };
        }),
      ),
    );
    expect(results.filter((result) => result === "won")).toHaveLength(1);
    const after = await store.read((q) => loadChange(q, "T1", change.id));
    expect([after?.votes.length, after?.version]).toEqual([1, 2]);
  });

  it("keeps all of twenty votes given at once", async () => {
    const { store } = await freshStore(engine);
    const change = aChange();
    await store.write((q) => commit(q, asked(change)));
    await Promise.all(
      twenty.map((index) =>
        takeStep(store, "T1", change.id, (now) => {
          const vote = { by: `U${index}`, kind: "approve" as const, at: noon, steps: [] };
          return { step: moved(now, { votes: [...now.votes, vote] }), result: undefined };
        }),
      ),
    );
    const after = await store.read((q) => loadChange(q, "T1", change.id));
    expect([after?.votes.length, after?.version]).toEqual([20, 21]);
  });

  it("treats another workspace's change like one that does not exist", async () => {
    const { store } = await freshStore(engine);
    const change = aChange();
    await store.write((q) => commit(q, asked(change)));
    expect(await store.read((q) => loadChange(q, "T2", change.id))).toBeUndefined();
    const seen = await takeStep(store, "T2", change.id, () => ({ result: "seen" }));
    expect(seen).toBeUndefined();
  });

  it("writes nothing at all when the audit line cannot be written", async () => {
    const { store } = await freshStore(engine);
    store.keys.audit = undefined;
    const change = aChange();
    await expect(store.write((q) => commit(q, asked(change)))).rejects.toThrow("audit key");
    expect(await store.read((q) => loadChange(q, "T1", change.id))).toBeUndefined();
  });

  it("refuses a target that belongs to no change of its workspace", async () => {
    const { store } = await freshStore(engine);
    const change = aChange();
    await store.write((q) => insertChange(q, change));
    const attempt = {
      workspace: "T2",
      id: "att_1",
      targetId: change.targets[0]?.id ?? "",
      number: 1,
      action: "pause" as const,
      startedAt: noon,
    };
    await expect(store.write((q) => q.insert(q.t.attempts).values(attempt))).rejects.toThrow();
  });
});
