import { beforeEach, describe, expect, it } from "vitest";
import type { Action, Campaign } from "../../src/domain/campaign.ts";
import type { Change, Target } from "../../src/domain/change.ts";
import { applyTarget } from "../../src/flows/apply-target.ts";
import { checkAgain } from "../../src/flows/check-again.ts";
import { disconnectVendor } from "../../src/flows/disconnect-vendor.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import { watchTarget } from "../../src/flows/watch-target.ts";
import { changeCard } from "../../src/slack/cards/change-card.ts";
import { faceOfChange } from "../../src/slack/cards/faces.ts";
import { loadChange } from "../../src/store/changes.ts";
import { anAdmin, aPerson } from "../domain/builders.ts";
import { textOf } from "../support/journey.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

const second = 1000;
let here: AWorld;
let campaign: Campaign;
beforeEach(async () => {
  here = await aWorld();
  await connected(here.world, "peachdesk");
  campaign = aCampaign();
  here.shops.peachdesk.campaigns.push(campaign);
});

let requests = 0;

/** Asks for it and carries it out. */
async function does(action: Action, by = anAdmin): Promise<Change> {
  requests += 1;
  here.passes(1);
  const submitted = await submitChange(here.world, {
    workspace,
    requestKey: `request ${requests}`,
    by,
    channel: "C1",
    action,
    targets: [{ kind: "exact", connection: "peachdesk", id: "42" }],
  });
  if (submitted.kind !== "submitted") throw new Error(JSON.stringify(submitted));
  const key = keyOf(submitted.change);
  for (let runs = 0; runs < 60; runs += 1) {
    const after = await applyTarget(here.world, key);
    if (after.kind === "done") return now(submitted.change);
    here.clock.at = after.at;
  }
  throw new Error("it does not end");
}

const keyOf = ({ id: changeId }: Change) => ({ workspace, changeId, targetId: `${changeId}.1` });

async function now({ id }: Change): Promise<Change> {
  const change = await here.world.store.read((q) => loadChange(q, workspace, id));
  if (!change) throw new Error("the change is gone");
  return change;
}

async function targetOf(change: Change): Promise<Target> {
  const [target] = (await now(change)).targets;
  if (!target) throw new Error("the target is gone");
  return target;
}

/** Lets time pass and looks, as its job would. */
async function looks(change: Change, seconds: number) {
  here.passes(seconds * second);
  return watchTarget(here.world, keyOf(change));
}

/** Looks whenever its job would come, until it does not come again. */
async function watchToEnd(change: Change): Promise<Target> {
  for (let looked = 0; looked < 400; looked += 1) {
    const after = await watchTarget(here.world, keyOf(change));
    if (after.kind === "done") return targetOf(change);
    here.clock.at = after.at;
  }
  throw new Error("the watch does not end");
}

async function jobs(kind: string) {
  const { store } = here.world;
  return (await store.read((q) => q.select().from(q.t.jobs))).filter((job) => job.kind === kind);
}

const told = async () => (await jobs("tell_changed")).map(({ payload }) => payload);
const loading = "the contacts are still loading";
const shows = (phase: Campaign["phase"], more: Partial<Campaign> = {}) => {
  delete campaign.unsettled;
  Object.assign(campaign, { phase, word: phase }, more);
};

describe("a success that its platform may undo", () => {
  it("is settled by the first read after nothing could undo it for long enough, and looked at once more", async () => {
    const change = await does("pause");
    expect(faceOfChange(change).word).toBe("Stopping");
    await looks(change, 15);
    expect((await targetOf(change)).watch).toBe("watching");
    await looks(change, 45);
    expect((await targetOf(change)).watch).toBe("settled");
    expect(faceOfChange(await now(change)).icon).toBe("✅");
    expect(await looks(change, 240)).toEqual({ kind: "done" });
  });

  it("is not settled by any clock while something can be seen that may undo it", async () => {
    const change = await does("pause");
    campaign.unsettled = loading;
    for (let minutes = 0; minutes < 100; minutes += 1) {
      await looks(change, 60);
      expect(await targetOf(change)).toMatchObject({ watch: "watching", watchFor: loading });
    }
    shows("paused");
    await looks(change, 60);
    expect((await targetOf(change)).watch).toBe("watching");
    await looks(change, 60);
    expect((await targetOf(change)).watch).toBe("settled");
    expect((await targetOf(change)).watchFor).toBeUndefined();
  });

  it("starts its quiet time anew when that is over, for what undoes it comes with the end", async () => {
    const change = await does("pause");
    campaign.unsettled = loading;
    await looks(change, 600);
    shows("paused");
    await looks(change, 15);
    expect((await targetOf(change)).watch).toBe("watching");
    shows("running");
    await looks(change, 15);
    expect(await targetOf(change)).toMatchObject({
      watch: "changed",
      sentence: "It did not stay paused: Peachdesk AI showed paused, and now shows running.",
    });
    expect(await told()).toHaveLength(1);
  });

  it("says what it waited for when that ends it", async () => {
    const change = await does("pause");
    campaign.unsettled = loading;
    await looks(change, 15);
    shows("running");
    await looks(change, 15);
    expect((await targetOf(change)).sentence).toBe(
      "It did not stay paused: Peachdesk AI showed paused while the contacts were still loading, and now shows running.",
    );
  });

  it("is called unconfirmed, and not green, when what it waits for does not end", async () => {
    const change = await does("pause");
    campaign.unsettled = loading;
    const target = await watchToEnd(change);
    expect(target).toMatchObject({
      watch: "unconfirmed",
      sentence: expect.stringContaining("It could not be confirmed that it stayed paused"),
    });
    expect(here.clock.at.getTime() - change.askedAt.getTime()).toBeGreaterThanOrEqual(7_200_000);
    expect(faceOfChange(await now(change)).icon).toBe("❓");
  });

  it("names the platform's own reason for undoing it, if that is newer than our call", async () => {
    shows("paused");
    const change = await does("resume");
    const note = "Last log entry (2027-01-04): Paused: failure rate 100.00%";
    shows("paused", { note, noteAt: new Date(here.clock.at.getTime() + second) });
    await looks(change, 5);
    expect((await targetOf(change)).sentence).toBe(
      `It did not stay running: Peachdesk AI showed running, and now shows paused. ${note}.`,
    );
  });

  it("leaves out a reason from before our call", async () => {
    shows("paused");
    const change = await does("resume");
    shows("paused", { note: "Old news", noteAt: new Date(here.clock.at.getTime() - second) });
    await looks(change, 5);
    expect((await targetOf(change)).sentence).not.toContain("Old news");
  });
});

describe("a resume that is watched", () => {
  it.each<Campaign["phase"]>(["paused", "stopped", "failed"])(
    "did not stay so when it shows %s",
    async (phase) => {
      shows("paused");
      const change = await does("resume");
      expect(faceOfChange(change).word).toBe("Still being watched");
      shows(phase);
      await looks(change, 5);
      expect((await targetOf(change)).watch).toBe("changed");
    },
  );

  it("has ended when it shows completed, which nobody has to be called for", async () => {
    shows("paused");
    const change = await does("resume");
    shows("completed");
    await looks(change, 5);
    expect(await targetOf(change)).toMatchObject({
      watch: "ended",
      after: "completed",
      sentence:
        "Peachdesk AI showed running, and now shows completed: it has ended, and nothing is left to send.",
    });
    expect(faceOfChange(await now(change))).toEqual({ icon: "🏁", word: "Ended" });
    expect(await told()).toEqual([]);
  });

  it("has ended at once where nothing was left to send, and is not called running", async () => {
    shows("paused");
    here.shops.peachdesk.after = (call) => {
      if (call === "act") shows("completed");
    };
    const change = await does("resume");
    expect(change.targets[0]).toMatchObject({
      ...{ state: "done", watch: "ended", after: "completed" },
      sentence: expect.stringContaining("nothing was left to send"),
    });
    expect(faceOfChange(change).word).toBe("Ended");
  });
});

describe("a second change that finds it so already", () => {
  it("is watched as the first one is, and both say so and call their askers when it is undone", async () => {
    const first = await does("pause");
    campaign.unsettled = loading;
    const second = await does("pause", aPerson({ id: "U_BEN" }));
    expect(second.targets[0]).toMatchObject({
      ...{ state: "already", watch: "watching", watchFor: loading },
    });
    expect(faceOfChange(second).icon).toBe("🟡");
    shows("running");
    for (const change of [first, second]) await looks(change, 15);
    for (const change of [first, second]) {
      expect(faceOfChange(await now(change)).word).toBe("Did not stay paused");
    }
    expect(await told()).toEqual([
      expect.objectContaining({ changeId: first.id }),
      expect.objectContaining({ changeId: second.id }),
    ]);
  });

  it("is watched too where it was paused in the platform's own page", async () => {
    shows("paused", { unsettled: loading });
    const change = await does("pause");
    shows("running");
    await looks(change, 15);
    expect((await targetOf(change)).watch).toBe("changed");
  });
});

describe("a watch that cannot read", () => {
  it.each([
    ["a key that is not accepted", fails("unauthorized", { status: 401 }), /key any more \(401\)/],
    ["a right that was taken", fails("forbidden", { status: 403 }), /not allowed/],
    ["a campaign that is gone", fails("not_found", { status: 404 }), /probably deleted there/],
  ])("is called unconfirmed at once: %s", async (_what, before, words) => {
    const change = await does("pause");
    here.shops.peachdesk.before = before;
    expect(await looks(change, 15)).toEqual({ kind: "done" });
    const target = await targetOf(change);
    expect(target).toMatchObject({ watch: "unconfirmed", sentence: expect.stringMatching(words) });
    expect(faceOfChange(await now(change))).toEqual({ icon: "❓", word: "Could not be confirmed" });
    expect(await told()).toHaveLength(1);
  });

  it("is called unconfirmed where its connection was removed", async () => {
    const change = await does("pause");
    await disconnectVendor(here.world, { workspace, name: "peachdesk", by: "U_ADA" });
    await looks(change, 15);
    expect((await targetOf(change)).sentence).toBe(
      "It could not be confirmed that it stayed paused: this connection has been removed.",
    );
  });

  it("is called unconfirmed where another account's campaign answers under its id", async () => {
    const change = await does("pause");
    campaign.name = "Quite another";
    await connected(here.world, "peachdesk", "peachdesk", "k3y-of-somebody-else");
    await looks(change, 15);
    expect(await targetOf(change)).toMatchObject({
      watch: "unconfirmed",
      sentence: expect.stringContaining("shows another campaign under this id"),
    });
  });

  it("goes on for a while where the platform is only away, and then says so", async () => {
    const change = await does("pause");
    here.shops.peachdesk.before = fails("unavailable", { status: 503 });
    await looks(change, 60);
    expect((await targetOf(change)).watch).toBe("watching");
    await watchToEnd(change);
    const waited = here.clock.at.getTime() - change.askedAt.getTime();
    expect(waited).toBeGreaterThan(14 * 60 * second);
    expect(waited).toBeLessThan(30 * 60 * second);
    expect((await targetOf(change)).watch).toBe("unconfirmed");
  });

  it("goes on as if nothing had been when the platform is back", async () => {
    const change = await does("pause");
    here.shops.peachdesk.before = fails("unavailable", { status: 503 });
    for (let tries = 0; tries < 10; tries += 1) await looks(change, 30);
    here.shops.peachdesk.before = undefined;
    await looks(change, 30);
    expect(await targetOf(change)).toMatchObject({ watch: "settled", stumbles: 0 });
  });

  it("is watched anew by Check again, which turns green only when nothing can undo it", async () => {
    const change = await does("pause");
    here.shops.peachdesk.before = fails("unauthorized", { status: 401 });
    await looks(change, 15);
    expect(await checkAgain(here.world, keyOf(change), "U_BEN")).toEqual([
      expect.stringContaining("could not be confirmed"),
    ]);
    here.shops.peachdesk.before = undefined;
    expect(await checkAgain(here.world, keyOf(change), "U_BEN")).toEqual([
      "“Spring launch”: Checked again: Peachdesk AI shows paused. It is watched until nothing can undo it any more.",
    ]);
    expect(faceOfChange(await now(change)).icon).toBe("🟡");
    expect((await watchToEnd(change)).watch).toBe("settled");
  });

  it("says of Check again that nothing could be read, and shows no old word as a new one", async () => {
    const change = await does("pause");
    here.shops.peachdesk.before = fails("unauthorized", { status: 401 });
    await looks(change, 15);
    here.shops.peachdesk.before = fails("unavailable", { status: 503 });
    expect(await checkAgain(here.world, keyOf(change), "U_BEN")).toEqual([
      expect.stringMatching(/Checked again: Peachdesk AI could not be read just now\./),
    ]);
    const card = textOf(changeCard(await now(change)));
    expect(card).toContain("was paused when last read, and could not be read since");
    expect(card).not.toContain("Peachdesk AI shows");
  });

  it("finds by Check again that it did not stay so", async () => {
    const change = await does("pause");
    here.shops.peachdesk.before = fails("unauthorized", { status: 401 });
    await looks(change, 15);
    here.shops.peachdesk.before = undefined;
    shows("running");
    expect(await checkAgain(here.world, keyOf(change), "U_BEN")).toEqual([
      expect.stringContaining("did not stay paused"),
    ]);
    expect((await targetOf(change)).watch).toBe("changed");
  });
});

describe("a newer change of ours that did the opposite", () => {
  it("ends the watch, and the card says whose it is", async () => {
    const change = await does("pause");
    const resume = await does("resume", aPerson({ ...anAdmin, id: "U_BEN" }));
    expect((await jobs("watch_target")).some(({ key }) => key?.startsWith("overtaken:"))).toBe(
      true,
    );
    await looks(change, 1);
    expect(await targetOf(change)).toMatchObject({
      watch: "overtaken",
      overtaken: { change: resume.id, action: "resume", by: "U_BEN" },
    });
    expect(faceOfChange(await now(change)).word).toBe("Overtaken");
    expect(await told()).toEqual([]);
  });

  it("is said of what counted as settled too", async () => {
    const change = await does("pause");
    await looks(change, 60);
    await does("resume");
    await looks(change, 1);
    expect((await targetOf(change)).watch).toBe("overtaken");
  });

  it("is not there yet while it waits for approval, nor when it was refused", async () => {
    const change = await does("pause");
    await submitChange(here.world, {
      ...{ workspace, requestKey: "waits", by: aPerson({ id: "U_BEN" }), channel: "C1" },
      action: "resume",
      targets: [{ kind: "exact", connection: "peachdesk", id: "42" }],
    });
    shows("running");
    await looks(change, 15);
    expect((await targetOf(change)).watch).toBe("changed");
  });

  it("is waited for while its call has no answer", async () => {
    const change = await does("pause");
    here.shops.peachdesk.after = (call) => {
      if (call === "act") throw new Error("the process dies");
    };
    await expect(does("resume")).rejects.toThrow("dies");
    here.shops.peachdesk.after = undefined;
    expect(await looks(change, 15)).toMatchObject({ kind: "again" });
    expect((await targetOf(change)).watch).toBe("watching");
  });

  /** A pause that is green, then a resume whose call gets no clear answer. */
  async function doubted(effect: "before" | "after") {
    const change = await does("pause");
    await looks(change, 60);
    await looks(change, 240);
    expect(faceOfChange(await now(change)).icon).toBe("✅");
    here.shops.peachdesk[effect] = (call) => {
      if (call === "act") fails("unclear")();
    };
    const submitted = await submitChange(here.world, {
      ...{ workspace, requestKey: `doubted ${effect}`, by: anAdmin, channel: "C1" },
      action: "resume",
      targets: [{ kind: "exact", connection: "peachdesk", id: "42" }],
    });
    if (submitted.kind !== "submitted") throw new Error("it is not on record");
    await applyTarget(here.world, keyOf(submitted.change));
    here.shops.peachdesk[effect] = undefined;
    expect((await jobs("watch_target")).at(-1)?.payload).toMatchObject({ changeId: change.id });
    expect(await looks(change, 0)).toMatchObject({ kind: "again" });
    expect(faceOfChange(await now(change)).icon).not.toBe("✅");
    return { change, resume: submitted.change };
  }

  it("takes the green away at once where its call got no clear answer", async () => {
    const { change, resume } = await doubted("after");
    here.passes(second);
    await applyTarget(here.world, keyOf(resume));
    expect((await now(resume)).state).toBe("done");
    await looks(change, 1);
    expect((await targetOf(change)).watch).toBe("overtaken");
  });

  it("gives the green back where it is known that its call did nothing", async () => {
    const { change, resume } = await doubted("before");
    here.shops.peachdesk.before = (call) => {
      if (call === "act") fails("refused")();
    };
    for (let runs = 0; runs < 60 && !(await now(resume)).endedAt; runs += 1) {
      here.passes(15 * second);
      await applyTarget(here.world, keyOf(resume));
    }
    expect((await now(resume)).state).not.toBe("done");
    expect((await watchToEnd(change)).watch).toBe("settled");
    expect(faceOfChange(await now(change)).icon).toBe("✅");
  });
});

describe("a job that has nothing to look at", () => {
  it("ends where nobody watches any more, and where nothing is there", async () => {
    const change = await does("pause");
    shows("running");
    await looks(change, 15);
    const { version } = await now(change);
    expect(await looks(change, 15)).toEqual({ kind: "done" });
    expect((await now(change)).version).toBe(version);
    for (const part of [{ changeId: "chg_none" }, { targetId: "none" }]) {
      const key = { ...keyOf(change), ...part };
      expect(await watchTarget(here.world, key)).toEqual({ kind: "done" });
    }
  });
});
