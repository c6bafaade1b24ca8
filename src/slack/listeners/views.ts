import type { CampaignRef, Phase } from "../../domain/campaign.ts";
import { mayConfigure, maySee } from "../../domain/rights.ts";
import type { TargetText } from "../../domain/target-text.ts";
import { subcommands } from "../../domain/usages.ts";
import { findWished } from "../../flows/find-wished.ts";
import { policyAsText } from "../../flows/policy-text.ts";
import { type Listing, readCampaigns } from "../../flows/read-campaigns.ts";
import { readStatus } from "../../flows/read-status.ts";
import { listChanges } from "../../store/changes.ts";
import { listConnections } from "../../store/connections.ts";
import { noConnectionAnswer, refusalAnswer } from "../cards/answers.ts";
import { connectionsAnswer } from "../cards/connections-answer.ts";
import { noMatchAnswer } from "../cards/find-answers.ts";
import { helpAnswer } from "../cards/help-answer.ts";
import { historyAnswer } from "../cards/history-answer.ts";
import { listAnswer } from "../cards/list-answer.ts";
import { policyAnswer } from "../cards/policy-answer.ts";
import { statusAnswer } from "../cards/status-answer.ts";
import { answer, type Desk, type Origin, type Visitor } from "./desk.ts";

type Known = Extract<Visitor, { kind: "person" }>;

/** Reading is for members; the sentence says who else could. */
async function sees(desk: Desk, origin: Origin, { person, policy }: Known): Promise<boolean> {
  const leave = maySee(person, policy.policy);
  if (!leave.ok) await answer(desk, origin, refusalAnswer(leave.sentence));
  return leave.ok;
}

export async function showStatus(
  desk: Desk,
  origin: Origin,
  visitor: Known,
  targets: readonly TargetText[],
) {
  if (!(await sees(desk, origin, visitor))) return;
  const { world } = desk;
  if (targets.length === 0) {
    return showList(desk, origin, visitor, {});
  }
  const wished = await findWished(world, origin.workspace, targets);
  switch (wished.kind) {
    case "found":
    case "ambiguous": {
      const refs: readonly CampaignRef[] =
        wished.kind === "found" ? wished.targets : wished.candidates;
      const rows = await readStatus(world, origin.workspace, refs);
      return answer(desk, origin, statusAnswer(rows, world.now()));
    }
    case "none":
      return answer(desk, origin, noMatchAnswer(wished.text, wished.nearest));
    case "no_connection":
      return answer(desk, origin, noSuchConnection(wished, visitor));
  }
}

export async function showList(
  desk: Desk,
  origin: Origin,
  visitor: Known,
  filters: { connection?: string; phase?: Phase },
) {
  if (!(await sees(desk, origin, visitor))) return;
  const known = await desk.world.store.read((q) => listConnections(q, origin.workspace));
  const wanted = known.find(({ name }) => name.toLowerCase() === filters.connection?.toLowerCase());
  if (known.length === 0 || (filters.connection && !wanted)) {
    const names = known.map(({ name }) => name);
    return answer(
      desk,
      origin,
      noSuchConnection({ name: filters.connection ?? "", known: names }, visitor),
    );
  }
  const listings = await readCampaigns(
    desk.world,
    origin.workspace,
    wanted ? { connectionId: wanted.id } : {},
  );
  return answer(
    desk,
    origin,
    listAnswer(
      listings.map((one) => groupOf(one, filters.phase)),
      filters,
    ),
  );
}

function groupOf({ connection, campaigns = [], unreadable }: Listing, phase: Phase | undefined) {
  return {
    connection: connection.name,
    vendor: connection.vendor,
    campaigns: campaigns.filter((campaign) => !phase || campaign.phase === phase),
    ...(unreadable !== undefined && { unreadable }),
  };
}

function noSuchConnection(
  { name, known }: { name: string; known: readonly string[] },
  { person }: Known,
) {
  if (known.length === 0) return noConnectionAnswer(person.admin);
  return refusalAnswer(
    `There is no connection named ${name}.`,
    `Connected are: ${known.join(", ")}.`,
  );
}

export async function showHistory(
  desk: Desk,
  origin: Origin,
  visitor: Known,
  targets: readonly TargetText[],
) {
  if (!(await sees(desk, origin, visitor))) return;
  const { world } = desk;
  const all = await world.store.read((q) =>
    listChanges(q, { workspace: origin.workspace, limit: 200 }),
  );
  const [first] = targets;
  if (!first) return answer(desk, origin, historyAnswer(all.slice(0, 20)));
  const wanted = (first.kind === "name" ? first.text : first.id).toLowerCase();
  const about = all.filter((change) =>
    change.targets.some(({ connection, campaign }) => {
      if (first.kind === "exact" && connection.toLowerCase() !== first.connection.toLowerCase())
        return false;
      return campaign.id.toLowerCase() === wanted || campaign.name.toLowerCase().includes(wanted);
    }),
  );
  return answer(
    desk,
    origin,
    historyAnswer(about.slice(0, 20), first.kind === "name" ? first.text : first.id),
  );
}

export async function showConnections(desk: Desk, origin: Origin, visitor: Known) {
  if (!(await sees(desk, origin, visitor))) return;
  const rows = await desk.world.store.read((q) => listConnections(q, origin.workspace));
  const listings = await readCampaigns(desk.world, origin.workspace, { withinMs: 5_000 });
  const shown = rows.map((row) => {
    const listing = listings.find(({ connection }) => connection.id === row.id);
    return {
      name: row.name,
      vendor: row.vendor,
      hint: row.secretHint,
      connectedAt: row.createdAt,
      connectedBy: row.createdBy,
      ...(listing?.campaigns && { campaigns: listing.campaigns.length }),
      ...(listing?.unreadable !== undefined && { broken: listing.unreadable }),
    };
  });
  return answer(
    desk,
    origin,
    connectionsAnswer(shown, mayConfigure(visitor.person, visitor.policy.policy).ok),
  );
}

export async function showPolicy(desk: Desk, origin: Origin, visitor: Known) {
  if (!(await sees(desk, origin, visitor))) return;
  const { text, version } = await policyAsText(desk.world, origin.workspace);
  return answer(desk, origin, policyAnswer(text, version === 0));
}

const forAdmins = ["connect", "digest"];

export async function showHelp(
  desk: Desk,
  origin: Origin,
  { person, policy }: Known,
  topic?: string,
) {
  const admin = mayConfigure(person, policy.policy).ok;
  const sees = maySee(person, policy.policy).ok;
  const may = subcommands.filter(
    (one) => one === "help" || (sees && (admin || !forAdmins.includes(one))),
  );
  return answer(desk, origin, helpAnswer(topic, may));
}
