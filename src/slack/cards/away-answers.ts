import { type Message, says } from "./message.ts";
import { code, joined, mrkdwn } from "./text.ts";
import { person, when } from "./words.ts";

/** Somebody who is away, and who decides instead until then. */
export interface Away {
  person: string;
  standIn: string;
  until: Date;
}

/** To whoever goes away: what it means, and what it does not. */
export function awayAnswer(
  { standIn, until }: Away,
  more: { standInUntil?: Date | undefined; told: boolean; note?: string | undefined },
): Message {
  const { standInUntil, told, note } = more;
  const lines = [
    mrkdwn`Until ${when(until)} ${person(standIn)} may decide where you could. You can still decide yourself.`,
    mrkdwn`It ends by itself, or before with ${code("/campaign policy back")}.`,
  ];
  if (note !== undefined) lines.push(mrkdwn`${note}`);
  if (standInUntil)
    lines.push(
      mrkdwn`⚠️ ${person(standIn)} is away until ${when(standInUntil)} too. Whoever stands in there may not decide for you.`,
    );
  if (!told)
    lines.push(mrkdwn`⚠️ ${person(standIn)} was not told, because Slack did not take the message.`);
  return says(joined(lines, "\n"));
}

/** To whoever was named, directly: nobody decides for others without knowing it. */
export function standInNotice({ person: absent, until }: Away): Message {
  return says(
    mrkdwn`${person(absent)} is away until ${when(until)} and has named you: until then you may decide where ${person(absent)} could. What you asked for yourself still needs somebody else. The cards say that you decide instead.`,
  );
}

const mostShown = 40;

/** Who is away now, the first to come back first. */
export function whoIsAwayAnswer(all: readonly Away[]): Message {
  if (all.length === 0)
    return says(
      mrkdwn`Nobody is away. To be away: ${code("/campaign policy away until mon 09:00 @PERSON")}`,
    );
  const sorted = all.toSorted((a, b) => a.until.getTime() - b.until.getTime());
  const lines = sorted
    .slice(0, mostShown)
    .map(
      (one) =>
        mrkdwn`• ${person(one.person)} is away until ${when(one.until)}. ${person(one.standIn)} decides instead.`,
    );
  const more = all.length - mostShown;
  const rest = more > 0 ? [mrkdwn`…and ${more} more.`] : [];
  return says(joined([...lines, ...rest], "\n"));
}

/** After an absence was ended before its time, by oneself or by an admin. */
export function backAnswer({ person: absent, standIn }: Away, own: boolean): Message {
  return own
    ? says(mrkdwn`You are back. ${person(standIn)} does not decide for you any more.`)
    : says(
        mrkdwn`${person(absent)} counts as back. ${person(standIn)} does not decide instead any more.`,
      );
}

export function notAwayAnswer(whom?: string): Message {
  return whom === undefined
    ? says(mrkdwn`You are not away. Nothing was changed.`)
    : says(mrkdwn`${person(whom)} is not away. Nothing was changed.`);
}
