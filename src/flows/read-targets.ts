import type { Campaign } from "../domain/campaign.ts";
import type { Identity } from "../domain/identity.ts";
import type { Connection } from "../store/connections.ts";
import { isPassing, VendorFailure } from "../vendors/failure.ts";
import type { OpenAccount } from "../vendors/vendor.ts";
import { inTime, rest } from "../waiting.ts";
import type { World } from "../world.ts";
import { campaignKey } from "./find-exact.ts";
import { openConnection } from "./open-connection.ts";
import { isStranger } from "./open-target.ts";

/** As many of one account are asked for one by one; of more, its whole list is read. */
const mostSingly = 3;
const againAfterMs = 1_000;

interface Reading {
  read: Map<string, Campaign>;
  over: boolean;
  /** Ask again where a trouble passes, as long as there is time. */
  patient: boolean;
  haste: number;
}

/**
 * These campaigns as their platforms show them now, by `campaignKey`. One that did not answer in time is missing, and so
 * is one that stands behind a connection that leads elsewhere by now.
 */
export async function readTargets(
  world: World,
  workspace: string,
  wanted: readonly Identity[],
  { withinMs, patient = false }: { withinMs: number; patient?: boolean },
): Promise<ReadonlyMap<string, Campaign>> {
  const reading: Reading = { read: new Map(), over: false, patient, haste: world.haste };
  const accounts = [...new Set(wanted.map(({ connectionId }) => connectionId))];
  const looks = accounts.map(async (connectionId) => {
    const opened = await openConnection(world, workspace, connectionId);
    const ids = wanted.filter((one) => one.connectionId === connectionId);
    if (opened.kind !== "open") return;
    await readAccount(reading, opened, ids);
  });
  await inTime(Promise.all(looks), withinMs / world.haste);
  reading.over = true;
  return new Map(reading.read);
}

async function readAccount(
  reading: Reading,
  { connection, account }: { connection: Connection; account: OpenAccount },
  wanted: readonly Identity[],
): Promise<void> {
  const keyOf = (id: string) => campaignKey(connection.id, id);
  const ids = wanted.map(({ campaign }) => campaign.id);
  const keep = (one: Campaign) => {
    const asked = wanted.find(({ campaign }) => campaign.id === one.id);
    if (asked && !isStranger(asked, connection, one)) reading.read.set(keyOf(one.id), one);
  };
  if (ids.length > mostSingly) {
    const list = await untilSaid(reading, () => account.list());
    for (const one of list ?? []) if (ids.includes(one.id)) keep(one);
  }
  const left = ids.filter((id) => !reading.read.has(keyOf(id)));
  await Promise.all(
    left.map(async (id) => {
      const one = await untilSaid(reading, () => account.get(id));
      if (one && !reading.over) keep(one);
    }),
  );
}

/** What the platform says; undefined where it does not, or where nobody waits for it any more. */
async function untilSaid<Value>(
  reading: Reading,
  ask: () => Promise<Value>,
): Promise<Value | undefined> {
  while (!reading.over) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof VendorFailure)) throw error;
      if (!reading.patient || !isPassing(error)) return undefined;
      await rest((error.facts.retryAfterMs ?? againAfterMs) / reading.haste);
    }
  }
  return undefined;
}
