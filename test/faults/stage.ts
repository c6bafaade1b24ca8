import Database from "better-sqlite3";
import { type House, type HouseOptions, startHouse } from "../../sandbox/house.ts";
import { openWorld } from "../../src/open-world.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import type { Child } from "../command-line/child.ts";
import { spawnOwnProcess } from "../support/own-process.ts";
import { gatherHistory, type History } from "./history.ts";
import { openTap, type Tap } from "./tap.ts";

/** A house whose bot is a process that may be killed at any moment, and everything that is written down about it. */
export interface Stage {
  house: House;
  tap: Tap;
  /** Starts the bot and resolves when it is ready; throws what it said if it ended before. */
  start(through?: readonly string[]): Promise<Child>;
  /** Looks at what a dead bot left: the file, the chain, every state. Throws if any is broken. */
  look(): Promise<void>;
  /** Jobs to do and changes that have not ended, read from outside while the bot runs. */
  open(): { jobs: number; waiting: string[]; changes: number };
  history(): Promise<History>;
  close(): Promise<void>;
}

/** Every wait for a platform is divided by it: two minutes become fifteen seconds. */
const haste = 8;

export async function openStage(options: Partial<HouseOptions> = {}): Promise<Stage> {
  const now = () => new Date();
  const house = await startHouse({ logLevel: "silent", vendorLatencyMs: 8, ...options, now });
  const tap = await openTap(now);
  const snapshots: Map<string, string>[] = [];
  const file = house.config.databaseUrl.slice("file:".length);
  let chainFault: string | undefined;
  await house.stopBot();
  return {
    house,
    tap,
    async start(through = []) {
      const child = await spawnOwnProcess(house, { FERMATA_HASTE: String(haste) }, through);
      tap.leadTo(await child.ready());
      house.slack.setBot(tap.url);
      return child;
    },
    async look() {
      // The first to open it writes: what was committed and not yet moved into the file is found there.
      const opened = await openWorld(house.config, { outside: { now, random: Math.random } });
      const verdict = await verifyAudit(opened.world.store);
      await opened.close();
      if (!verdict.ok) chainFault ??= verdict.sentence;
      snapshots.push(asking(file, statesIn));
    },
    open: () => asking(file, openIn),
    async history() {
      return { ...(await gatherHistory(house, { sent: tap.sent(), snapshots })), chainFault };
    },
    async close() {
      await tap.close();
      await house.close();
    },
  };
}

function asking<T>(file: string, ask: (database: Database.Database) => T): T {
  const database = new Database(file, { readonly: true, timeout: 2000 });
  try {
    return ask(database);
  } finally {
    database.close();
  }
}

function statesIn(database: Database.Database): Map<string, string> {
  const integrity = database.pragma("integrity_check", { simple: true });
  if (integrity !== "ok") throw new Error(`the file is damaged: ${String(integrity)}`);
  const rows = database
    .prepare("SELECT id, state FROM changes UNION ALL SELECT id, state FROM targets")
    .all() as { id: string; state: string }[];
  return new Map(rows.map(({ id, state }) => [id, state]));
}

/** A job for a planned end, an expiry or a later look waits for its time; the others have work to do. */
const atOnce = "'slack_request', 'submit_wish', 'apply_target', 'show_change', 'tell_asker'";

function openIn(database: Database.Database): ReturnType<Stage["open"]> {
  const jobs = database
    .prepare(`SELECT count(*) FROM jobs WHERE done_at IS NULL AND kind IN (${atOnce})`)
    .pluck()
    .get() as number;
  const open = database
    .prepare("SELECT id, state FROM changes WHERE state IN ('waiting', 'approved', 'running')")
    .all() as { id: string; state: string }[];
  const waiting = open.filter(({ state }) => state === "waiting").map(({ id }) => id);
  return { jobs, waiting, changes: open.length };
}
