import { type VendorName, vendorTitles } from "../../domain/campaign.ts";
import type { Wish } from "../../domain/change.ts";
import type { NotUnderstood } from "../../domain/command.ts";
import type { Person } from "../../domain/person.ts";
import type { WhoCan } from "../../domain/who-could.ts";
import { lostLines } from "./lost-words.ts";
import { type Message, says } from "./message.ts";
import type { Names } from "./names.ts";
import { code, joined, mrkdwn } from "./text.ts";
import { whoCould } from "./who-could.ts";
import { channel, clock, counted, person, titleOf, when } from "./words.ts";

/** At once after a command: it is on record, and its card says what becomes of it. `note`: how its time was read. */
export function receivedAnswer(
  wish: Wish & { note?: string | undefined },
  lost: Parameters<typeof lostLines>[0] = [],
): Message {
  const until = wish.until ? mrkdwn` until ${when(wish.until)}` : mrkdwn``;
  const note = wish.note === undefined ? mrkdwn`` : mrkdwn` ${wish.note}`;
  const first = mrkdwn`On record: ${titleOf(wish)}${until}. Its card shows what becomes of it.${note}`;
  return says(joined([first, ...lostLines(lost)], "\n"));
}

/** What could not be read, and the lines that may help. */
export function notUnderstoodAnswer({ sentence, usage }: NotUnderstood): Message {
  const lines = usage.map((line) => mrkdwn`• ${code(line, 200)}`);
  return says(joined([mrkdwn`${sentence}`, ...lines], "\n"));
}

/** A no in one sentence, and what to do next where there is something. */
export function refusalAnswer(sentence: string, next?: string): Message {
  return says(next ? mrkdwn`${sentence}\n${next}` : mrkdwn`${sentence}`);
}

/** What a press came to, when it is not the card that shows it. */
export function clickAnswer(
  sentence: string,
  decided?: { alreadyBy?: string; at?: Date },
): Message {
  if (!decided?.alreadyBy) return says(mrkdwn`${sentence}`);
  const at = decided.at ? mrkdwn` at ${clock(decided.at)}` : mrkdwn``;
  return says(mrkdwn`${sentence} (${person(decided.alreadyBy)}${at})`);
}

/** A no to somebody who may not, and who could instead. */
export function notYoursAnswer(
  sentence: string,
  who: WhoCan | undefined,
  by: Pick<Person, "kind">,
  names?: Names,
): Message {
  return who ? says(mrkdwn`${sentence} ${whoCould(who, by, names)}`) : refusalAnswer(sentence);
}

/** Nothing is connected yet; only an admin can change that. */
export function noConnectionAnswer(mayConnect: boolean): Message {
  const next = mayConnect
    ? mrkdwn`Connect one with ${code("/campaign connect")}.`
    : mrkdwn`An admin can connect one with ${code("/campaign connect")}.`;
  return says(mrkdwn`No platform is connected here yet, so there is nothing to act on. ${next}`);
}

/** After a key was checked and sealed. The key itself is shown nowhere. */
export function connectedAnswer(connection: {
  name: string;
  vendor: VendorName;
  campaigns?: number;
}): Message {
  const { name, vendor, campaigns } = connection;
  const sees = campaigns === undefined ? "" : ` It has ${counted(campaigns, "campaign")}.`;
  const first = mrkdwn`${vendorTitles[vendor]} is connected as ${code(name)}.${sees}`;
  return says(mrkdwn`${first}\nTry ${code(`/campaign list ${name}`)}.`);
}

export type DigestSetting =
  | { on: true; channel: string; time: string; zone: string }
  | { on: false };

export function digestSetAnswer(setting: DigestSetting): Message {
  if (!setting.on) return says(mrkdwn`The daily digest is off. Nothing more will be posted.`);
  return says(
    mrkdwn`The daily digest comes every day at ${setting.time} (${setting.zone}) in ${channel(setting.channel)}.`,
  );
}

/** After a policy was saved, to whoever saved it. */
export function policySavedAnswer(version: number): Message {
  return says(mrkdwn`The policy was saved as version ${version}. It holds from now on.`);
}
