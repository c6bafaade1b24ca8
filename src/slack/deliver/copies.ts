import type { Change } from "../../domain/change.ts";
import { isOwed } from "../../domain/ratify.ts";
import { idFrom } from "../../flows/ids.ts";
import type { Post } from "../../store/posts.ts";
import { comesBack, HeldBack, isUnknown, mayPass, slackErrorOf } from "../troubles.ts";
import { cardFor, type Show } from "./card-places.ts";
import { postInTurn } from "./post.ts";

interface Copy {
  person: string;
  id: string;
}

const askAgainMs = 10_000;

/** Gives those whom the rule names as people the card directly, each of them once; full members only. */
export async function postCopies(show: Show, posts: readonly Post[]): Promise<void> {
  await postCopiesFor(show, calledBy(show.change), posts);
}

/** The same for these people. Gives those who have one. */
export async function postCopiesFor(
  show: Show,
  people: readonly string[],
  posts: readonly Post[],
): Promise<string[]> {
  const known = new Set(posts.map(({ id }) => id));
  const having: string[] = [];
  for (const copy of copiesFor(show.change, people)) {
    const reason = known.has(copy.id) ? undefined : await whyNone(show, copy.person);
    if (reason !== undefined) noteLeftOut(show, reason);
    else if (known.has(copy.id) || (await postCopy(show, copy))) having.push(copy.person);
  }
  return having;
}

/** While there is something to decide. */
function copiesFor(change: Change, called: readonly string[]): Copy[] {
  const people = called.filter((id) => /^[UW][A-Z0-9]+$/.test(id));
  const others = [...new Set(people)].filter((id) => id !== change.askedBy);
  return others.map((person) => ({ person, id: idFrom("pst", change.id, person) }));
}

function calledBy(change: Change): readonly string[] {
  const { state, verdict, escalatedAt } = change;
  if (verdict.kind === "ratify") return isOwed(change) ? (verdict.notify ?? []) : [];
  if (verdict.kind !== "approve" || state !== "waiting") return [];
  const { notify = [], onTimeout } = verdict;
  const others = escalatedAt && typeof onTimeout === "object" ? onTimeout.escalate : [];
  return [...notify, ...others];
}

/** A card is not for guests and people of other organisations. Throws where Slack cannot say just now who it is. */
async function whyNone({ people, change }: Show, id: string): Promise<string | undefined> {
  const known = await people.know(change.workspace, id, { admins: [], groups: [] });
  if (known.kind === "person")
    return known.person.kind === "member" ? undefined : known.person.kind;
  if (mayPass(known.reason)) throw new HeldBack(askAgainMs);
  return known.reason;
}

function noteLeftOut({ world, change: { workspace, id } }: Show, reason: string): void {
  const facts = { workspace, change: id, reason };
  world.log.info("somebody whom a rule names gets no card of their own", facts);
}

/** A crash between the message and its memory leaves a spare copy, which works and is adopted when pressed. */
async function postCopy(show: Show, { person, id }: Copy): Promise<boolean> {
  const { web, memory, change } = show;
  const { workspace, id: changeId, version: shownVersion } = change;
  try {
    const card = await cardFor(show, person, true);
    const turn = { workspace, channel: person, who: changeId, importance: "card" } as const;
    const place = await postInTurn(web, turn, card);
    const known = { workspace, id, changeId, ...place, shownVersion, copy: true };
    await memory.keep(known);
    return true;
  } catch (error) {
    const reason = slackErrorOf(error);
    const skipped = show.nextBest && isUnknown(error);
    if ((comesBack(error) && !skipped) || reason === undefined) throw error;
    noteLeftOut(show, reason);
    return false;
  }
}
