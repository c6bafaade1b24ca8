import type { Change } from "../../domain/change.ts";
import { isEnded } from "../../domain/settle.ts";
import { isGrowing, type StopScope } from "../../domain/stop-scope.ts";
import { type Message, says } from "./message.ts";
import { escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { counted, listed, when } from "./words.ts";

/** In the thread of an emergency stop: what it did not reach, by name. */
export function leftOutNotice(scope: StopScope): Message {
  return says(joined(leftOutLines(scope), "\n"));
}

/** On the card: what is still being read, and where it goes, or has gone, by an older list. */
export function scopeLines({ scope, state }: Pick<Change, "scope" | "state">): Mrkdwn[] {
  if (!scope) return [];
  const names = listed(scope.open.map(({ name }) => name));
  const still = mrkdwn`Still reading ${names}. What runs there is added here and stopped as soon as it answers.`;
  const ended = isEnded(state);
  return [
    ...(isGrowing({ scope }) ? [still] : []),
    ...scope.unread.map((one) => unreadLine(one, ended)),
  ];
}

const mostTaken = 10;

export function leftOutLines({ unread, taken, later, denied, beyond }: StopScope): Mrkdwn[] {
  return [
    ...unread.map((one) => unreadLine(one)),
    ...denied.map(
      ({ connection, sentence }) =>
        mrkdwn`⚠️ Nothing was stopped at ${connection}. ${escaped(sentence, 300)}`,
    ),
    ...later.map(
      (name) =>
        mrkdwn`⚠️ ${name} is being resumed at this moment. It is paused as soon as that has ended.`,
    ),
    ...(taken.length > 0 ? [takenLine(taken)] : []),
    ...(beyond > 0
      ? [
          mrkdwn`⚠️ ${counted(beyond, "more campaign")} did not fit into one stop. Type the command again for those.`,
        ]
      : []),
  ];
}

function unreadLine(
  { connection, since, known }: StopScope["unread"][number],
  ended = false,
): Mrkdwn {
  const first = mrkdwn`⚠️ ${connection} could not be read`;
  const read = since ? when(new Date(since)) : undefined;
  if (known === 0) {
    const then = read ? mrkdwn` Its list of ${read} showed nothing that runs.` : mrkdwn``;
    return mrkdwn`${first}: nothing was stopped there.${then} Stop it there by hand, or type the command again.`;
  }
  const which = read
    ? mrkdwn`that its list of ${read} showed running`
    : mrkdwn`that Fermata itself resumed`;
  const what = mrkdwn`${first}. ${counted(known, "campaign")} ${which}`;
  const were = known === 1 ? "is" : "are";
  return ended
    ? mrkdwn`${what} ${were} above. Look there for what is newer: it was not stopped.`
    : mrkdwn`${what} will be stopped by id as soon as it answers. What is newer is not known.`;
}

function takenLine(taken: readonly string[]): Mrkdwn {
  const more = taken.length - mostTaken;
  const names = taken.slice(0, mostTaken);
  const rest = more > 0 ? [...names, `${more} more`] : names;
  const what = counted(taken.length, "campaign");
  return mrkdwn`Left out, because another change is still open: ${what}, ${listed(rest)}. Look at the cards of those.`;
}
