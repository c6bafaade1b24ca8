import type { Change, Target } from "../domain/change.ts";
import type { Plan } from "../domain/plan.ts";
import { newJob } from "../queue/kinds.ts";
import type { NewJob } from "../store/jobs.ts";
import type { World } from "../world.ts";
import { idFrom } from "./ids.ts";
import { type ChangeKey, moveChange } from "./move-change.ts";

/** A campaign for which a planned end is not asked for, and why. */
export interface NotEnded {
  target: Target;
  plan: Exclude<Plan, { kind: "stands" }> | { kind: "found"; sentence: string };
}

/** Puts on record why a planned end that came due was not asked for, and tells its asker what they cannot know. */
export async function noteNotEnded(
  world: World,
  key: ChangeKey,
  left: readonly NotEnded[],
): Promise<void> {
  if (left.length === 0) return;
  await moveChange(world, key, "fermata", (change) => {
    const targets = change.targets.map((target) => {
      const plan = left.find((one) => one.target.id === target.id)?.plan;
      return plan?.kind === "found" ? withSentence(target, plan.sentence) : target;
    });
    const detail = { targets: left.map(({ target, plan }) => [target.id, plan.kind]) };
    return {
      result: undefined,
      after: { ...change, targets },
      audit: [{ event: "plan_void", subject: key.changeId, detail }],
      jobs: tellJobs(change, left),
    };
  });
}

function withSentence(target: Target, found: string): Target {
  const before = target.sentence ?? "";
  if (before.includes(found)) return target;
  return { ...target, sentence: `${before} At its planned end: ${found}`.trim() };
}

function tellJobs(
  { workspace, id: changeId, askedBy }: Change,
  left: readonly NotEnded[],
): NewJob[] {
  const sentences = left.flatMap((one) => newsOf(one, askedBy) ?? []);
  if (sentences.length === 0) return [];
  const key = idFrom("void", workspace, changeId, ...sentences);
  return [newJob("tell_not_ended", workspace, { changeId, sentences }, { key })];
}

/** What people did through us is on the cards, and their own doing is no news to them. */
function newsOf({ target, plan }: NotEnded, askedBy: string): string | undefined {
  const name = `“${target.campaign.name}”`;
  if (plan.kind === "found") return `${name}: ${plan.sentence}`;
  if (plan.kind === "never_ours" || plan.kind === "let_go") return undefined;
  const { id, askedBy: who } = plan.by;
  if (who === askedBy) return undefined;
  const how = plan.kind === "held" ? "has no end" : "ends later";
  return `A later pause of ${name} ${how} and holds it now (${id}).`;
}
