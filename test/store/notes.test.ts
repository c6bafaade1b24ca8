import { describe, expect, it } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import { attemptsOf, closeAttempt, openAttempt } from "../../src/store/attempts.ts";
import { listChanges, waitingChanges } from "../../src/store/changes.ts";
import { rememberChoices, takeChoice } from "../../src/store/choices.ts";
import { commit } from "../../src/store/commit.ts";
import {
  claimDigest,
  digestFor,
  everyDigest,
  removeDigest,
  setDigest,
} from "../../src/store/digests.ts";
import { Conflict } from "../../src/store/errors.ts";
import type { Store } from "../../src/store/handle.ts";
import { askedSince, lastMovedAt, takenOverBy } from "../../src/store/of-campaign.ts";
import { askedAfter, doneBefore } from "../../src/store/overtaking.ts";
import { pausedBy } from "../../src/store/paused.ts";
import { latestPolicy, policyAt, policyVersions, savePolicy } from "../../src/store/policies.ts";
import { markGone, markShown, postAt, postsOf, rememberPost } from "../../src/store/posts.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { aChange, asked, aTarget, later, noon } from "./sample-change.ts";

const put = (store: Store, change: Change) => store.write((q) => commit(q, asked(change)));

function ended(action: Change["action"], campaign: string, minute: number): Change {
  const target = aTarget({
    campaign: { id: campaign, name: campaign },
    state: "done",
    checkedAt: later(minute * 60_000),
  });
  return aChange({ action, state: "done", targets: [target], askedBy: `U${minute}` });
}

describe.each(engines)("what is kept on %s", (engine) => {
  it("lists changes newest first, by workspace, state and time", async () => {
    const { store } = await freshStore(engine);
    const at = (id: string, parts: Partial<Change>) =>
      put(store, aChange({ id, targets: [], ...parts }));
    await at("a", { askedAt: noon });
    await at("b", { askedAt: later(1), state: "done" });
    await at("c", { askedAt: later(2), workspace: "T2" });
    const ids = async (filter: object) =>
      (await store.read((q) => listChanges(q, { limit: 10, ...filter }))).map(({ id }) => id);
    expect(await ids({})).toEqual(["c", "b", "a"]);
    expect(await ids({ workspace: "T1" })).toEqual(["b", "a"]);
    expect(await ids({ workspace: "T1", state: "waiting" })).toEqual(["a"]);
    expect(await ids({ since: later(1) })).toEqual(["c", "b"]);
    expect(await ids({ limit: 1 })).toEqual(["c"]);
    const waiting = await store.read((q) => waitingChanges(q, "T2"));
    expect(waiting.map(({ id }) => id)).toEqual(["c"]);
  });

  it("knows what stands paused, by whom and since when", async () => {
    const { store } = await freshStore(engine);
    for (const change of [
      ended("pause", "resumed since", 1),
      ended("resume", "resumed since", 2),
      ended("pause", "cancelled since", 1),
      ended("cancel", "cancelled since", 2),
      ended("pause", "paused again", 1),
      ended("resume", "paused again", 2),
      ended("pause", "paused again", 3),
      ended("pause", "still paused", 1),
    ]) {
      await put(store, change);
    }
    const paused = await store.read((q) => pausedBy(q, "T1"));
    expect(paused.map(({ campaign, by, since }) => [campaign.id, by, since])).toEqual([
      ["still paused", "U1", later(60_000)],
      ["paused again", "U3", later(180_000)],
    ]);
    expect(await store.read((q) => pausedBy(q, "T2"))).toEqual([]);
  });

  it("counts the newest end of a pause that was put off, and leaves its beginning as it was", async () => {
    const { store } = await freshStore(engine);
    const already = (minute: number, parts: Partial<Change>): Change => {
      const change = ended("pause", "42", minute);
      const targets = change.targets.map((one) => ({ ...one, state: "already" as const }));
      return { ...change, targets, ...parts };
    };
    const first = { ...ended("pause", "42", 1), until: later(60_000) };
    const second = already(2, { follows: first.id, until: later(120_000) });
    const third = already(3, { follows: second.id, until: later(180_000) });
    const sooner = already(4, { until: later(150_000) });
    for (const change of [first, second, third, sooner]) await put(store, change);
    const [paused, ...others] = await store.read((q) => pausedBy(q, "T1"));
    expect(others).toEqual([]);
    expect(paused).toMatchObject({ changeId: third.id, by: "U1", since: later(60_000) });
    expect(paused?.until).toEqual(later(180_000));
    const endless = already(5, {});
    await put(store, endless);
    const [now] = await store.read((q) => pausedBy(q, "T1"));
    expect(now).toMatchObject({ changeId: endless.id, by: "U5", since: later(300_000) });
    expect(now?.until).toBe(undefined);
  });

  it("knows what was asked for the same campaigns after a change, and what was done before", async () => {
    const { store } = await freshStore(engine);
    const at = (minute: number, campaign: string, parts: Partial<Change> = {}): Change => {
      const moment = later(minute * 60_000);
      return {
        ...ended("pause", campaign, minute),
        ...{ id: `chg_${minute}`, askedAt: moment, endedAt: moment },
        ...parts,
      };
    };
    const middle = at(5, "42");
    for (const change of [
      at(1, "42"),
      at(2, "42"),
      at(3, "7"),
      middle,
      at(7, "42", { state: "denied" }),
      at(6, "42"),
      at(8, "42", { workspace: "T2" }),
    ]) {
      await put(store, change);
    }
    const after = await store.read((q) => askedAfter(q, middle));
    // In the order of the record: the clock may have been put back in between.
    expect(after.map(({ id }) => id)).toEqual(["chg_7", "chg_6"]);
    const earlier = (since: Date) => store.read((q) => doneBefore(q, middle, since));
    expect(await earlier(noon)).toEqual(["chg_2"]);
    expect(await earlier(later(180_000))).toEqual([]);
  });

  it("goes by the record where the clock was put back between two changes", async () => {
    const { store } = await freshStore(engine);
    const first = { ...ended("pause", "42", 5), id: "chg_first", askedAt: later(300_000) };
    const second = {
      ...ended("resume", "42", 2),
      ...{ id: "chg_second", askedAt: later(120_000), endedAt: later(120_000) },
    };
    await put(store, first);
    await put(store, second);
    const of = { connectionId: "con_1", campaign: { id: "42", name: "42" } };
    const since = await store.read((q) => askedSince(q, first, of));
    expect(since.map(({ change }) => change)).toEqual(["chg_second"]);
    expect(await store.read((q) => askedSince(q, second, of))).toEqual([]);
    const taken = await store.read((q) => takenOverBy(q, first, of, noon));
    expect(taken).toEqual([]);
    expect(await store.read((q) => lastMovedAt(q, "T1", of))).toEqual(later(120_000));
    expect(await store.read((q) => doneBefore(q, first, noon))).toEqual([]);
  });

  it("closes an attempt once", async () => {
    const { store } = await freshStore(engine);
    const target = aTarget();
    const change = aChange({ targets: [target] });
    await put(store, change);
    const attempt = {
      workspace: "T1",
      id: "att_1",
      targetId: target.id,
      number: 1,
      action: "pause" as const,
      startedAt: noon,
    };
    await store.write((q) => openAttempt(q, attempt));
    const end = { endedAt: later(5), result: "accepted" };
    const close = () => store.write((q) => closeAttempt(q, "T1", "att_1", end));
    expect([await close(), await close()]).toEqual([true, false]);
    const attempts = await store.read((q) => attemptsOf(q, "T1", change.id));
    expect(attempts).toStrictEqual([{ ...attempt, ...end }]);
    expect(await store.read((q) => attemptsOf(q, "T2", change.id))).toEqual([]);
  });

  it("remembers every place of a card once, and never shows an older version as newer", async () => {
    const { store } = await freshStore(engine);
    const change = aChange();
    await put(store, change);
    const post = {
      workspace: "T1",
      id: "pst_1",
      changeId: change.id,
      channel: "C1",
      ts: "1.2",
      shownVersion: 1,
    };
    const remember = (id: string) => store.write((q) => rememberPost(q, { ...post, id }));
    expect([await remember("pst_1"), await remember("pst_2")]).toEqual([true, false]);
    await store.write((q) => markShown(q, "T1", "pst_1", 5));
    await store.write((q) => markShown(q, "T1", "pst_1", 4));
    await store.write((q) => markGone(q, "T1", "pst_1"));
    const now = { ...post, shownVersion: 5, gone: true, copy: null };
    expect(await store.read((q) => postsOf(q, "T1", change.id))).toEqual([now]);
    expect(await store.read((q) => postAt(q, "T1", "C1", "1.2"))).toEqual(now);
    expect(await store.read((q) => postAt(q, "T2", "C1", "1.2"))).toBeUndefined();
  });

  it("keeps every version of a policy", async () => {
    const { store } = await freshStore(engine);
    const save = (rules: string) => {
      const policy = { workspace: "T1", document: { rules }, savedAt: noon, savedBy: "U1" };
      return store.write((q) => savePolicy(q, policy));
    };
    expect(await store.read((q) => latestPolicy(q, "T1"))).toBeUndefined();
    expect([await save("first"), await save("second")]).toEqual([1, 2]);
    await store.read(async (q) => {
      expect((await latestPolicy(q, "T1"))?.document).toEqual({ rules: "second" });
      expect((await policyAt(q, "T1", 1))?.document).toEqual({ rules: "first" });
      expect(await policyAt(q, "T2", 1)).toBeUndefined();
      expect((await policyVersions(q, "T1")).map(({ version }) => version)).toEqual([2, 1]);
    });
    const outcomes = await Promise.allSettled(["a", "b", "c"].map(save));
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(Conflict);
    }
    const versions = await store.read((q) => policyVersions(q, "T1"));
    const won = outcomes.filter((outcome) => outcome.status === "fulfilled").length;
    expect(versions.length).toBe(2 + won);
  });

  it("gives a choice to the person who was asked, once, and with it ends the question", async () => {
    const { store } = await freshStore(engine);
    const choice = (id: string) => ({
      workspace: "T1",
      id,
      person: "U1",
      setId: "set_1",
      wish: { action: "pause", id },
      createdAt: noon,
    });
    await store.write((q) => rememberChoices(q, [choice("a"), choice("b")]));
    const take = (person: string, id: string, workspace = "T1") =>
      store.write((q) => takeChoice(q, workspace, person, id));
    expect(await take("U2", "a")).toBeUndefined();
    expect(await take("U1", "a", "T2")).toBeUndefined();
    expect(await take("U1", "a")).toEqual(choice("a"));
    expect(await take("U1", "a")).toBeUndefined();
    expect(await take("U1", "b")).toBeUndefined();
  });

  it("gives each local date's digest to one of many, and keeps that through a new time", async () => {
    const { store } = await freshStore(engine);
    const digest = {
      workspace: "T1",
      channel: "C1",
      time: "09:00",
      zone: "Europe/Berlin",
      setBy: "U1",
      setAt: noon,
    };
    await store.write((q) => setDigest(q, digest));
    const claims = Array.from({ length: 5 }, () =>
      store.write((q) => claimDigest(q, "T1", "2026-11-22")),
    );
    expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(1);
    await store.write((q) => setDigest(q, { ...digest, time: "18:00" }));
    const now = { ...digest, time: "18:00", lastDate: "2026-11-22" };
    expect(await store.read((q) => digestFor(q, "T1"))).toStrictEqual(now);
    expect(await store.write((q) => claimDigest(q, "T1", "2026-11-21"))).toBe(false);
    const remove = () => store.write((q) => removeDigest(q, "T1"));
    expect([await remove(), await remove()]).toEqual([true, false]);
    expect(await store.read(everyDigest)).toEqual([]);
  });
});
