import type { Change } from "../domain/change.ts";
import type { Person } from "../domain/person.ts";
import { isEnded } from "../domain/settle.ts";
import { loadChange } from "../store/changes.ts";
import type { World } from "../world.ts";
import { stillPaused } from "./end-pause.ts";
import { wishAgain } from "./follow-change.ts";
import { idFrom } from "./ids.ts";
import type { ChangeKey } from "./move-change.ts";
import { type Submitted, submitChange } from "./submit-change.ts";

export type Reversal =
  /** It is still being carried out, and is taken back when it has ended. */
  | { kind: "too_early" }
  | { kind: "nothing_left"; change: Change }
  | { kind: "asked"; change: Change; submitted: Submitted };

/**
 * Takes back what acted first: a resume of the campaigns that still stand paused by it, in the name of whoever
 * reversed it, or of its asker where nobody answered for it. The rule it acted under is leave enough.
 * Undefined: no such change in this workspace.
 */
export async function reverseChange(
  world: World,
  key: ChangeKey,
  { by, reason }: { by?: string | undefined; reason?: string | undefined },
  personOf: (id: string) => Promise<Person>,
): Promise<Reversal | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (!change) return undefined;
  if (!isEnded(change.state)) return { kind: "too_early" };
  const paused = await stillPaused(world, change);
  if (paused.length === 0) return { kind: "nothing_left", change };
  const { until: _ended, reason: _asked, ...wish } = wishAgain(change, paused);
  const submitted = await submitChange(world, {
    ...wish,
    action: "resume",
    by: await personOf(by ?? change.askedBy),
    requestKey: idFrom("reverse", change.workspace, change.id),
    reason: reason ?? (by ? `${change.id} was reversed.` : `Nobody ratified ${change.id} in time.`),
    leave: `${change.verdict.rule}: ${by ? "reversed" : "nobody ratified it"}`,
  });
  return { kind: "asked", change, submitted };
}
