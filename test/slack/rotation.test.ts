import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { type MovedClock, movedClock } from "../../sandbox/moved-clock.ts";
import { openWorld } from "../../src/open-world.ts";
import { createLog } from "../../src/ops/log.ts";
import { configuredApp } from "../../src/slack/install/oauth-app.ts";
import { createRotation } from "../../src/slack/install/rotation.ts";
import { storedInstalls } from "../../src/slack/install/stored.ts";
import { createPace, slackPace } from "../../src/slack/pace.ts";
import { createSlackWeb } from "../../src/slack/web.ts";
import {
  everyInstall,
  type InstalledWorkspace,
  leaseRefresh,
  refreshAad,
} from "../../src/store/workspaces.ts";
import type { World } from "../../src/world.ts";
import { installIn } from "../support/install.ts";
import { settled, textOf } from "../support/journey.ts";

const hour = 3_600_000;

let house: House;
let clock: MovedClock;
let log: string[];
beforeEach(async () => {
  clock = movedClock();
  log = [];
  house = await startHouse({
    oauth: true,
    rotation: true,
    now: clock.now,
    log: createLog({ level: "info", stream: { write: (line: string) => void log.push(line) } }),
  });
  await installIn(house, { person: "dee" });
});
afterEach(() => house.close());

async function row(): Promise<InstalledWorkspace> {
  const [install] = await house.world.store.read(everyInstall);
  if (!install) throw new Error("nothing is installed");
  return install;
}

const refreshes = () =>
  house.slack
    .calls()
    .filter(({ method, args }) => method === "oauth.v2.access" && args.grant_type !== undefined);

/** What somebody is told who asks for something. */
async function asks(): Promise<string> {
  const before = house.slack.ephemerals("dee").length;
  await house.slack.typeCommand("dee", "C0OUTREACH", "/campaign list");
  await settled(house);
  return house.slack.ephemerals("dee").slice(before).map(textOf).join("\n");
}

/** Another process on the same database, with its own memory. */
function anotherProcess(world: World = house.world) {
  const app = configuredApp(house.config);
  if (!app) throw new Error("this house is not for many workspaces");
  const rotation = createRotation(world, app);
  return { rotation, installs: storedInstalls(world, app.apiUrl, rotation) };
}

const worksAtSlack = async (token: string | undefined) => {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${house.slack.url}/api/auth.test`, { method: "POST", headers });
  return ((await answer.json()) as { ok: boolean }).ok;
};

/** Ends this one token, as the app itself may. */
async function revoke(token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${house.slack.url}/api/auth.revoke`, { method: "POST", headers });
  expect(await answer.json()).toMatchObject({ ok: true, revoked: true });
}

/** What a process does that dies between Slack's answer and its commit. */
async function diesHalfWay(): Promise<void> {
  const install = await row();
  const { keyring, store } = house.world;
  const wanted = {
    lease: "ref_dead",
    until: new Date(clock.now().getTime() + 30_000),
    early: false,
  };
  expect(await store.write((q) => leaseRefresh(q, install, wanted, clock.now()))).toBe(true);
  const token = await keyring.open(install.rotation?.sealedRefresh ?? "", refreshAad(install));
  const given = await fetch(`${house.slack.url}/api/oauth.v2.access`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      client_id: house.slack.clientId,
      client_secret: house.slack.clientSecret,
      grant_type: "refresh_token",
      refresh_token: token ?? "",
    }),
  });
  expect(await given.json()).toMatchObject({ ok: true });
}

describe("an install whose tokens rotate", () => {
  it("is taken, with both tokens sealed", async () => {
    const { sealedToken, rotation } = await row();
    expect(house.slack.botToken).toMatch(/^xoxe\.xoxb-1-/);
    expect(rotation?.endsAt.getTime()).toBeGreaterThan(clock.now().getTime() + 11 * hour);
    for (const sealed of [sealedToken, rotation?.sealedRefresh ?? ""]) {
      expect(sealed).toContain("ciphertext");
      expect(sealed).not.toContain("xox");
    }
    expect(await asks()).toContain("/campaign");
    expect(refreshes()).toEqual([]);
  });

  it("gets its next token at half of its life, while the old one is still used", async () => {
    const first = house.slack.botToken;
    clock.advance(7 * hour);
    expect(await asks()).toContain("/campaign");
    await expect.poll(refreshes).toHaveLength(1);
    await expect
      .poll(async () => (await row()).rotation?.endsAt.getTime())
      .toBeGreaterThan(clock.now().getTime() + 11 * hour);
    expect(house.slack.botToken).not.toBe(first);
    clock.advance(6 * hour);
    expect(await worksAtSlack(first)).toBe(false);
    expect(await asks()).toContain("/campaign");
  });

  it("gets it first where the old one has ended long ago, and asks once however many need it", async () => {
    clock.advance(40 * hour);
    const { installs } = anotherProcess();
    const found = await Promise.all(
      Array.from({ length: 30 }, () => installs.find(house.workspace)),
    );
    expect(new Set(found.map((one) => one?.token.reveal()))).toEqual(
      new Set([house.slack.botToken]),
    );
    expect(refreshes()).toHaveLength(1);
    expect(await asks()).toContain("/campaign");
  });

  it("gets one for two processes that need it at once", async () => {
    clock.advance(40 * hour);
    const opened = await openWorld(house.config, {
      outside: { now: clock.now, random: Math.random },
    });
    onTestFinished(() => opened.close());
    const [one, other] = [anotherProcess(), anotherProcess(opened.world)];
    const found = await Promise.all([
      one.installs.find(house.workspace),
      other.installs.find(house.workspace),
    ]);
    expect(found.map((each) => each?.token.reveal())).toEqual(Array(2).fill(house.slack.botToken));
    expect(refreshes()).toHaveLength(1);
  });

  it("is left to the bot by a command, which ends before an answer may come, unless it cannot wait", async () => {
    const app = configuredApp(house.config);
    if (!app) throw new Error("this house is not for many workspaces");
    const brief = createRotation(house.world, app, { brief: true });
    clock.advance(7 * hour);
    const before = await row();
    expect(await brief.alive(before)).toBe(before);
    await brief.settled();
    expect(refreshes()).toEqual([]);
    clock.advance(6 * hour);
    expect((await brief.alive(before)).sealedToken).not.toBe(before.sealedToken);
    expect(refreshes()).toHaveLength(1);
  });

  it("survives a death between Slack's answer and the disk: the next start asks once more at once", async () => {
    clock.advance(7 * hour);
    await diesHalfWay();
    await house.restart();
    await expect
      .poll(async () => (await row()).rotation?.refreshAfter.getTime())
      .toBeGreaterThan(clock.now().getTime() + hour);
    clock.advance(6 * hour);
    expect(await asks()).toContain("/campaign");
  });

  it("lives on by its old token, and says so in the log, where Slack gives no second one any more", async () => {
    clock.advance(7 * hour);
    await diesHalfWay();
    clock.advance(hour / 2);
    await house.restart();
    await expect.poll(() => log.join("\n")).toContain("invalid_refresh_token");
    expect(log.join("\n")).toContain("the app has to be installed again");
    expect(await asks()).toContain("/campaign");
    await asks();
    // Refused is refused: it is not asked with every call.
    expect(refreshes().filter(({ ok }) => !ok)).toHaveLength(1);
    await installIn(house, { person: "dee" });
    clock.advance(7 * hour);
    expect(await asks()).toContain("/campaign");
  });

  it("keeps what Slack has given until the disk takes it", async () => {
    clock.advance(7 * hour);
    let refused = 0;
    const { store } = house.world;
    const stubborn: World = {
      ...house.world,
      store: {
        ...store,
        async write(run, options) {
          const isSave = String(run).includes("saveRefreshed");
          if (isSave && refused++ < 2) throw new Error("the disk is full");
          return store.write(run, options);
        },
      },
    };
    const { rotation } = anotherProcess(stubborn);
    await rotation.alive(await row());
    await rotation.settled();
    expect(refused).toBe(3);
    expect(refreshes()).toHaveLength(1);
    clock.advance(5.5 * hour);
    expect(await asks()).toContain("/campaign");
    expect(refreshes()).toHaveLength(1);
  });

  it.each([
    ["did not answer", false],
    ["did its work and its answer was lost", true],
  ])("asks again soon where Slack %s, and uses the old token meanwhile", async (_, afterActing) => {
    clock.advance(7 * hour);
    house.slack.faults.set({ method: "oauth.v2.access", status: 503, times: 1, afterActing });
    expect(await asks()).toContain("/campaign");
    expect(await asks()).toContain("/campaign");
    expect(refreshes()).toHaveLength(1);
    // What failed is written down a moment after the answer.
    await vi.waitFor(async () => {
      clock.advance(11_000);
      expect(await asks()).toContain("/campaign");
      expect(refreshes().map(({ ok }) => ok)).toEqual([false, true]);
    });
  });

  it("gets another one where Slack ends one early, and the call is made with that", async () => {
    await revoke(house.slack.botToken);
    const client = await createSlackWeb({
      apiUrl: house.config.slackApiUrl,
      installs: anotherProcess().installs,
      pace: createPace(slackPace, clock.now),
    }).client(house.workspace);
    expect((await client.users.info({ user: "U0ANA00001" })).ok).toBe(true);
    expect(refreshes()).toHaveLength(1);
    expect(await worksAtSlack(house.slack.botToken)).toBe(true);
  });

  it("is not taken for removed when one of its tokens ends, and is when all do", async () => {
    // Slack tells of it.
    await revoke(house.slack.botToken);
    await expect.poll(refreshes).toHaveLength(1);
    await settled(house);
    expect((await row()).id).toBe(house.workspace);
    await house.slack.uninstall({ events: ["tokens_revoked"] });
    await settled(house);
    expect(await house.world.store.read(everyInstall)).toEqual([]);
  });

  it("G57: has both tokens bound to their place and counted with the key that seals them", async () => {
    const install = await row();
    const { keyring } = house.world;
    const elsewhere = { ...install, id: "T0ELSEWHERE" };
    const { sealedRefresh = "" } = install.rotation ?? {};
    expect(await keyring.open(sealedRefresh, refreshAad(elsewhere))).toBeUndefined();
    expect(await keyring.open(sealedRefresh, refreshAad(install))).toMatch(/^xoxe-1-/);
  });
});
