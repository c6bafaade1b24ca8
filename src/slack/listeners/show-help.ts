import { actions } from "../../domain/campaign.ts";
import type { PolicyAction } from "../../domain/policy.ts";
import { mayConfigure, maySee } from "../../domain/rights.ts";
import { type Subcommand, subcommands } from "../../domain/usages.ts";
import {
  type Account,
  type Allowance,
  hasSpecialRules,
  namedInAnswers,
  whatYouMay,
} from "../../domain/what-you-may.ts";
import { listConnections } from "../../store/connections.ts";
import type { World } from "../../world.ts";
import { helpAnswer } from "../cards/help-answer.ts";
import { placeNotes } from "../cards/place-notes.ts";
import { rightsLines } from "../cards/rights-words.ts";
import { answer, type Desk, type Known, type Origin } from "./desk.ts";

/** What this person may do in this place, and whom to ask for the rest. */
export async function showHelp(
  desk: Desk,
  origin: Origin,
  visitor: Known,
  topic?: string,
): Promise<void> {
  const { person, policy } = visitor;
  const accounts = await accountsOf(desk.world, origin.workspace);
  const all = whatYouMay(policy.policy, person, accounts, desk.world.now());
  const about = all.filter(({ actions }) => isAbout(topic, actions));
  const cardsGoTo = policy.policy.channel ?? origin.channel;
  const notes = placeNotes({
    elsewhere: policy.policy.channel,
    external: await desk.channels.isExternal(origin.workspace, cardsGoTo),
    special: about.length > 0 && hasSpecialRules(policy.policy),
    connected: accounts.length > 0,
  });
  const may = wordsFor(visitor, all);
  const names = await desk.names.of(origin.workspace, namedInAnswers(about));
  const rights = rightsLines(person, about, names);
  const here = { may, rights, notes, whyNot: whyNot(visitor, topic) };
  await answer(desk, origin, helpAnswer(topic, here));
}

async function accountsOf(world: World, workspace: string): Promise<Account[]> {
  const rows = await world.store.read((q) => listConnections(q, workspace));
  return rows.map(({ id: connectionId, name: connection, vendor }) => {
    const { capabilities } = world.vendors[vendor];
    const cannot = actions.filter((action) => "cannot" in capabilities[action]);
    return { connectionId, connection, vendor, cannot };
  });
}

const forAdmins: readonly Subcommand[] = ["connect", "digest", "doctor"];
const acting = ["pause", "resume", "cancel", "stop"] as const;

/** Left out: what only admins do, and actions that are refused everywhere. */
function wordsFor({ person, policy }: Known, all: readonly Allowance[]): Subcommand[] {
  const admin = mayConfigure(person, policy.policy).ok;
  const sees = maySee(person, policy.policy).ok;
  return subcommands.filter((word) => {
    const action = acting.find((one) => one === word);
    if (action) return sees && !isRefused(all, action);
    return word === "help" || (sees && (admin || !forAdmins.includes(word)));
  });
}

/** Of actions the rights themselves say it. */
function whyNot({ person, policy }: Known, topic: string | undefined): string | undefined {
  const word = subcommands.find((one) => one === topic?.toLowerCase());
  if (!word || word === "help" || acting.some((one) => one === word)) return undefined;
  const sees = maySee(person, policy.policy);
  if (!sees.ok) return sees.sentence;
  const leave = forAdmins.includes(word) ? mayConfigure(person, policy.policy) : sees;
  return leave.ok ? undefined : leave.sentence;
}

function isRefused(all: readonly Allowance[], action: PolicyAction): boolean {
  const found = all.find(({ actions }) => actions.includes(action));
  return found?.answers.every(({ verdict }) => verdict.kind === "deny") ?? false;
}

/** Help about a word that is no action says nothing of rights to act. */
function isAbout(topic: string | undefined, actions: readonly PolicyAction[]): boolean {
  const word = subcommands.find((one) => one === topic?.toLowerCase());
  return word === undefined || actions.some((action) => action === word);
}
