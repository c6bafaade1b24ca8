import type { Change } from "../../domain/change.ts";
import { progress, type StepProgress } from "../../domain/progress.ts";
import { type Names, named } from "./names.ts";
import { joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { counted } from "./words.ts";

const mostNamed = 6;

/** "1 of 2 from @marketing or an admin, not Ana", a line for each step and whose turn it is. */
export function approvalWords(change: Change, names?: Names): Mrkdwn[] {
  const steps = progress(change);
  return steps.map((step) => {
    const start = steps.length > 1 ? `Step ${step.step + 1}${turn(step, change)}: ` : "";
    const from = mrkdwn`${approvers(step.from, names)}${exception(step, change, names)}`;
    return mrkdwn`${start}${step.have} of ${step.need} from ${from}`;
  });
}

/** "1 more approval from @marketing, not Ana": what the steps at hand still lack. */
export function missingApproval(
  change: Change,
  names?: Names,
): { count: string; from: Mrkdwn } | undefined {
  const open = progress(change).filter((step) => step.open);
  const [first, ...more] = open.map((step) => ({
    count: countOf(step),
    from: mrkdwn`${approvers(step.from, names)}${exception(step, change, names)}`,
  }));
  if (!first) return undefined;
  const also = more.map(({ count, from }) => mrkdwn`, and ${count} from ${from}`);
  return { count: first.count, from: joined([first.from, ...also], "") };
}

/** "@marketing, Ben Okafor or an admin". */
export function approvers(from: readonly string[], names?: Names): Mrkdwn {
  const shown = from.slice(0, mostNamed).map((id) => named(id, names));
  const more = from.length - shown.length;
  const rest = more > 0 ? mrkdwn` or ${more} others` : mrkdwn``;
  return mrkdwn`${joined(shown, " or ")}${rest}`;
}

/** Everybody whom the words of a change may name, for looking them up. */
export function namedIn({ verdict, askedBy, votes }: Change): string[] {
  const away = votes.flatMap(({ instead }) => instead ?? []);
  if (verdict.kind === "ratify") return unique([askedBy, ...verdict.from, ...away]);
  if (verdict.kind !== "approve") return unique([askedBy, ...away]);
  const { steps, onTimeout } = verdict;
  const later = typeof onTimeout === "object" ? onTimeout.escalate : [];
  return unique([askedBy, ...steps.flatMap(({ from }) => from), ...later, ...away]);
}

function countOf({ have, need }: StepProgress): string {
  const more = need - have;
  return have > 0 ? `${more} more approval${more > 1 ? "s" : ""}` : counted(more, "approval");
}

/** Only while somebody still has to decide. */
function turn({ open, have, need }: StepProgress, { state }: Change): string {
  if (have >= need) return " (complete)";
  if (state !== "waiting") return "";
  return open ? " (now)" : " (later)";
}

function exception({ self }: StepProgress, { askedBy }: Change, names: Names = {}): Mrkdwn {
  if (self) return mrkdwn``;
  return Object.hasOwn(names, askedBy)
    ? mrkdwn`, not ${named(askedBy, names)}`
    : mrkdwn`, not the asker`;
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
