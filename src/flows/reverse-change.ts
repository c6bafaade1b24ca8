import type { Change, Target } from "../domain/change.ts";
import type { Person } from "../domain/person.ts";
import type { Wished } from "../domain/plan.ts";
import { isEnded } from "../domain/settle.ts";
import { loadChange } from "../store/changes.ts";
import type { World } from "../world.ts";
import { asWeLeftIt } from "./as-we-left-it.ts";
import { plansOf } from "./end-pause.ts";
import { type Followed, submitSame, wishAgain } from "./follow-change.ts";
import { idFrom } from "./ids.ts";
import type { ChangeKey } from "./move-change.ts";
import { type Lost, sameCampaigns } from "./same-campaigns.ts";
import { plannedAt } from "./stopped-since.ts";
import { submittedEarlier } from "./submit-change.ts";

export type Reversal =
  /** It is still being carried out, and is taken back when it has ended. */
  | { kind: "too_early" }
  | { kind: "nothing_left"; change: Change }
  | { kind: "asked"; change: Change; submitted: Followed };

/** Who takes it back and why; nobody where the time to answer for it was over. */
interface From {
  by?: string | undefined;
  at?: Date | undefined;
  reason?: string | undefined;
}

/**
 * Takes back what acted first: a resume of the campaigns that still stand paused by it, in the name of whoever
 * reversed it, or of its asker where nobody answered for it. The rule it acted under is leave enough.
 * Undefined: no such change in this workspace.
 */
export async function reverseChange(
  world: World,
  key: ChangeKey,
  from: From,
  personOf: (id: string) => Promise<Person>,
): Promise<Reversal | undefined> {
  const { at = world.now() } = from;
  const heardAt = from.by === undefined ? await plannedAt(world, key.workspace, at) : at;
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  if (!change) return undefined;
  if (!isEnded(change.state)) return { kind: "too_early" };
  const requestKey = idFrom("reverse", change.workspace, change.id);
  const earlier = await submittedEarlier(world, { workspace: change.workspace, requestKey });
  if (earlier) return { kind: "asked", change, submitted: { kind: "submitted", change: earlier } };
  const paused = (await plansOf(world, change)).flatMap(({ target, plan }) =>
    plan.kind === "stands" && isIts(change, target) ? [{ ...plan, target }] : [],
  );
  if (paused.length === 0) return { kind: "nothing_left", change };
  const heldOn = paused.flatMap(({ target, besides }) => stillHeld(target, besides, world.now()));
  const free = paused.filter(({ target }) => !heldOn.some((one) => one.target === target));
  const targets = free.map(({ target }) => target);
  const there = asWeLeftIt(await sameCampaigns(world, change.workspace, targets), free);
  const same = { ...there, lost: [...there.lost, ...heldOn] };
  const by = await personOf(from.by ?? change.askedBy);
  const submitted = await submitSame(
    world,
    { ...resumeOf(change, from), by, requestKey, heardAt, leave: leaveOf(change, from) },
    same,
  );
  return { kind: "asked", change, submitted };
}

/** Taking one pause back takes back nobody else's. */
function stillHeld(target: Target, besides: Wished | undefined, now: Date): Lost[] {
  if (!besides || (besides.until && besides.until <= now)) return [];
  return [{ target, sentence: `Another pause still holds it (${besides.id}).` }];
}

/** What it found paused already somebody else had paused, unless it only made that last longer. */
function isIts({ follows }: Change, { state }: Target): boolean {
  return state === "done" || follows !== undefined;
}

function resumeOf(change: Change, { by, reason }: From) {
  const { until: _ended, reason: _asked, ...wish } = wishAgain(change);
  const why = by ? `${change.id} was reversed.` : `Nobody ratified ${change.id} in time.`;
  return { ...wish, action: "resume" as const, reason: reason ?? why };
}

function leaveOf({ verdict }: Change, { by }: From): string {
  return `${verdict.rule}: ${by ? "reversed" : "nobody ratified it"}`;
}
