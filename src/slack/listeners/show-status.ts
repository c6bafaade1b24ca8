import type { CampaignRef, Phase } from "../../domain/campaign.ts";
import { folded } from "../../domain/normal-text.ts";
import type { TargetText } from "../../domain/target-text.ts";
import { findWished } from "../../flows/find-wished.ts";
import { type Listing, readCampaigns } from "../../flows/read-campaigns.ts";
import { readStatus } from "../../flows/read-status.ts";
import { seekCardsOf } from "../../flows/seek-cards.ts";
import { listConnections } from "../../store/connections.ts";
import { noConnectionAnswer, refusalAnswer } from "../cards/answers.ts";
import { noMatchAnswer, unknownConnectionAnswer } from "../cards/find-answers.ts";
import { listAnswer } from "../cards/list-answer.ts";
import type { Message } from "../cards/message.ts";
import { statusAnswer } from "../cards/status-answer.ts";
import { answer, type Desk, type Known, type Origin } from "./desk.ts";

/** How the named campaigns stand; without a name, how all of them do. */
export async function showStatus(
  desk: Desk,
  origin: Origin,
  visitor: Known,
  targets: readonly TargetText[],
): Promise<void> {
  if (targets.length === 0) {
    await seekCardsOf(desk.world, origin.workspace);
    return showList(desk, origin, visitor, {});
  }
  const wished = await findWished(desk.world, origin.workspace, targets);
  switch (wished.kind) {
    case "found":
      return showThese(desk, origin, wished.targets);
    case "ambiguous":
      return showThese(desk, origin, wished.candidates, wished.unread);
    case "gone":
      return answer(desk, origin, refusalAnswer(wished.sentence));
    case "none": {
      const nearest = wished.nearest.map((campaign) => ({ campaign }));
      return answer(desk, origin, noMatchAnswer({ ...wished, nearest }));
    }
    case "no_connection":
      return answer(desk, origin, noSuchConnection(wished, visitor));
  }
}

async function showThese(
  desk: Desk,
  origin: Origin,
  refs: readonly CampaignRef[],
  unread: readonly string[] = [],
): Promise<void> {
  await seekCardsOf(desk.world, origin.workspace, refs);
  const rows = await readStatus(desk.world, origin.workspace, refs);
  await answer(desk, origin, statusAnswer(rows, desk.world.now(), unread));
}

/** Every campaign, by connection; narrowed to one connection or one state if wished. */
export async function showList(
  desk: Desk,
  origin: Origin,
  visitor: Known,
  filters: { connection?: string; phase?: Phase },
): Promise<void> {
  const known = await desk.world.store.read((q) => listConnections(q, origin.workspace));
  const wanted = known.find(({ name }) => folded(name) === folded(filters.connection ?? ""));
  if (known.length === 0 || (filters.connection && !wanted)) {
    const names = known.map(({ name }) => name);
    const missing = { name: filters.connection ?? "", known: names };
    return answer(desk, origin, noSuchConnection(missing, visitor));
  }
  const only = wanted ? { connectionId: wanted.id } : {};
  const listings = await readCampaigns(desk.world, origin.workspace, only);
  const groups = listings.map((listing) => groupOf(listing, filters.phase));
  await answer(desk, origin, listAnswer(groups, filters));
}

function groupOf({ connection, campaigns = [], unreadable }: Listing, phase: Phase | undefined) {
  return {
    connection: connection.name,
    vendor: connection.vendor,
    campaigns: campaigns.filter((campaign) => !phase || campaign.phase === phase),
    ...(unreadable !== undefined && { unreadable }),
  };
}

/** Where nothing is connected at all, that is what to say. */
export function noSuchConnection(
  { name, known, isLink }: { name: string; known: readonly string[]; isLink?: boolean },
  { person }: Pick<Known, "person">,
): Message {
  return known.length === 0
    ? noConnectionAnswer(person.admin)
    : unknownConnectionAnswer(name, known, isLink);
}
