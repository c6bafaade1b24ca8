import type { Change } from "../../domain/change.ts";
import { progress, type StepProgress } from "../../domain/progress.ts";
import { joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { counted, who } from "./words.ts";

const mostNamed = 6;

/** "1 of 2 from @marketing or an admin, not the asker", a line for each step. */
export function approvalWords(change: Change): Mrkdwn[] {
  const steps = progress(change);
  return steps.map((step) => {
    const start = steps.length > 1 ? `Step ${step.step + 1}: ` : "";
    return mrkdwn`${start}${step.have} of ${step.need} from ${approvers(step)}${exception(step)}`;
  });
}

/** "1 more approval from @marketing, not the asker": what the step at hand still lacks. */
export function missingApproval(change: Change): { count: string; from: Mrkdwn } | undefined {
  const step = progress(change).find(({ have, need }) => have < need);
  if (!step) return undefined;
  const more = step.need - step.have;
  const count =
    step.have > 0 ? `${more} more approval${more > 1 ? "s" : ""}` : counted(more, "approval");
  return { count, from: mrkdwn`${approvers(step)}${exception(step)}` };
}

function approvers({ from }: StepProgress): Mrkdwn {
  const named = from.slice(0, mostNamed).map(who);
  const more = from.length - named.length;
  const rest = more > 0 ? mrkdwn` or ${more} others` : mrkdwn``;
  return mrkdwn`${joined(named, " or ")}${rest}`;
}

function exception({ self }: StepProgress): string {
  return self ? "" : ", not the asker";
}
