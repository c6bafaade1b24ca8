import type { Change, Target } from "../domain/change.ts";
import { judge } from "../domain/judge.ts";
import type { Person } from "../domain/person.ts";
import type { Plan } from "../domain/plan.ts";
import { isOwed } from "../domain/ratify.ts";
import { whoCouldAsk } from "../domain/who-could.ts";
import { loadChange } from "../store/changes.ts";
import type { World } from "../world.ts";
import { plansOf } from "./end-pause.ts";
import { type Followed, submitSame, wishAgain } from "./follow-change.ts";
import { loadPolicy } from "./load-policy.ts";
import type { ChangeKey } from "./move-change.ts";
import { sameCampaigns } from "./same-campaigns.ts";
import { submittedEarlier } from "./submit-change.ts";

/** A pause whose planned end is still to come, and what stands paused by it. */
export interface Extendable {
  kind: "extendable";
  change: Change & { until: Date };
  targets: readonly Target[];
}
type NotNow = Extract<Followed, { kind: "refused" | "nothing_to_do" }>;

/** Whether this pause can be put off at all. Undefined: no such change in this workspace. */
async function extendable(world: World, key: ChangeKey): Promise<Extendable | NotNow | undefined> {
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  return change && whatExtends(world, change);
}

export async function whatExtends(world: World, change: Change): Promise<Extendable | NotNow> {
  const { action, state, until } = change;
  const carriedOut = state === "done" || state === "partly";
  if (action !== "pause" || !carriedOut || !until || until <= world.now())
    return no("There is no planned end to come here, so there is nothing to extend.");
  if (isOwed(change)) return no("Somebody has to ratify or reverse this first.");
  const plans = await plansOf(world, change);
  const targets = plans.filter(({ plan }) => plan.kind === "stands").map(({ target }) => target);
  if (targets.length === 0) return no(whyNone(plans.map(({ plan }) => plan)));
  return { kind: "extendable", change: { ...change, until }, targets };
}

/** The same for this person, before they are asked until when. */
export async function mayExtend(
  world: World,
  key: ChangeKey,
  by: Person,
): Promise<Extendable | NotNow | undefined> {
  const found = await extendable(world, key);
  if (found?.kind !== "extendable") return found;
  const { policy } = await loadPolicy(world, key.workspace);
  const asked = { action: "pause" as const, by, targets: found.targets, at: world.now() };
  const verdict = judge(policy, asked);
  if (verdict.kind !== "deny") return found;
  const who = { deed: "ask" as const, from: whoCouldAsk(policy, asked) };
  return { kind: "refused", sentence: verdict.sentence, who };
}

/**
 * A new pause of what stands paused by this one, until later: once it is done, its planned end is the one that counts.
 * No platform is waited for; it is read when the new pause is carried out, and sent nothing where it is paused.
 */
export async function extendPause(
  world: World,
  key: ChangeKey,
  { by, until, requestKey }: { by: Person; until: Date; requestKey: string },
): Promise<Followed | undefined> {
  const earlier = await submittedEarlier(world, { workspace: key.workspace, requestKey });
  if (earlier) return { kind: "submitted", change: earlier };
  const found = await extendable(world, key);
  if (found?.kind !== "extendable") return found;
  if (until <= found.change.until) return no("Choose a time after the planned end.");
  const same = await sameCampaigns(world, key.workspace, found.targets, { unread: true });
  return submitSame(world, { ...wishAgain(found.change), until, by, requestKey }, same);
}

/** A later pause that is still in force is no reason to think that it runs again. */
function whyNone(plans: readonly Plan[]): string {
  const later = plans.find(({ kind }) => kind === "held" || kind === "put_off");
  return later && "by" in later && later.by.action === "pause"
    ? `A later pause holds it now (${later.by.id}), and its end is the one that counts.`
    : "None of its campaigns stands paused by this any more.";
}

function no(why: string): NotNow {
  return { kind: "nothing_to_do", sentence: `${why} Nothing was changed.` };
}
