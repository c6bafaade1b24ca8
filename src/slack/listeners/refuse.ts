import type { Person } from "../../domain/person.ts";
import type { WhoCan } from "../../domain/who-could.ts";
import { clickAnswer, notYoursAnswer } from "../cards/answers.ts";
import type { Message } from "../cards/message.ts";
import { whoCouldPlainly } from "../cards/who-could.ts";
import type { Desk } from "./desk.ts";

/** Why something was not done, and by whom it was or could be. */
export interface Refusal {
  sentence: string;
  /** Who can, where the reason is that this person may not. */
  whoCan?: readonly string[];
  /** Who decided before, and when, where that is the reason. */
  alreadyBy?: string;
  at?: Date;
}

/** A refusal in words; whoever could is named without being called. */
export async function refused(
  { names }: Pick<Desk, "names">,
  workspace: string,
  by: Person,
  { sentence, who }: { sentence: string; who?: WhoCan },
): Promise<Message> {
  return notYoursAnswer(sentence, who, by, await names.of(workspace, who?.from ?? []));
}

/** The same in a form, which shows plain text. */
export async function refusedPlainly(
  { names }: Pick<Desk, "names">,
  workspace: string,
  by: Person,
  { sentence, who }: { sentence: string; who?: WhoCan },
): Promise<string> {
  if (!who) return sentence;
  return `${sentence} ${whoCouldPlainly(who, by, await names.of(workspace, who.from))}`;
}

/** A press that was not counted. */
export async function notCounted(
  desk: Pick<Desk, "names">,
  workspace: string,
  by: Person,
  { sentence, whoCan: from, ...already }: Refusal,
  deed: WhoCan["deed"],
): Promise<Message> {
  return from
    ? refused(desk, workspace, by, { sentence, who: { deed, from } })
    : clickAnswer(sentence, already);
}

export function notCountedPlainly(
  desk: Pick<Desk, "names">,
  workspace: string,
  by: Person,
  { sentence, whoCan: from }: Refusal,
  deed: WhoCan["deed"],
): Promise<string> {
  return refusedPlainly(desk, workspace, by, { sentence, ...(from && { who: { deed, from } }) });
}
