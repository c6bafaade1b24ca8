import { copyFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import type { PretendMessage } from "../../sandbox/slack/types.ts";
import { listChanges } from "../../src/store/changes.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { openJobs } from "../../src/store/jobs.ts";
import { buildProgram, type Child, cleanUp } from "../command-line/child.ts";
import { figures } from "../hostile/figures.ts";
import { buttonsOn, outreach } from "../support/journey.ts";
import { startOwnProcess } from "../support/own-process.ts";
import { eventually } from "./eventually.ts";
import { makeSmallDisk } from "./small-disk.ts";
import { isTaken, lostOf, type Typed, typeAs } from "./typist.ts";

const disk = makeSmallDisk();
if (!disk.isSmall) process.stdout.write("SKIPPED: H61 fills a small disk, and may not make one\n");

let house: House;
let bot: Child & { url: string };
let store: Store;
let waitingCard: PretendMessage | undefined;
beforeAll(async () => {
  await buildProgram();
  house = await startHouse({
    now: () => new Date(),
    logLevel: "silent",
    connected: ["burki", "woodpecker"],
  });
  await house.stopBot();
});
afterAll(async () => {
  bot?.process.kill("SIGTERM");
  await bot?.ended;
  await house?.close();
  cleanUp();
  disk.remove();
});

/** A database that knows the house's connections, on the small disk. */
function copyOfTheHouse(name: string): string {
  const file = join(disk.folder, name);
  copyFileSync(house.config.databaseUrl.slice("file:".length), file);
  return file;
}

/** The bot on this file, with a card that waits for somebody. */
async function startOn(file: string): Promise<void> {
  house.slack.reset();
  for (const vendor of Object.values(house.vendors)) vendor.reset();
  bot = await startOwnProcess(house, { DATABASE_URL: `file:${file}` });
  store = await openStore(`file:${file}`);
  await typeAs(house, "ana", "resume woodpecker:108 because it is time");
  const newest = () => house.slack.messages(outreach).find(({ threadTs }) => !threadTs);
  await eventually("a card", () => buttonsOn(newest()).length > 0, 10_000);
  waitingCard = newest();
}

async function stop(): Promise<void> {
  await store.close();
  bot.process.kill("SIGTERM");
  expect(await bot.ended).toMatchObject({ code: 0, err: "" });
}

const readiness = async () => {
  const answer = await fetch(`${bot.url}/readyz`);
  return `${answer.status} ${(await answer.text()).trim()}`;
};

function pressApprove() {
  const approve = buttonsOn(waitingCard).find(({ label }) => label.startsWith("Approve"));
  const place = { channel: outreach, ts: waitingCard?.ts ?? "" };
  return house.slack.press("dee", place, approve?.actionId ?? "", approve?.blockId);
}

interface Tried {
  typed: Typed[];
  clicks: number[];
  readiness: string[];
  slowestMs: number;
}

/** What people and the platform's probes meet while something is wrong with the disk. */
async function tryFor(ms: number): Promise<Tried> {
  const tried: Tried = { typed: [], clicks: [], readiness: [], slowestMs: 0 };
  const end = performance.now() + ms;
  const keepOn = async (act: () => Promise<void>) => {
    while (performance.now() < end) {
      const begun = performance.now();
      await act();
      tried.slowestMs = Math.max(tried.slowestMs, Math.round(performance.now() - begun));
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  };
  await Promise.all([
    keepOn(async () => void tried.typed.push(await typeAs(house, "ana", "pause burki:42"))),
    keepOn(async () => void tried.typed.push(await typeAs(house, "ana", "status burki:7"))),
    keepOn(async () => void tried.clicks.push((await pressApprove()).status)),
    keepOn(async () => void tried.readiness.push(await readiness())),
  ]);
  return tried;
}

const isRefused = ({ delivery }: Typed) =>
  delivery.body.includes("could not write this down just now, so nothing was done");

function expectPoliteRefusals({ typed, clicks, readiness, slowestMs }: Tried): void {
  expect(typed.filter((one) => !isTaken(one) && !isRefused(one))).toEqual([]);
  expect(typed.filter(isRefused).length).toBeGreaterThan(3);
  expect(clicks).toContain(503);
  expect(readiness).toContain("503 the database cannot be written");
  expect(slowestMs).toBeLessThan(3_000);
}

/** By itself: nobody starts it anew. Gives how long it took to be ready again. */
async function expectRecovery(tried: Tried): Promise<number> {
  const ready = await eventually("ready", async () => (await readiness()) === "200 ready", 5_000);
  tried.typed.push(await typeAs(house, "ana", "status burki:42"));
  expect(tried.typed.at(-1)?.delivery).toMatchObject({ status: 200, body: "" });
  expect((await pressApprove()).status).toBe(200);
  await eventually("no job is left", async () => isIdle(await store.read(openJobs)), 40_000);
  expect(await lostOf(store, tried.typed)).toEqual([]);
  const changes = await store.read((q) => listChanges(q, { workspace: house.workspace }));
  // One for the card that waited; one for all the pauses, if any was taken.
  expect(changes.length).toBeLessThanOrEqual(2);
  expect(house.vendors.woodpecker.log().filter(({ changing }) => changing)).toHaveLength(1);
  expect(bot.process.exitCode).toBe(null);
  return ready;
}

/** What looks at something a while later may stay. */
const later = ["expire_change", "watch_target", "end_pause", "tidy"];
const isIdle = (jobs: ReadonlyMap<string, number>) =>
  [...jobs.keys()].every((kind) => later.includes(kind));

function say(what: string, { typed, clicks, slowestMs }: Tried, readyMs: number): void {
  const [kept, refused] = [typed.filter(isTaken).length, typed.filter(isRefused).length];
  const clicked = clicks.filter((status) => status === 503).length;
  figures(
    `${what}: ${kept} commands kept, ${refused} refused in words, ${clicked} of ${clicks.length} clicks 503; slowest answer ${slowestMs} ms; ready ${readyMs} ms after its end`,
  );
}

describe("a bot whose file cannot be written", () => {
  it("H60: refuses in words while another process holds it for ten seconds, and carries on", async () => {
    const file = copyOfTheHouse("held.db");
    await startOn(file);
    const other = new Database(file);
    other.exec("BEGIN IMMEDIATE");
    const tried = await tryFor(10_000);
    other.exec("ROLLBACK");
    other.close();
    expectPoliteRefusals(tried);
    say("locked for 10 s", tried, await expectRecovery(tried));
    await stop();
  });

  it.skipIf(!disk.isSmall)(
    "H61: refuses in words while its disk is full, and carries on when there is room",
    async () => {
      const file = copyOfTheHouse("full.db");
      await startOn(file);
      disk.fillUp();
      const tried = await tryFor(5_000);
      disk.makeRoom();
      expectPoliteRefusals(tried);
      say("disk full for 5 s", tried, await expectRecovery(tried));
      const database = new Database(file, { readonly: true });
      expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
      database.close();
      await stop();
    },
  );

  it.skipIf(!disk.isSmall)(
    "H61: does not start on a full disk, says so, and starts later",
    async () => {
      const file = copyOfTheHouse("later.db");
      disk.fillUp();
      await expect(startOn(file)).rejects.toThrow(
        /it ended with 75: .*disk of the database is full/,
      );
      disk.makeRoom();
      await startOn(file);
      await stop();
    },
  );
});
