import type { Person } from "../domain/person.ts";
import type { ChangeKey } from "../flows/move-change.ts";
import { newJob } from "../queue/kinds.ts";
import { enqueue } from "../store/jobs.ts";
import type { World } from "../world.ts";
import { type Desk, visitorOf } from "./listeners/desk.ts";
import { comesBack, NotKnownYet } from "./troubles.ts";

/** In whose name a plan was to be carried out: somebody whom Slack does not know, today or later. */
class Nobody extends Error {
  override name = "Nobody";
}

const nobody = "Slack does not know the person any more in whose name this was to be done.";

/** Who somebody is. Throws `NotKnownYet` where Slack cannot say just now, and what `orNobody` catches where it never will. */
export function knownOrNobody(desk: Desk) {
  return async (workspace: string, user: string): Promise<Person> => {
    const visitor = await visitorOf(desk, workspace, user, "resume");
    if (visitor.kind === "person") return visitor.person;
    const trouble = new NotKnownYet(visitor.reason);
    throw comesBack(trouble) ? trouble : new Nobody(visitor.reason);
  };
}

/** Why nothing came of a plan, the one in whose name it was not being there among it; undefined where something did. */
export async function orNobody(
  work: () => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Nobody) return nobody;
    throw error;
  }
}

/** The planned end of a pause has come to nothing: said once, in its thread. */
export async function pauseStays(
  { store, now, wake }: Pick<World, "store" | "now" | "wake">,
  { workspace, changeId }: ChangeKey,
  sentence: string,
): Promise<void> {
  const thread = { changeId, about: "pause_stays", sentence } as const;
  const once = { key: `pause-stays:${workspace}:${changeId}` };
  await store.write((q) => enqueue(q, newJob("tell_thread", workspace, thread, once), now()));
  wake();
}
