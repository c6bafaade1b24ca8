import type { Campaign } from "../domain/campaign.ts";
import { type Identity, isRecognised, sameAccount } from "../domain/identity.ts";
import type { Connection } from "../store/connections.ts";
import { inTime } from "../waiting.ts";
import type { World } from "../world.ts";
import { type Opened, openConnection } from "./open-connection.ts";
import { readCampaign } from "./scene.ts";

export type OpenedTarget =
  | Opened
  /** The connection leads somewhere else by now, or could not be shown to lead where it led. */
  | { kind: "other"; sentence: string };

/** How long a campaign is waited for that has to be recognised first. */
const recogniseWithinMs = 5_000;

/**
 * Opens the account of a campaign that somebody meant before. Where the connection was changed since, it is the account
 * that it was, or the campaign has to be recognised there: a new key of the same account is followed, another's is not.
 * `sent` says what is known of the calls that have left for it.
 */
export async function openTarget(
  world: World,
  workspace: string,
  asked: Identity,
  { withinMs = recogniseWithinMs, sent }: { withinMs?: number; sent?: string } = {},
): Promise<OpenedTarget> {
  const opened = await openConnection(world, workspace, asked.connectionId, sent);
  if (opened.kind !== "open") return opened;
  const sameness = sameAccount(asked, opened.connection);
  if (sameness === "same") return opened;
  if (sameness === "other") return { kind: "other", sentence: leadsElsewhere(asked) };
  const read = await inTime(readCampaign(opened.account, asked.campaign.id), withinMs);
  if (read?.kind === "campaign" && isRecognised(asked, read.campaign)) return opened;
  if (read?.kind === "campaign" || read?.failure.facts.kind === "not_found")
    return { kind: "other", sentence: leadsElsewhere(asked) };
  const sentence = `The connection ${asked.connection} was changed since, and its platform could not be read to make sure that this is the same campaign.`;
  return { kind: "other", sentence };
}

/** True of a campaign that was read through a connection that has been changed since, and is not the one that was meant. */
export function isStranger(asked: Identity, now: Connection, shown: Campaign): boolean {
  const sameness = sameAccount(asked, now);
  return sameness === "other" || (sameness === "unproven" && !isRecognised(asked, shown));
}

/** Said of a connection behind which the campaign that was meant is not to be found. */
function leadsElsewhere({ connection }: Pick<Identity, "connection">): string {
  return `The connection ${connection} was changed since, and does not show the same campaign there.`;
}
