import type { CampaignRef } from "../domain/campaign.ts";
import { judge } from "../domain/judge.ts";
import type { Policy } from "../domain/policy.ts";
import type { Q } from "../store/handle.ts";
import { type HeardStop, readingSince, stopsSince } from "../store/stops.ts";
import type { World } from "../world.ts";

/** A resume that was asked for before an emergency stop, and was ready only after it. */
export class StoppedMeanwhile extends Error {
  override readonly name = "StoppedMeanwhile";
  readonly stop: HeardStop;

  constructor(stop: HeardStop) {
    super("an emergency stop came in meanwhile");
    this.stop = stop;
  }
}

interface Heard {
  workspace: string;
  targets: readonly (CampaignRef & { account?: string })[];
  /** When it was asked for. */
  heardAt: Date;
}

/**
 * An emergency stop that was asked for after these campaigns were to be resumed, by somebody who may stop one of them.
 * Asked in the transaction that puts the resume on record, it leaves no moment in which a stop's sweep misses it.
 */
export async function stopSince(
  q: Q,
  policy: Policy,
  { workspace, targets, heardAt }: Heard,
): Promise<HeardStop | undefined> {
  const stops = await stopsSince(q, workspace, heardAt);
  return stops.find(({ at, askedBy: by, connectionIds, accounts }) =>
    targets
      .filter(
        ({ connectionId, account }) =>
          connectionIds.includes(connectionId) ||
          (account !== undefined && accounts?.includes(account)),
      )
      .some((one) => judge(policy, { action: "stop", by, targets: [one], at }).kind !== "deny"),
  );
}

/**
 * When something was asked for that nobody asks for at this moment, such as a planned end: before every stop that is
 * still reading what runs, because the stop holds those campaigns and is not on record yet.
 */
export async function plannedAt(
  { store }: Pick<World, "store">,
  workspace: string,
  at: Date,
): Promise<Date> {
  const stopAt = await store.read((q) => readingSince(q, workspace, at));
  return stopAt && stopAt < at ? stopAt : at;
}
