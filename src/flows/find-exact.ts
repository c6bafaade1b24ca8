import type { Campaign } from "../domain/campaign.ts";
import { isAtHome, type LinkHome } from "../domain/campaign-link.ts";
import { folded } from "../domain/normal-text.ts";
import { isNumber, type TargetText } from "../domain/target-text.ts";
import type { Connection } from "../store/connections.ts";
import { inTime } from "../waiting.ts";
import type { World } from "../world.ts";
import type { FoundTarget } from "./find-wished.ts";
import { openAccount } from "./open-connection.ts";
import { readCampaign } from "./scene.ts";

/** How long a pause of `connection:id` waits to learn the campaign's name; what a rule needs is waited for later. */
export const exactMs = 2_000;

/**
 * The campaign that `connection:id` or a link names, asked for at that one vendor. A vendor that does not answer is no reason not to try
 * a pause; one that says "no such campaign" is: `missing`. Undefined of a text that is no such id.
 */
export async function findExact(
  world: World,
  connections: readonly Connection[],
  text: TargetText,
): Promise<FoundTarget | "missing" | undefined> {
  if (text.kind !== "exact" && text.kind !== "link") return undefined;
  const connection = connectionOf(connections, text);
  if (!connection) return undefined;
  const { id } = text;
  if (!world.vendors[connection.vendor].campaignId.test(id))
    return isNumber(id) ? "missing" : undefined;
  const opened = await openAccount(world, connection);
  if (opened.kind !== "open") return unreadIn(connection, id);
  const silence = { kind: "silence" as const };
  const read = await inTime(readCampaign(opened.account, id), exactMs / world.haste, silence);
  if (read.kind === "campaign") {
    return foundIn(opened.connection, { id, name: read.campaign.name }, read.campaign);
  }
  return read.kind === "failure" && read.failure.facts.kind === "not_found"
    ? "missing"
    : unreadIn(opened.connection, id);
}

/** The one that is named, or the only one into whose app a link leads. */
function connectionOf(
  connections: readonly Connection[],
  text: Extract<TargetText, { kind: "exact" | "link" }>,
): Connection | undefined {
  if (text.kind === "exact")
    return text.quoted
      ? undefined
      : connections.find(({ name }) => folded(name) === folded(text.connection));
  const [only, second] = connections.filter((one) => isAtHome(text, homeOf(one)));
  return second ? undefined : only;
}

/** Where links into the app of its platform are at home. */
export function homeOf({ vendor, baseUrl, options }: Connection): LinkHome {
  return { vendor, baseUrl, account: options.account };
}

/** A campaign that nobody has read yet: what stands for its name is its id. */
function unreadIn(connection: Connection, id: string): FoundTarget {
  return { ...foundIn(connection, { id, name: id }), unread: true };
}

/** A campaign of a connection, with all that tells it from every other one. */
export function foundIn(
  { id: connectionId, name: connection, vendor, version, baseUrl, account }: Connection,
  campaign: FoundTarget["campaign"],
  seen?: Campaign,
): FoundTarget {
  return {
    ...{ connectionId, connection, vendor, campaign, connectionVersion: version, baseUrl },
    ...(account !== undefined && { account }),
    ...(seen?.mark !== undefined && { mark: seen.mark }),
    ...(seen && { seen }),
  };
}

/** Two vendors may give the same id, so a campaign is known by both. */
export function campaignKey(connectionId: string, campaignId: string): string {
  return JSON.stringify([connectionId, campaignId]);
}
