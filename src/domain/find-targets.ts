import type { Campaign, CampaignRef, VendorName } from "./campaign.ts";
import { folded } from "./glob.ts";
import { nearestNames } from "./nearest-names.ts";
import type { TargetText } from "./target-text.ts";

export interface ConnectionName {
  id: string;
  name: string;
  vendor: VendorName;
}

/** A campaign as listed, with the connection through which it was read. */
export interface Listed {
  connection: ConnectionName;
  campaign: Campaign;
}

export type FoundTargets =
  | { kind: "found"; found: CampaignRef[] }
  /** Several fit; at most ten of them. */
  | { kind: "ambiguous"; text: string; candidates: CampaignRef[] }
  /** None fits; at most five that are spelt alike. */
  | { kind: "none"; text: string; nearest: CampaignRef[] }
  | { kind: "no_connection"; name: string; known: string[] };

/** Which campaigns the texts mean; the first text that is not clear decides the answer. */
export function findTargets(
  texts: readonly TargetText[],
  campaigns: readonly Listed[],
  connections: readonly ConnectionName[],
): FoundTargets {
  const found = new Map<string, CampaignRef>();
  for (const text of texts) {
    const one = findOne(text, campaigns, connections);
    if (one.kind !== "found") return one;
    for (const ref of one.found)
      found.set(JSON.stringify([ref.connectionId, ref.campaign.id]), ref);
  }
  return { kind: "found", found: [...found.values()] };
}

function findOne(
  text: TargetText,
  campaigns: readonly Listed[],
  connections: readonly ConnectionName[],
): FoundTargets {
  if (text.kind === "name") return choose(text.text, campaigns, !text.quoted);
  if (text.kind === "id") return choose(text.id, campaigns, true);
  const connection = connections.find(({ name }) => folded(name) === folded(text.connection));
  if (connection) {
    const within = campaigns.filter((listed) => listed.connection.id === connection.id);
    const byId = within.filter(({ campaign }) => campaign.id === text.id);
    return choose(text.id, byId.length > 0 ? byId : within, true);
  }
  const asName = choose(`${text.connection}:${text.id}`, campaigns, false);
  return asName.kind === "none"
    ? { kind: "no_connection", name: text.connection, known: connections.map(({ name }) => name) }
    : asName;
}

/** An id or a whole name beats a part of a name. */
function choose(text: string, campaigns: readonly Listed[], idsToo: boolean): FoundTargets {
  const wanted = folded(text);
  const whole = campaigns.filter(
    ({ campaign }) => folded(campaign.name) === wanted || (idsToo && campaign.id === text),
  );
  const fitting =
    whole.length > 0
      ? whole
      : campaigns.filter(({ campaign }) => wanted !== "" && folded(campaign.name).includes(wanted));
  const [only, second] = fitting;
  if (!only) return { kind: "none", text, nearest: nearestNames(wanted, campaigns, 5).map(refOf) };
  if (second) return { kind: "ambiguous", text, candidates: fitting.slice(0, 10).map(refOf) };
  return { kind: "found", found: [refOf(only)] };
}

/** How a listed campaign is named from then on. */
export function refOf({ connection, campaign: { id, name } }: Listed): CampaignRef {
  return {
    connectionId: connection.id,
    connection: connection.name,
    vendor: connection.vendor,
    campaign: { id, name },
  };
}
