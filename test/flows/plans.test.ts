import { beforeEach, describe, expect, it } from "vitest";
import type { Action, Campaign } from "../../src/domain/campaign.ts";
import type { Change, Target } from "../../src/domain/change.ts";
import type { Person } from "../../src/domain/person.ts";
import { rule } from "../../src/domain/policy.ts";
import { applyTarget } from "../../src/flows/apply-target.ts";
import { checkAgain } from "../../src/flows/check-again.ts";
import { disconnectVendor } from "../../src/flows/disconnect-vendor.ts";
import { endPause, endPauseInTime } from "../../src/flows/end-pause.ts";
import { extendPause, mayExtend } from "../../src/flows/extend-pause.ts";
import { tryAgain } from "../../src/flows/follow-change.ts";
import { giveUpTarget, giveUpUnread, giveUpWatch } from "../../src/flows/give-up-target.ts";
import { moveChange } from "../../src/flows/move-change.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { reverseChange } from "../../src/flows/reverse-change.ts";
import { reviewChange } from "../../src/flows/review-change.ts";
import { stopAll } from "../../src/flows/stop-all.ts";
import { stopTheRest } from "../../src/flows/stop-rest.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import { expireChange } from "../../src/flows/time-out.ts";
import { undoChange } from "../../src/flows/undo-change.ts";
import { whatMayFollow } from "../../src/flows/what-may-follow.ts";
import { readPayload } from "../../src/queue/kinds.ts";
import { faceOfChange } from "../../src/slack/cards/faces.ts";
import { loadChange, openCampaigns } from "../../src/store/changes.ts";
import { pausedBy } from "../../src/store/paused.ts";
import { anAdmin, ana, aPerson } from "../domain/builders.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

const minute = 60_000;
const hour = 60 * minute;
const dee = anAdmin;

let here: AWorld;
beforeEach(async () => {
  here = await aWorld();
  const names = ["42", "7", "9"];
  here.shops.burki.campaigns.push(...names.map((id) => aCampaign({ id, name: `Number ${id}` })));
  await connected(here.world);
});

let asked = 0;
async function asks(
  by: Person,
  action: Action,
  ids: readonly string[] = ["42"],
  parts: { until?: Date; connection?: string } = {},
): Promise<Change> {
  const { connection = "burki", ...rest } = parts;
  asked += 1;
  here.passes(1000);
  const targets = ids.map((id) => ({ kind: "exact" as const, connection, id }));
  const wish = { workspace, channel: "C1", action, targets, requestKey: `ask ${asked}`, by };
  const submitted = await submitChange(here.world, { ...wish, ...rest });
  if (submitted.kind !== "submitted") throw new Error(JSON.stringify(submitted));
  return submitted.change;
}

const now = async ({ id }: Change): Promise<Change> => {
  const change = await here.world.store.read((q) => loadChange(q, workspace, id));
  if (!change) throw new Error("the change is gone");
  return change;
};
const keyOf = ({ id: changeId }: Change) => ({ workspace, changeId });
const keysOf = (change: Change) =>
  change.targets.map(({ id: targetId }) => ({ ...keyOf(change), targetId }));

/** Runs its jobs as the queue would, until each says that it is done. */
async function carriedOut(change: Change): Promise<Change> {
  for (const key of keysOf(change)) {
    for (let runs = 0; runs < 60; runs += 1) {
      const after = await applyTarget(here.world, key);
      if (after.kind === "done") break;
      if (after.at > here.clock.at) here.clock.at = after.at;
    }
  }
  return now(change);
}

const does = async (...args: Parameters<typeof asks>) => carriedOut(await asks(...args));
const inHours = (hours: number) => new Date(here.clock.at.getTime() + hours * hour);
const ends = (change: Change, by: Person = dee) =>
  endPause(here.world, keyOf(change), async () => by);
const campaign = (id = "42") => here.shops.burki.campaigns.find((one) => one.id === id) as Campaign;
const shows = (parts: Partial<Campaign>, id = "42") => Object.assign(campaign(id), parts);
const jobs = (kind: string) =>
  here.world.store.read(async (q) =>
    (await q.select().from(q.t.jobs)).filter((job) => job.kind === kind && !job.doneAt),
  );
const open = () => here.world.store.read((q) => openCampaigns(q, workspace));
const told = async () => JSON.stringify((await jobs("tell_not_ended")).map((job) => job.payload));

describe("a later pause", () => {
  it("without an end outlives an earlier plan, although it found the campaign paused already", async () => {
    const first = await does(dee, "pause", ["42"], { until: inHours(2) });
    const hold = await does(ana, "pause");
    expect(hold.targets[0]?.state).toBe("already");
    here.clock.at = inHours(2);
    expect(await ends(first)).toBe(undefined);
    expect(here.shops.burki.effects).toEqual(["pause 42"]);
    expect(await told()).toContain("has no end and holds it now");
    const [standing] = await here.world.store.read((q) => pausedBy(q, workspace));
    expect(standing).toMatchObject({ changeId: hold.id, by: ana.id });
    expect(standing?.until).toBe(undefined);
  });

  it("with a later end puts the earlier one off, and its own end is the one that comes", async () => {
    const first = await does(dee, "pause", ["42"], { until: inHours(2) });
    const second = await does(ana, "pause", ["42"], { until: inHours(5) });
    expect((await jobs("end_pause")).map(({ payload }) => payload)).toEqual([
      { changeId: first.id },
      { changeId: second.id },
    ]);
    here.clock.at = inHours(2);
    expect(await ends(first)).toBe(undefined);
    here.clock.at = inHours(3);
    expect((await ends(second))?.submitted).toMatchObject({ change: { action: "resume" } });
  });

  it("with a sooner end does not shorten an earlier one", async () => {
    const first = await does(dee, "pause", ["42"], { until: inHours(2) });
    const second = await does(ana, "pause", ["42"], { until: inHours(1) });
    here.clock.at = inHours(1);
    expect(await ends(second)).toBe(undefined);
    here.clock.at = inHours(1);
    expect((await ends(first))?.submitted).toMatchObject({ change: { action: "resume" } });
  });

  it("takes Extend from the card of the one that lost, and says why", async () => {
    const first = await does(dee, "pause", ["42"], { until: inHours(2) });
    expect(await whatMayFollow(here.world, first)).toMatchObject({ extend: true });
    const hold = await does(ana, "pause");
    const follows = await whatMayFollow(here.world, first);
    expect(follows).toMatchObject({ lostEnd: { kind: "held", by: { id: hold.id } } });
    expect(follows.extend).toBe(undefined);
    expect(await mayExtend(here.world, keyOf(first), dee)).toMatchObject({
      sentence: expect.stringContaining(`A later pause holds it now (${hold.id})`),
    });
  });

  it("that was put off itself still counts by its last end", async () => {
    const first = await does(dee, "pause", ["42"], { until: inHours(1) });
    const longer = { by: dee, until: inHours(4), requestKey: "extends" };
    const extended = await extendPause(here.world, keyOf(first), longer);
    if (extended?.kind !== "submitted") throw new Error("not extended");
    await carriedOut(extended.change);
    const third = await does(ana, "pause", ["42"], { until: inHours(2) });
    here.clock.at = inHours(2);
    expect([await ends(first), await ends(third)]).toEqual([undefined, undefined]);
    expect((await ends(extended.change))?.submitted.kind).toBe("submitted");
  });

  it("that failed, or of which the outcome is not known, still is a wish to hold", async () => {
    const first = await does(dee, "pause", ["42"], { until: inHours(2) });
    here.shops.burki.before = fails("unavailable");
    const hold = await does(ana, "pause");
    here.shops.burki.before = undefined;
    expect(hold.state).toBe("failed");
    expect(await ends(first)).toBe(undefined);
  });
});

describe("before a planned end is asked for", () => {
  it.each<[string, Partial<Campaign>, string]>([
    ["runs", { phase: "running", word: "running" }, "shows running"],
    ["has run out", { phase: "completed", word: "completed" }, "shows completed"],
    ["shows another word than our pause left", { word: "halted" }, "our pause left it as paused"],
    ["was stopped by its platform", { note: "Failure rate 100 %." }, "Failure rate 100 %."],
  ])("a campaign that %s is found out, and nothing is asked", async (_name, parts, words) => {
    const pause = await does(dee, "pause", ["42"], { until: inHours(2) });
    shows(parts);
    here.clock.at = inHours(2);
    expect(await ends(pause)).toBe(undefined);
    expect((await now(pause)).targets[0]?.sentence).toContain(words);
    expect(await told()).toContain(words);
    expect(here.shops.burki.effects).toEqual(["pause 42"]);
  });

  it("what its platform said of it before our pause is no reason", async () => {
    shows({ note: "Last week: failure rate 100 %." });
    const pause = await does(dee, "pause", ["42"], { until: inHours(2) });
    expect((await ends(pause))?.submitted.kind).toBe("submitted");
  });

  it("a platform that does not answer is waited for a while, and then nothing is resumed", async () => {
    const pause = await does(dee, "pause", ["42"], { until: inHours(2) });
    const comes = () => endPauseInTime(here.world, keyOf(pause), async () => dee);
    expect(await comes()).toEqual({ again: pause.until });
    here.clock.at = pause.until as Date;
    here.shops.burki.before = fails("unavailable");
    expect(await comes()).toMatchObject({ again: expect.any(Date) });
    here.passes(5 * minute);
    expect(await comes()).toBe(undefined);
    expect(await told()).toContain("could not be read");
  });
});

describe("before our pause is taken back", () => {
  const ratified = rule(
    "somebody answers for it",
    { action: ["pause"] },
    { ratify: { from: ["admins"], within: "1h", otherwise: "revert" } },
  );
  const changes: [string, Partial<Campaign>, string][] = [
    ["shows another word than our pause left", { word: "halted" }, "our pause left it as paused"],
    ["was stopped by its platform", { note: "Failure rate 100 %." }, "Failure rate 100 %."],
  ];

  it.each(changes)("by Undo, a campaign that %s is left out in words", async (_n, parts, words) => {
    const pause = await does(dee, "pause", ["42", "7"]);
    shows(parts);
    const undone = await undoChange(here.world, keyOf(pause), dee);
    if (undone?.kind !== "submitted") throw new Error(JSON.stringify(undone));
    expect(undone.change.targets.map((one) => one.campaign.id)).toEqual(["7"]);
    expect(undone.lost).toEqual([{ campaign: "burki:42", why: expect.stringContaining(words) }]);
  });

  it.each(changes)("by Undo, one alone that %s is not asked for", async (_name, parts, words) => {
    const pause = await does(dee, "pause");
    shows(parts);
    expect(await undoChange(here.world, keyOf(pause), dee)).toEqual({
      kind: "nothing_to_do",
      sentence: expect.stringMatching(new RegExp(`${words}.*Nothing was changed\\.$`)),
    });
  });

  it.each(changes)("by nobody's answer, one that %s is not asked for", async (_n, parts, words) => {
    await applyPolicy(here.world, {
      workspace,
      policy: { version: 1, rules: [ratified] },
      by: "U",
    });
    const pause = await does(ana, "pause");
    shows(parts);
    here.passes(2 * hour);
    expect(await reverseChange(here.world, keyOf(pause), {}, async () => ana)).toMatchObject({
      submitted: { kind: "nothing_to_do", sentence: expect.stringContaining(words) },
    });
    expect(here.shops.burki.effects).toEqual(["pause 42"]);
  });
});

describe("one lost campaign of three", () => {
  const three = ["42", "7", "9"];
  const idsOf = (change: Change) => change.targets.map((one) => one.campaign.id);

  it.each<[string, () => Promise<unknown> | unknown]>([
    ["was deleted", () => here.shops.burki.campaigns.shift()],
    ["has run out", () => shows({ phase: "completed", word: "completed" })],
    ["is held by another change", () => asks(ana, "resume")],
  ])("that %s keeps neither the end nor the Undo of the others", async (_name, loses) => {
    const pause = await does(dee, "pause", three, { until: inHours(2) });
    await loses();
    const undone = await undoChange(here.world, keyOf(pause), ana);
    expect(undone?.kind === "submitted" && idsOf(undone.change)).toEqual(["7", "9"]);
  });

  it("does not keep the others from their end", async () => {
    const pause = await does(dee, "pause", three, { until: inHours(2) });
    await asks(ana, "resume");
    const ended = await ends(pause);
    expect(ended?.submitted.kind === "submitted" && idsOf(ended.submitted.change)).toEqual([
      "7",
      "9",
    ]);
    expect((await now(pause)).targets[0]?.sentence).toContain("is still open");
  });

  it("that never was paused leaves the end, Undo and Extend to the others", async () => {
    shows({ phase: "completed", word: "completed" });
    const pause = await does(dee, "pause", three, { until: inHours(2) });
    expect(pause.state).toBe("partly");
    expect(await whatMayFollow(here.world, pause)).toMatchObject({ undo: true, extend: true });
    const ended = await ends(pause);
    expect(ended?.submitted.kind === "submitted" && idsOf(ended.submitted.change)).toEqual([
      "7",
      "9",
    ]);
  });
});

describe("a pause for a time", () => {
  const gated = rule(
    "pauses wait",
    { action: ["pause"] },
    { approve: { from: ["admins"] }, expires: "8h" },
  );
  const votes = (change: Change) =>
    reviewChange(here.world, keyOf(change), { by: dee, kind: "approve", asker: ana });

  it("that waits for approval expires at its own end", async () => {
    await applyPolicy(here.world, { workspace, policy: { version: 1, rules: [gated] }, by: "U" });
    const pause = await asks(ana, "pause", ["42"], { until: inHours(1) });
    expect(pause.expiresAt).toEqual(pause.until);
    here.passes(2 * hour);
    expect(await votes(pause)).toMatchObject({
      kind: "expired",
      sentence: "The time until which this was to last is over. Nothing was changed.",
    });
    expect((await now(pause)).state).toBe("expired");
  });

  it("is not begun once that time is over", async () => {
    const pause = await asks(dee, "pause", ["42"], { until: inHours(1) });
    here.passes(2 * hour);
    expect(await carriedOut(pause)).toMatchObject({ state: "expired" });
    expect(here.shops.burki.effects).toEqual([]);
  });

  it("keeps its end where its outcome is not known, and when it is tried again", async () => {
    here.shops.burki.after = (call) => (call === "act" ? fails("unclear")() : undefined);
    here.shops.burki.before = (call) => {
      if (call === "get" && here.shops.burki.effects.length > 0) fails("unavailable")();
    };
    const until = inHours(2);
    const pause = await does(dee, "pause", ["42"], { until });
    expect(pause.state).toBe("needs_attention");
    expect(await jobs("end_pause")).toMatchObject([{ runAt: until }]);
    here.shops.burki.before = undefined;
    here.shops.burki.after = undefined;
    const again = await tryAgain(here.world, keyOf(pause), dee, "again");
    expect(again).toMatchObject({ kind: "submitted", change: { until } });
    if (again?.kind === "submitted") await carriedOut(again.change);
    const ended = again?.kind === "submitted" && (await ends(again.change));
    expect(ended).toMatchObject({ submitted: { change: { action: "resume" } } });
  });

  it("is resumed at its end where Check again has shown it paused", async () => {
    here.shops.burki.before = (call) => {
      if (call === "get" && here.shops.burki.effects.length > 0) fails("unavailable")();
    };
    const pause = await does(dee, "pause", ["42"], { until: inHours(2) });
    here.shops.burki.before = undefined;
    expect(await checkAgain(here.world, keyOf(pause), dee.id)).toMatchObject([
      expect.stringContaining("has taken effect"),
    ]);
    expect((await ends(pause))?.submitted.kind).toBe("submitted");
  });
});

describe("a resume that was agreed to", () => {
  beforeEach(() => shows({ phase: "paused", word: "paused" }));

  it("is not begun after a quarter of an hour, also where a first read has failed before", async () => {
    const resume = await asks(dee, "resume");
    const [key] = keysOf(resume);
    if (!key) throw new Error("no target");
    here.shops.burki.before = fails("unavailable");
    await applyTarget(here.world, key);
    here.shops.burki.before = undefined;
    here.passes(16 * minute);
    const after = await carriedOut(resume);
    expect(["expired", "failed"]).toContain(after.state);
    expect(here.shops.burki.effects).toEqual([]);
  });

  it.each<[string, () => void]>([
    ["an unclear call", fails("unclear")],
    [
      "a crash between its record and its call",
      () => {
        throw new Error("killed");
      },
    ],
  ])("is never sent again hours after %s", async (_name, trouble) => {
    const resume = await asks(dee, "resume");
    const [key] = keysOf(resume);
    if (!key) throw new Error("no target");
    let calls = 0;
    here.shops.burki.before = (call) => {
      if (call !== "act") return;
      calls += 1;
      trouble();
    };
    await applyTarget(here.world, key).catch(() => undefined);
    here.passes(5 * hour);
    let reads = 0;
    here.shops.burki.before = (call) => {
      if (call === "get") reads += 1;
      else calls += 1;
    };
    const after = await carriedOut(resume);
    expect(after.state).toBe("needs_attention");
    expect([calls, reads]).toEqual([1, 1]);
  });

  it("is not made again hours after it was turned away", async () => {
    const resume = await asks(dee, "resume");
    const [key] = keysOf(resume);
    if (!key) throw new Error("no target");
    here.shops.burki.before = (call) =>
      call === "act" ? fails("rate_limited", { retryAfterMs: 1000 })() : undefined;
    await applyTarget(here.world, key);
    here.shops.burki.before = undefined;
    here.passes(5 * hour);
    const after = await carriedOut(resume);
    expect(after.targets[0]).toMatchObject({
      state: "failed",
      sentence: expect.stringContaining("too late to make the call again"),
    });
    expect(here.shops.burki.effects).toEqual([]);
  });
});

describe("a connection that went away after a call had left", () => {
  async function unclear(action: Action): Promise<Change> {
    const change = await asks(dee, action);
    const [key] = keysOf(change);
    here.shops.burki.after = (call) => (call === "act" ? fails("unclear")() : undefined);
    if (key) await applyTarget(here.world, key);
    here.shops.burki.after = undefined;
    return change;
  }

  it("by a new key is read with that, and what is seen is believed", async () => {
    const cancel = await unclear("cancel");
    await connected(here.world, "burki", "burki", "k3y-that-is-new");
    expect(await carriedOut(cancel)).toMatchObject({ state: "done" });
    expect(here.shops.burki.effects).toEqual(["cancel 42"]);
  });

  it("by a new key of another account is not believed, and nothing is sent there", async () => {
    const cancel = await unclear("cancel");
    await connected(here.world, "burki", "burki", "k3y-of-somebody-else");
    shows({ name: "Somebody else’s", phase: "running", word: "running" });
    const { state, targets } = await carriedOut(cancel);
    expect(state).toBe("needs_attention");
    expect(targets[0]?.sentence).toContain("A call was sent to Burki on 2027-01-04 at 12:00 UTC");
    expect(here.shops.burki.effects).toEqual(["cancel 42"]);
  });

  it("by being removed leaves what is known: when a call was sent", async () => {
    const cancel = await unclear("cancel");
    await disconnectVendor(here.world, { workspace, name: "burki", by: "U_ADA" });
    const { state, targets } = await carriedOut(cancel);
    expect(state).toBe("needs_attention");
    expect(targets[0]?.sentence).toContain("A call was sent to Burki on 2027-01-04");
    expect(targets[0]?.sentence).not.toContain("Nothing was sent");
    expect(await checkAgain(here.world, keyOf(cancel), dee.id)).toMatchObject([
      expect.not.stringContaining("Nothing was sent"),
    ]);
  });
});

describe("an emergency stop", () => {
  const stops = async (by: Person = ana, connections: string[] = []) => {
    asked += 1;
    here.passes(1000);
    const wish = { workspace, channel: "C1", connections, reason: "wrong price", by };
    return stopAll(here.world, { ...wish, requestKey: `stop ${asked}` });
  };
  const targetsOf = (stopped: Awaited<ReturnType<typeof stops>>) =>
    stopped.kind === "submitted" ? stopped.change.targets.map((one) => one.campaign.id) : stopped;

  it("ends every resume that has not left, and takes its campaign in", async () => {
    await does(dee, "pause");
    const waiting = await asks(ana, "resume");
    await does(dee, "pause", ["7"]);
    const approved = await asks(dee, "resume", ["7"]);
    const stopped = await stops();
    expect(targetsOf(stopped)).toEqual(["9", "42", "7"]);
    for (const one of [waiting, approved]) {
      const { state, targets } = await now(one);
      expect(state).toBe("superseded");
      const id = stopped.kind === "submitted" ? stopped.change.id : "";
      expect(targets[0]?.sentence).toBe(`Ended by the emergency stop ${id}. Nothing was sent.`);
    }
    await carriedOut(approved);
    expect(here.shops.burki.effects).toEqual(["pause 42", "pause 7"]);
  });

  it("makes planned ends void", async () => {
    const pause = await does(dee, "pause", ["42"], { until: inHours(2) });
    const stopped = await stops();
    expect(targetsOf(stopped)).toEqual(["7", "9", "42"]);
    if (stopped.kind === "submitted") await carriedOut(stopped.change);
    here.clock.at = inHours(2);
    expect(await ends(pause)).toBe(undefined);
    expect(campaign().phase).toBe("paused");
  });

  describe("of what is taken back unless somebody answers for it", () => {
    const gates = [
      rule(
        "lapses",
        { action: ["pause"] },
        {
          ratify: { from: ["admins"], within: "1h", otherwise: "revert" },
        },
      ),
      rule("stops", { action: ["stop"] }, "allow"),
    ];
    beforeEach(() =>
      applyPolicy(here.world, { workspace, policy: { version: 1, rules: gates }, by: "U" }),
    );
    const lapsed = async (change: Change) => {
      here.passes(2 * hour);
      return reverseChange(here.world, keyOf(change), {}, async () => ana);
    };

    it("holds what stands paused", async () => {
      const pause = await does(ana, "pause");
      const stopped = await stops(dee);
      expect(targetsOf(stopped)).toEqual(["7", "9", "42"]);
      if (stopped.kind === "submitted") await carriedOut(stopped.change);
      expect(await lapsed(pause)).toMatchObject({ kind: "nothing_left" });
      expect(here.shops.burki.effects).toEqual(["pause 42", "pause 7", "pause 9"]);
    });

    it("leaves standing what somebody else has paused beside it, as long as that lasts", async () => {
      const endless = await does(ana, "pause");
      const short = await does(aPerson({ id: "U_BEN" }), "pause", ["42"], { until: inHours(3) });
      const reversed = await reverseChange(here.world, keyOf(endless), {}, async () => ana);
      expect(reversed).toMatchObject({
        submitted: {
          kind: "nothing_to_do",
          sentence: `Another pause still holds it (${short.id}). Nothing was changed.`,
        },
      });
      here.passes(3 * hour);
      const late = await reverseChange(here.world, keyOf(endless), {}, async () => ana);
      expect(late).toMatchObject({ submitted: { kind: "submitted" } });
    });

    it("holds what is being paused", async () => {
      const pause = await asks(ana, "pause");
      await stops(dee);
      await carriedOut(pause);
      const [job] = await jobs("stop_rest");
      const rest = readPayload("stop_rest", job?.payload);
      if (!rest) throw new Error("nothing is left to do");
      expect(await stopTheRest(here.world, workspace, rest)).toEqual({ kind: "done" });
      for (const { payload } of await jobs("apply_target")) {
        const key = readPayload("apply_target", payload);
        if (key) await applyTarget(here.world, { workspace, ...key });
      }
      expect(await lapsed(pause)).toMatchObject({ kind: "nothing_left" });
    });
  });

  it("leaves resumes of other connections alone, and whoever may not stop ends none", async () => {
    await does(dee, "pause");
    const resume = await asks(ana, "resume");
    expect((await stops(aPerson({ kind: "guest" }))).kind).toBe("refused");
    here.shops.sarvam.campaigns.push(aCampaign({ id: "5" }));
    await connected(here.world, "sarvam");
    expect(targetsOf(await stops(ana, ["sarvam"]))).toEqual(["5"]);
    expect((await now(resume)).state).toBe("waiting");
  });

  it("pauses what is being resumed as soon as that has ended", async () => {
    await does(dee, "pause");
    const resume = await asks(dee, "resume");
    const [key] = keysOf(resume);
    here.shops.burki.after = (call) => (call === "act" ? fails("unclear")() : undefined);
    if (key) await applyTarget(here.world, key);
    here.shops.burki.after = undefined;
    const stopped = await stops();
    expect(stopped.kind === "submitted" && stopped.change.scope?.later).toEqual(["burki:42"]);
    const [job] = await jobs("stop_rest");
    const rest = readPayload("stop_rest", job?.payload);
    if (!rest) throw new Error("nothing is left to do");
    expect((await stopTheRest(here.world, workspace, rest)).kind).toBe("again");
    expect((await carriedOut(resume)).state).toBe("done");
    expect((await stopTheRest(here.world, workspace, rest)).kind).toBe("done");
    const [held] = (await open()).filter(({ campaignId }) => campaignId === "42");
    expect(held).toBeDefined();
  });

  it("stays one when it is tried again", async () => {
    here.shops.burki.before = (call) => (call === "get" ? fails("unavailable")() : undefined);
    const stopped = await stops();
    if (stopped.kind !== "submitted") throw new Error(stopped.kind);
    await carriedOut(stopped.change);
    here.shops.burki.before = undefined;
    const again = await tryAgain(here.world, keyOf(stopped.change), ana, "again");
    expect(again).toMatchObject({ change: { stop: true, state: "approved" } });
  });

  it("goes on everywhere else where one connection was changed since", async () => {
    here.shops.sarvam.campaigns.push(aCampaign({ id: "5" }));
    await connected(here.world, "sarvam");
    const stopped = await stops();
    if (stopped.kind !== "submitted") throw new Error(stopped.kind);
    await connected(here.world, "sarvam", "sarvam", "k3y-of-somebody-else");
    here.shops.sarvam.campaigns.push(
      aCampaign({ ...here.shops.sarvam.campaigns.pop(), name: "Somebody else’s" }),
    );
    const { state, targets } = await carriedOut({
      ...stopped.change,
      targets: stopped.change.targets.toReversed(),
    });
    expect(state).toBe("partly");
    expect(Object.fromEntries(targets.map((one) => [one.campaign.id, one.state]))).toEqual({
      "42": "done",
      "7": "done",
      "9": "done",
      "5": "refused",
    });
  });
});

describe("work that is given up", () => {
  it("ends in words, lets its campaign go and has admins told", async () => {
    const pause = await asks(dee, "pause");
    const [key] = keysOf(pause);
    if (key) await giveUpTarget(here.world, key);
    const { state, targets } = await now(pause);
    expect([state, targets[0]?.state]).toEqual(["needs_attention", "needs_attention"]);
    expect(targets[0]?.sentence).toContain("Nothing was sent");
    expect(await open()).toEqual([]);
    expect(await jobs("tell_given_up")).toHaveLength(1);
    expect(await jobs("tell_asker")).toHaveLength(1);
  });

  it("is a success that nobody watches any more, which is not green and can be checked again", async () => {
    const pause = await asks(dee, "pause");
    const [key] = keysOf(pause);
    if (!key) throw new Error("there is no target");
    await moveChange(here.world, key, "U_DEE", (change) => ({
      result: undefined,
      after: {
        ...change,
        ...{ state: "done", endedAt: here.clock.at },
        targets: change.targets.map(
          (one): Target => ({ ...one, state: "done", watch: "watching" }),
        ),
      },
    }));
    await giveUpWatch(here.world, key);
    const given = await now(pause);
    expect(given.targets[0]?.watch).toBe("unconfirmed");
    expect(faceOfChange(given).word).toBe("Could not be confirmed");
    expect(given.targets[0]?.sentence).toContain("stayed paused: something went wrong on our side");
    expect(await jobs("tell_changed")).toHaveLength(1);
    expect(await jobs("tell_given_up")).toHaveLength(1);
  });

  it("is let go also where what it carries, or its kind, is not known here", async () => {
    const pause = await asks(dee, "pause");
    const [job] = await jobs("apply_target");
    if (!job) throw new Error("there is no job");
    await giveUpUnread(here.world, { ...job, payload: { changed: "beyond reading" } });
    expect((await now(pause)).state).toBe("needs_attention");
    const other = await asks(dee, "pause", ["7"]);
    const [, next] = await jobs("apply_target");
    if (!next) throw new Error("there is no job");
    await giveUpUnread(here.world, { ...next, kind: "of_tomorrow" });
    expect((await now(other)).state).toBe("needs_attention");
  });
});

it("looks again at its time where a deadline seems to come too early", async () => {
  await does(dee, "pause");
  const resume = await asks(ana, "resume");
  expect(await expireChange(here.world, keyOf(resume))).toEqual(resume.expiresAt);
  here.passes(9 * hour);
  expect(await expireChange(here.world, keyOf(resume))).toBe(undefined);
  expect((await now(resume)).state).toBe("expired");
});

describe("a clock that is put back between two wishes", () => {
  it("lets the later pause outlive the earlier plan, and nobody undoes the earlier one over it", async () => {
    const first = await does(dee, "pause", ["42"], { until: inHours(2) });
    here.clock.at = inHours(-1);
    const hold = await does(ana, "pause");
    expect(hold.askedAt < first.askedAt).toBe(true);
    here.clock.at = inHours(1);
    expect(await undoChange(here.world, keyOf(first), dee)).toMatchObject({
      kind: "nothing_to_do",
    });
    here.clock.at = inHours(2);
    expect(await ends(first)).toBe(undefined);
    expect(here.shops.burki.effects).toEqual(["pause 42"]);
  });
});

describe("an emergency stop while a pause for a time is under way", () => {
  it("holds its campaign beyond the end of that pause", async () => {
    const first = await asks(dee, "pause", ["42"], { until: inHours(2) });
    here.passes(1000);
    const wish = { workspace, channel: "C1", connections: [], reason: "law", by: ana };
    await stopAll(here.world, { ...wish, requestKey: "stop" });
    const [job] = await jobs("stop_rest");
    const rest = readPayload("stop_rest", job?.payload);
    if (!rest) throw new Error("nothing is left to do");
    expect(await stopTheRest(here.world, workspace, rest)).toMatchObject({ kind: "again" });
    await carriedOut(first);
    expect(await stopTheRest(here.world, workspace, rest)).toEqual({ kind: "done" });
    const held = (await jobs("apply_target")).map(({ payload }) =>
      readPayload("apply_target", payload),
    );
    for (const key of held) if (key) await applyTarget(here.world, { workspace, ...key });
    here.clock.at = inHours(2);
    expect(await ends(first)).toBe(undefined);
  });
});
