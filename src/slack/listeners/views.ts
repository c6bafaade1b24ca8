import { isAtHome } from "../../domain/campaign-link.ts";
import type { Change, Target } from "../../domain/change.ts";
import { folded } from "../../domain/normal-text.ts";
import { mayConfigure } from "../../domain/rights.ts";
import { isNumber, type TargetText } from "../../domain/target-text.ts";
import { homeOf } from "../../flows/find-exact.ts";
import { policyAsText } from "../../flows/policy-text.ts";
import { readCampaigns } from "../../flows/read-campaigns.ts";
import { seekCards } from "../../flows/seek-cards.ts";
import { listChanges } from "../../store/changes.ts";
import { type Connection, listConnections } from "../../store/connections.ts";
import { namedIn } from "../cards/approval-words.ts";
import { connectionsAnswer } from "../cards/connections-answer.ts";
import { historyAnswer } from "../cards/history-answer.ts";
import { policyAnswer } from "../cards/policy-answer.ts";
import { answer, type Desk, type Known, type Origin } from "./desk.ts";

const lookBack = 200;
const mostShown = 20;

/** Past changes, the newest first; of one campaign if it is named. */
export async function showHistory(
  desk: Desk,
  origin: Origin,
  [about]: readonly TargetText[],
): Promise<void> {
  const { workspace } = origin;
  const { store } = desk.world;
  const all = await store.read((q) => listChanges(q, { workspace, limit: lookBack }));
  const connections = about ? await store.read((q) => listConnections(q, workspace)) : [];
  const wanted = about && textOf(about);
  const found = about ? all.filter((change) => concerns(change, about, connections)) : all;
  const shown = found.slice(0, mostShown);
  await seekCards(desk.world, workspace, shown);
  const names = await desk.names.of(workspace, shown.flatMap(namedIn));
  await answer(desk, origin, historyAnswer(shown, wanted, names));
}

function concerns(change: Change, about: TargetText, all: readonly Connection[]): boolean {
  const wanted = folded(textOf(about));
  return change.targets.some((target) => {
    if (!isThere(target, about, all)) return false;
    if (folded(target.campaign.id) === wanted) return true;
    if (about.kind === "link") return false;
    return !isNumber(wanted) && folded(target.campaign.name).includes(wanted);
  });
}

/** Whether it is behind the connection that is named, or behind one into whose app the link leads. */
function isThere(target: Target, about: TargetText, all: readonly Connection[]): boolean {
  if (about.kind === "exact") return folded(target.connection) === folded(about.connection);
  if (about.kind !== "link") return true;
  const own = all.find(({ id }) => id === target.connectionId);
  return own !== undefined && isAtHome(about, homeOf(own));
}

function textOf(target: TargetText): string {
  return target.kind === "name" ? target.text : target.id;
}

const readWithinMs = 5_000;

/** What is connected, by whom, and whether its key works just now. */
export async function showConnections(
  desk: Desk,
  origin: Origin,
  { person, policy }: Known,
): Promise<void> {
  const { world } = desk;
  const rows = await world.store.read((q) => listConnections(q, origin.workspace));
  const listings = await readCampaigns(world, origin.workspace, { withinMs: readWithinMs });
  const shown = rows.map((row, place) => {
    const isTwin = ({ account }: Connection) => account !== undefined && account === row.account;
    const twin = rows.slice(0, place).find(isTwin);
    const listing = listings.find(({ connection }) => connection.id === row.id);
    return {
      name: row.name,
      vendor: row.vendor,
      hint: row.secretHint,
      connectedAt: row.createdAt,
      connectedBy: row.createdBy,
      ...(twin && { sameAs: twin.name }),
      ...(listing?.campaigns && { campaigns: listing.campaigns.length }),
      ...(listing?.unreadable !== undefined && { broken: listing.unreadable }),
    };
  });
  const mayConnect = mayConfigure(person, policy.policy).ok;
  await answer(desk, origin, connectionsAnswer(shown, mayConnect));
}

export async function showPolicy(desk: Desk, origin: Origin): Promise<void> {
  const { text, version } = await policyAsText(desk.world, origin.workspace);
  await answer(desk, origin, policyAnswer(text, version === 0));
}
