import { type Identity, sameAccount } from "../domain/identity.ts";
import { type Connection, listConnections } from "../store/connections.ts";
import { explain } from "../vendors/explain.ts";
import { inTime } from "../waiting.ts";
import type { World } from "../world.ts";
import type { FoundTarget } from "./find-wished.ts";
import { openTarget } from "./open-target.ts";
import { readCampaign } from "./scene.ts";

/** A campaign that was meant and that nothing more can be done about, and why, in a sentence. */
export interface Lost {
  target: Identity;
  sentence: string;
}

/** The very campaigns that were meant: those that are still there, and those that are not. */
export interface SameCampaigns {
  there: readonly FoundTarget[];
  lost: readonly Lost[];
}

/** How long one campaign is waited for; what does not answer in time is taken as it stands on record. */
const readWithinMs = 5_000;

/** `unread`: no platform is asked; for what is answered at once and sends nothing where it is so already. */
interface How {
  unread?: boolean;
  withinMs?: number;
}

/**
 * Follows identities: connection, account and campaign id, never a name. Whatever follows a change (undo, try again, extend,
 * the planned end, reverse), a form or a choice gets its campaigns from here and from nowhere else.
 */
export async function sameCampaigns(
  world: World,
  workspace: string,
  targets: readonly Identity[],
  { unread = false, withinMs = readWithinMs }: How = {},
): Promise<SameCampaigns> {
  const connections = await world.store.read((q) => listConnections(q, workspace));
  const looks = await Promise.all(
    targets.map(async (target): Promise<FoundTarget | Lost> => {
      const now = connections.find(({ id }) => id === target.connectionId);
      if (!now) {
        return { target, sentence: `The connection ${target.connection} has been removed.` };
      }
      const unchanged = sameAccount(target, now) === "same";
      if (unread && unchanged) return onRecord(target, now);
      return lookFor(world, workspace, target, now, withinMs);
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
  target: Identity,
  now: Connection,
  withinMs: number,
): Promise<FoundTarget | Lost> {
  const { campaign } = target;
  const opened = await openTarget(world, workspace, target, { withinMs });
  if (opened.kind === "other") return { target, sentence: opened.sentence };
  if (opened.kind !== "open") return onRecord(target, now);
  const asOnRecord = onRecord(target, opened.connection);
  const read = await inTime(readCampaign(opened.account, campaign.id), withinMs);
  if (read?.kind === "campaign") return { ...asOnRecord, seen: read.campaign };
  if (read?.kind !== "failure" || read.failure.facts.kind !== "not_found") return asOnRecord;
  const { sentence } = explain(read.failure.facts, {
    campaignName: campaign.name,
    changing: false,
  });
  return { target, sentence };
}

function onRecord(
  { connectionId, vendor, campaign, mark, unread, calledNow }: Identity,
  now: Connection,
): FoundTarget {
  const { name: connection, version: connectionVersion, baseUrl, account } = now;
  return {
    ...{ connectionId, connection, vendor, campaign, connectionVersion, baseUrl },
    ...(account !== undefined && { account }),
    ...(mark !== undefined && { mark }),
    ...(unread && { unread }),
    ...(calledNow !== undefined && { calledNow }),
  };
}
