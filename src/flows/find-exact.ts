import type { TargetText } from "../domain/target-text.ts";
import type { Connection } from "../store/connections.ts";
import type { World } from "../world.ts";
import type { FoundTarget } from "./find-wished.ts";
import { openAccount } from "./open-connection.ts";
import { readCampaign } from "./scene.ts";

/** How long a pause of `connection:id` waits to learn the campaign's name; what a rule needs is waited for later. */
const exactMs = 2_000;

/** The campaigns named as `connection:id`, each once; undefined unless all of them are, and none is denied by its vendor. */
export async function findExact(
  world: World,
  connections: readonly Connection[],
  texts: readonly TargetText[],
): Promise<FoundTarget[] | undefined> {
  const found = await Promise.all(texts.map((text) => readExact(world, connections, text)));
  return found.every((target) => target !== undefined) ? once(found) : undefined;
}

/** A vendor that does not answer is no reason not to try a pause; one that says "no such campaign" is. */
async function readExact(
  world: World,
  connections: readonly Connection[],
  text: TargetText,
): Promise<FoundTarget | undefined> {
  if (text.kind !== "exact") return undefined;
  const wanted = text.connection.toLowerCase();
  const connection = connections.find(({ name }) => name.toLowerCase() === wanted);
  if (!connection || !world.vendors[connection.vendor].campaignId.test(text.id)) return undefined;
  const ref = {
    connectionId: connection.id,
    connection: connection.name,
    vendor: connection.vendor,
    connectionVersion: connection.version,
    baseUrl: connection.baseUrl,
  };
  const unread = { ...ref, campaign: { id: text.id, name: text.id }, unread: true };
  const opened = await openAccount(world, connection);
  if (opened.kind !== "open") return unread;
  const read = await Promise.race([readCampaign(opened.account, text.id), silence(exactMs)]);
  if (read.kind === "campaign") {
    return { ...ref, campaign: { id: text.id, name: read.campaign.name }, seen: read.campaign };
  }
  return read.kind === "failure" && read.failure.facts.kind === "not_found" ? undefined : unread;
}

function silence(ms: number): Promise<{ kind: "silence" }> {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ kind: "silence" }), ms).unref();
  });
}

function once(targets: readonly FoundTarget[]): FoundTarget[] {
  return [
    ...new Map(
      targets.map((one) => [campaignKey(one.connectionId, one.campaign.id), one]),
    ).values(),
  ];
}

/** Two vendors may give the same id, so a campaign is known by both. */
export function campaignKey(connectionId: string, campaignId: string): string {
  return JSON.stringify([connectionId, campaignId]);
}
