import type { Person } from "../../domain/person.ts";
import { isCalled } from "../../domain/person.ts";
import type { Policy } from "../../domain/policy.ts";
import { isAmong } from "../../domain/rule-match.ts";
import { loadPolicy } from "../../flows/load-policy.ts";
import { newJob } from "../../queue/kinds.ts";
import { enqueue } from "../../store/jobs.ts";
import { postsOf } from "../../store/posts.ts";
import type { Show } from "./card-places.ts";
import { postCopiesFor } from "./copies.ts";
import { awaited, look } from "./stand-ins.ts";

/** So many get the card directly at most, out of so many who are looked up. */
const mostAsked = 10;
const mostLookedUp = 20;

/**
 * Where nobody who could decide sees a card that waits, those who could get it directly, and the asker is told whom.
 * What they see before they press is the same as in a channel.
 */
export async function askDirectly(show: Show): Promise<void> {
  const { world, change } = show;
  const from = awaited(change);
  if (from.length === 0) return;
  const { workspace, id } = change;
  const posts = await world.store.read((q) => postsOf(q, workspace, id));
  const living = posts.filter(({ gone, copy }) => !gone && !copy);
  const readers = await readersOf(show, [...new Set(living.map(({ channel }) => channel))]);
  if (readers === "everybody") return;
  const able = await whoCould(show, from);
  if (able.some(({ ids }) => ids.some((one) => readers.ids.includes(one)))) return;
  const people = able.slice(0, mostAsked).map(({ person }) => person);
  await tellAsker(show, await postCopiesFor(show, people, posts), readers.more ?? false);
}

async function readersOf(
  { channels, change }: Show,
  places: readonly string[],
): ReturnType<Show["channels"]["readers"]> {
  const ids: string[] = [];
  let more = false;
  for (const channel of places) {
    const found = await channels.readers(change.workspace, channel);
    if (found === "everybody") return found;
    ids.push(...found.ids);
    more ||= found.more ?? false;
  }
  return { ids, more };
}

/** Those who may decide it now, as far as they are known by name; the asker is none of them. */
async function whoCould(
  { world, people, admins, change }: Show,
  from: readonly string[],
): Promise<{ person: string; ids: string[] }[]> {
  const { workspace, askedBy } = change;
  const { policy } = await loadPolicy(world, workspace);
  const lists = await Promise.all(
    from.map(async (one) => {
      if (/^S[A-Z0-9]+$/.test(one)) return (await people.members(workspace, one)) ?? [];
      // Any member may: an admin is one, and known by name.
      if (one !== "admins" && one !== "members") return [one];
      return [...(policy.admins ?? []), ...(await admins.of(workspace))];
    }),
  );
  const ids = [...new Set(lists.flat())].filter((one) => /^[UW][A-Z0-9]+$/.test(one));
  const known = await Promise.all(
    ids.slice(0, mostLookedUp).map(async (person) => ({
      person,
      who: await look(people, workspace, person, { policy, from }),
    })),
  );
  return known.flatMap(({ person, who }) =>
    who && mayDecide(who, askedBy, { from, policy })
      ? [{ person, ids: [who.id, ...(who.otherIds ?? [])] }]
      : [],
  );
}

function mayDecide(
  who: Person,
  askedBy: string,
  { from, policy }: { from: readonly string[]; policy: Policy },
): boolean {
  return who.kind === "member" && !isCalled(who, askedBy) && isAmong(from, who, policy);
}

async function tellAsker(
  { world, change: { workspace, id: changeId } }: Show,
  people: string[],
  unsure: boolean,
): Promise<void> {
  const key = `called:${workspace}:${changeId}`;
  const job = newJob("tell_called", workspace, { changeId, people, unsure }, { key });
  await world.store.write((q) => enqueue(q, job, world.now()));
  world.wake();
}
