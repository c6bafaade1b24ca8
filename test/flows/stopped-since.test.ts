import { beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../../src/domain/person.ts";
import { applyTarget } from "../../src/flows/apply-target.ts";
import { disconnectVendor } from "../../src/flows/disconnect-vendor.ts";
import { endPauseInTime } from "../../src/flows/end-pause.ts";
import { tryAgain } from "../../src/flows/follow-change.ts";
import { applyPolicy, readPolicyText } from "../../src/flows/policy-text.ts";
import { reverseChange } from "../../src/flows/reverse-change.ts";
import { stopAll } from "../../src/flows/stop-all.ts";
import { type Submitted, submitChange } from "../../src/flows/submit-change.ts";
import { undoChange } from "../../src/flows/undo-change.ts";
import { auditOf } from "../../src/store/audit.ts";
import { listChanges } from "../../src/store/changes.ts";
import { stopsSince } from "../../src/store/stops.ts";
import { anAdmin, aPerson, ben } from "../domain/builders.ts";
import { type AWorld, aCampaign, aWorld, connected, fails, workspace } from "./a-world.ts";

let here: AWorld;
beforeEach(async () => {
  here = await aWorld();
  here.shops.burki.campaigns.push(
    aCampaign({ id: "1", name: "Spring", phase: "paused", word: "paused" }),
  );
  await connected(here.world, "burki");
  await connected(here.world, "woodpecker");
});

const cameMeanwhile = {
  kind: "refused",
  sentence:
    "An emergency stop came in after this resume was asked for, so nothing was resumed. Ask again if it is still wanted.",
};
let asked = 0;
const wish = (parts: object = {}) => {
  asked += 1;
  return {
    ...{ workspace, requestKey: `wish ${asked}`, by: anAdmin, channel: "C1" },
    ...parts,
  };
};
const resume = (parts: { heardAt?: Date } = {}) =>
  submitChange(here.world, {
    ...wish(parts),
    action: "resume",
    targets: [{ kind: "name", text: "Spring", quoted: false }],
  });
const stop = (connections: string[] = [], by: Person = anAdmin) =>
  stopAll(here.world, { ...wish({ by }), connections, reason: "wrong price" });

/** The next list that burki is asked for is held up until it is let go. */
function holdsNextList(): { asked: Promise<void>; letGo: () => void } {
  let letGo = () => {};
  let heard = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const asking = new Promise<void>((resolve) => {
    heard = resolve;
  });
  here.shops.burki.before = (call) => {
    if (call !== "list") return undefined;
    here.shops.burki.before = undefined;
    heard();
    return held;
  };
  return { asked: asking, letGo: () => letGo() };
}

async function whileItIsRead(meanwhile: () => Promise<unknown>): Promise<Submitted> {
  const list = holdsNextList();
  const resuming = resume();
  await list.asked;
  await meanwhile();
  list.letGo();
  return resuming;
}

describe("a resume that is being read while an emergency stop runs from beginning to end", () => {
  it("is refused, although the stop found nothing running and has no card", async () => {
    const said = await whileItIsRead(async () => {
      expect(await stop()).toMatchObject({ kind: "nothing_runs" });
    });
    expect(said).toMatchObject(cameMeanwhile);
    expect(await here.world.store.read((q) => listChanges(q, { workspace, limit: 9 }))).toEqual([]);
    expect(here.shops.burki.effects).toEqual([]);
  });

  it("leaves a line on record for the refusal and one for the stop", async () => {
    await whileItIsRead(() => stop());
    const [heard] = await here.world.store.read((q) => stopsSince(q, workspace, new Date(0)));
    const lines = (subject: string) => here.world.store.read((q) => auditOf(q, workspace, subject));
    expect(await lines(heard?.id ?? "")).toMatchObject([{ event: "stop_heard", actor: "U_ADA" }]);
    const refused = (await lines("U_ADA")).at(-1);
    expect(refused).toMatchObject({ event: "refused" });
    expect(JSON.parse(refused?.detail ?? "")).toMatchObject({ action: "resume", stop: heard?.id });
  });

  it("goes on where the stop was for another connection", async () => {
    const said = await whileItIsRead(() => stop(["woodpecker"]));
    expect(said).toMatchObject({ kind: "submitted" });
  });

  it("goes on where whoever asked for the stop may stop nothing there", async () => {
    const never = "{ name: never here, when: { action: [stop], connection: [burki] }, then: deny }";
    const read = readPolicyText(
      `version: 1\nrules:\n  - ${never}\n  - { name: others, when: {}, then: allow }\n`,
    );
    if (read.kind !== "policy") throw new Error(read.problems.join());
    await applyPolicy(here.world, { workspace, policy: read.policy, by: "U_ADA" });
    const said = await whileItIsRead(() => stop([], ben));
    expect(said).toMatchObject({ kind: "submitted" });
  });
});

describe("a resume and an emergency stop, one after the other", () => {
  it("lets the resume go on that was asked for after the stop", async () => {
    await stop();
    here.passes(1);
    expect(await resume()).toMatchObject({ kind: "submitted" });
  });

  it("refuses what was asked for before the stop and is worked after it", async () => {
    const heardAt = here.world.now();
    here.passes(30_000);
    await stop();
    here.passes(30_000);
    expect(await resume({ heardAt })).toMatchObject(cameMeanwhile);
  });
});

describe("a connection that is made anew after an emergency stop", () => {
  it("lets nothing through that was asked for before the stop", async () => {
    const heardAt = here.world.now();
    here.passes(1_000);
    await stop();
    await disconnectVendor(here.world, { workspace, name: "burki", by: "U_ADA" });
    await connected(here.world, "burki");
    here.passes(60_000);
    expect(await resume({ heardAt })).toMatchObject(cameMeanwhile);
    expect(await resume()).toMatchObject({ kind: "submitted" });
  });
});

describe("what follows from an earlier change, pressed before a stop and worked after it", () => {
  const paused = async (parts: { until?: Date } = {}) => {
    Object.assign(here.shops.burki.campaigns[0] ?? {}, { phase: "running", word: "running" });
    const submitted = await submitChange(here.world, {
      ...wish(parts),
      action: "pause",
      targets: [{ kind: "name", text: "Spring", quoted: false }],
    });
    if (submitted.kind !== "submitted") throw new Error(submitted.kind);
    const { change } = submitted;
    const key = { workspace, changeId: change.id };
    for (const { id: targetId } of change.targets)
      await applyTarget(here.world, { ...key, targetId });
    return key;
  };

  it("undoes nothing", async () => {
    const key = await paused();
    here.passes(1_000);
    const heardAt = here.world.now();
    here.passes(1_000);
    await stop();
    here.passes(1_000);
    expect(await undoChange(here.world, key, anAdmin, heardAt)).toMatchObject(cameMeanwhile);
  });

  it("reverses nothing", async () => {
    const key = await paused();
    here.passes(1_000);
    const at = here.world.now();
    here.passes(1_000);
    await stop();
    const reversed = await reverseChange(here.world, key, { by: "U_ADA", at }, async () => anAdmin);
    expect(reversed).toMatchObject({ submitted: cameMeanwhile });
  });

  it("tries no resume again", async () => {
    const first = await resume();
    if (first.kind !== "submitted") throw new Error(first.kind);
    const key = { workspace, changeId: first.change.id };
    here.shops.burki.before = (call) => {
      if (call === "act") fails("refused")();
    };
    for (const { id: targetId } of first.change.targets)
      expect(await applyTarget(here.world, { ...key, targetId })).toEqual({ kind: "done" });
    here.shops.burki.before = undefined;
    here.passes(1_000);
    const heardAt = here.world.now();
    here.passes(1_000);
    await stop();
    expect(await tryAgain(here.world, key, anAdmin, "again", heardAt)).toMatchObject(cameMeanwhile);
    here.passes(1_000);
    expect(await tryAgain(here.world, key, anAdmin, "later", here.world.now())).toMatchObject({
      kind: "submitted",
    });
  });

  it("lets no planned end come while a stop is still reading what runs", async () => {
    const until = new Date(here.world.now().getTime() + 60_000);
    const key = await paused({ until });
    here.passes(59_999);
    const list = holdsNextList();
    const stopping = stop();
    await list.asked;
    here.passes(2_000);
    const ended = await endPauseInTime(here.world, key, async () => aPerson({ ...anAdmin }));
    expect(ended).toMatchObject({ submitted: cameMeanwhile });
    list.letGo();
    await stopping;
    expect(here.shops.burki.effects).toEqual(["pause 1"]);
  });
});
