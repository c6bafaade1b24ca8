import type { Target } from "../domain/change.ts";
import { type Connection, listConnections } from "../store/connections.ts";
import { explain } from "../vendors/explain.ts";
import type { World } from "../world.ts";
import type { FoundTarget } from "./find-wished.ts";
import { inTime } from "./in-time.ts";
import { openConnection } from "./open-connection.ts";
import { readCampaign } from "./scene.ts";

/** A campaign of an earlier change that nothing more can be done about, and why, in a sentence. */
export interface Lost {
  target: Target;
  sentence: string;
}

/** The very campaigns of an earlier change: those that are still there, and those that are not. */
export interface SameCampaigns {
  there: readonly FoundTarget[];
  lost: readonly Lost[];
}

/** How long one campaign is waited for; what does not answer in time is taken as it stands on record. */
const readWithinMs = 5_000;

/**
 * Follows the identities of an earlier change: connection and campaign id, never a name. Whatever follows a change
 * (undo, try again, extend, the planned end, reverse) gets its campaigns from here and from nowhere else.
 * `unread`: no platform is asked; for what is answered at once and sends nothing where it is so already.
 */
export async function sameCampaigns(
  world: World,
  workspace: string,
  targets: readonly Target[],
  { unread = false }: { unread?: boolean } = {},
): Promise<SameCampaigns> {
  const connections = await world.store.read((q) => listConnections(q, workspace));
  const looks = await Promise.all(
    targets.map(async (target): Promise<FoundTarget | Lost> => {
      const now = connections.find(({ id }) => id === target.connectionId);
      if (!now) {
        return { target, sentence: `The connection ${target.connection} has been removed.` };
      }
      return unread ? onRecord(target, now) : lookFor(world, workspace, target, now);
    }),
  );
  return {
    there: looks.filter((one) => "connectionVersion" in one),
    lost: looks.filter((one) => "sentence" in one),
  };
}

async function lookFor(
  world: World,
  workspace: string,
  target: Target,
  now: Account,
): Promise<FoundTarget | Lost> {
  const { campaign } = target;
  const asOnRecord = onRecord(target, now);
  const read = await inTime(look(world, workspace, target), readWithinMs);
  if (read?.kind === "campaign") return { ...asOnRecord, seen: read.campaign };
  if (read?.kind !== "failure" || read.failure.facts.kind !== "not_found") return asOnRecord;
  const { sentence } = explain(read.failure.facts, {
    campaignName: campaign.name,
    changing: false,
  });
  return { target, sentence };
}

type Account = Pick<Connection, "name" | "version" | "baseUrl">;

/** With every name that the record has of it, and what it does not know. */
function onRecord(
  { connectionId, vendor, campaign, unread, calledNow }: Target,
  now: Account,
): FoundTarget {
  const { name: connection, version: connectionVersion, baseUrl } = now;
  return {
    ...{ connectionId, connection, vendor, campaign, connectionVersion, baseUrl },
    ...(unread && { unread }),
    ...(calledNow !== undefined && { calledNow }),
  };
}

async function look(world: World, workspace: string, { connectionId, campaign }: Target) {
  const opened = await openConnection(world, workspace, connectionId);
  return opened.kind === "open" ? readCampaign(opened.account, campaign.id) : undefined;
}
