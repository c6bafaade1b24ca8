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
  const groups = groupsIn(sentence);
  const known = await names.of(workspace, [...groups, ...(who?.from ?? [])]);
  return notYoursAnswer(withHandles(sentence, groups, known), who, by, known);
}

/** The same in a form, which shows plain text. */
export async function refusedPlainly(
  { names }: Pick<Desk, "names">,
  workspace: string,
  by: Person,
  { sentence, who }: { sentence: string; who?: WhoCan },
): Promise<string> {
  const groups = groupsIn(sentence);
  const known = await names.of(workspace, [...groups, ...(who?.from ?? [])]);
  const said = withHandles(sentence, groups, known);
  return who ? `${said} ${whoCouldPlainly(who, by, known)}` : said;
}

/** The user groups that a sentence says could not be read. */
function groupsIn(sentence: string): string[] {
  const named = /the user group (S[A-Z0-9]+(?:, S[A-Z0-9]+)*)/i.exec(sentence)?.[1];
  return sentence.includes("could not") && named ? named.split(", ") : [];
}

/** By the names that people know them by, as far as Slack tells those. */
function withHandles(
  sentence: string,
  groups: readonly string[],
  names: Readonly<Record<string, string>>,
): string {
  return groups.reduce((said, group) => {
    const name = Object.hasOwn(names, group) ? names[group] : undefined;
    return name ? said.replace(group, `${name} (${group})`) : said;
  }, sentence);
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
    : "alreadyBy" in already
      ? clickAnswer(sentence, already)
      : refused(desk, workspace, by, { sentence });
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
