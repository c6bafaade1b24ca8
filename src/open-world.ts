import { randomBytes } from "node:crypto";
import type { Config } from "./config.ts";
import { createMemories } from "./domain/memories.ts";
import { recentLists } from "./flows/read-campaigns.ts";
import { createLog, type Log } from "./ops/log.ts";
import type { Metrics } from "./ops/metrics.ts";
import type { Worker } from "./queue/worker.ts";
import { checkCanaries, missingKeys } from "./store/canaries.ts";
import { openStore, type Store, StoreRefused } from "./store/database.ts";
import { releaseLeases } from "./store/jobs.ts";
import { type Keyring, parseKeyring } from "./store/seal.ts";
import { createHttp } from "./vendors/http.ts";
import { createVendors } from "./vendors/index.ts";
import type { Witness } from "./vendors/tools.ts";
import type { World } from "./world.ts";

/** Clock and chance come from outside, so that both can be held still. */
export interface Outside {
  now(): Date;
  random(): number;
  /** Total time of one vendor call, in milliseconds. */
  vendorDeadlineMs?: number;
  log?: Log;
}
const realOutside: Outside = { now: () => new Date(), random: Math.random };

export interface OpenedWorld {
  world: World;
  /** Whom `world.wake` wakes; nobody until the app has started. */
  wakes: { worker?: Worker };
  /** Who keeps figures of the calls to platforms; nobody until the app has started. */
  figures: { metrics?: Metrics };
  close(): Promise<void>;
}

/** Opens the database with its keys and makes the World. Throws `StoreRefused` where it must not be used. */
export async function openWorld(
  config: Config,
  { exclusive = false, outside = realOutside }: { exclusive?: boolean; outside?: Outside } = {},
): Promise<OpenedWorld> {
  const { signingSecret, botToken, clientSecret, metricsToken } = config;
  const secrets = [signingSecret, botToken, clientSecret, metricsToken].flatMap(
    (one) => one?.reveal() ?? [],
  );
  const log = outside.log ?? createLog({ level: config.logLevel, secrets });
  const keyring = parseKeyring(config.keyring?.reveal() ?? "");
  if (!keyring.ok) throw new StoreRefused(`FERMATA_KEYRING: ${keyring.problems.join("; ")}`, 78);
  const onFault = (error: unknown) => log.error("a fault in the database", { error });
  const store = await openStore(config.databaseUrl, { exclusive, onFault });
  const canaries = await checkCanaries(store, keyring.keyring);
  const refusal = canaries.ok
    ? await whyNotServe(store, keyring.keyring, exclusive)
    : canaries.sentence;
  if (refusal !== undefined) {
    await store.close();
    throw new StoreRefused(refusal, 78);
  }
  // What a process that died had in hand is due at once, for nobody else can have it.
  if (exclusive && store.engine === "sqlite") await releaseLeases(store, outside.now());
  const wakes: OpenedWorld["wakes"] = {};
  const figures: OpenedWorld["figures"] = {};
  const { now, random, vendorDeadlineMs } = outside;
  const http = createHttp({
    allow: config.egressAllow,
    now,
    haste: config.haste,
    ...(vendorDeadlineMs !== undefined && { deadlineMs: vendorDeadlineMs }),
  });
  const memories = createMemories(now);
  const world: World = {
    store,
    keyring: keyring.keyring,
    vendors: createVendors({ http, now, haste: config.haste, witness: witnessFor(figures) }),
    now,
    random,
    haste: config.haste,
    newId: (prefix) => `${prefix}_${randomBytes(16).toString("base64url")}`,
    log,
    egressAllow: config.egressAllow,
    recentLists: memories.open(recentLists),
    memories,
    wake: () => wakes.worker?.wake(),
  };
  return { world, wakes, figures, close: () => store.close() };
}

function witnessFor(figures: OpenedWorld["figures"]): Witness {
  return {
    called: (vendor, outcome) => figures.metrics?.vendorCall(vendor, outcome),
    breakerChanged: (vendor, isOpen) => figures.metrics?.breaker(vendor, isOpen),
  };
}

/** A line that was dropped too early stops the bot, and no command: those are there to put it right. */
async function whyNotServe(
  store: Store,
  keyring: Keyring,
  exclusive: boolean,
): Promise<string | undefined> {
  const [missing] = exclusive ? await missingKeys(store, keyring) : [];
  return (
    missing &&
    `Some secrets are still sealed with the key ${missing}, which the keyring lacks. Put its line back and run \`fermata keys rewrap\`, or connect those accounts again.`
  );
}
