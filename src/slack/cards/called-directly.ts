import { type Message, says } from "./message.ts";
import { type Names, named } from "./names.ts";
import { joined, mrkdwn } from "./text.ts";

/** To the asker, where nobody who could decide sees the card, or Slack does not say who sees it: who has it now besides. */
export function calledDirectlyNotice(
  people: readonly string[],
  names?: Names,
  unsure = false,
): Message {
  const nobody = unsure
    ? mrkdwn`Slack does not say who sees this card.`
    : mrkdwn`Nobody who could decide this sees its card.`;
  if (people.length === 0)
    return says(mrkdwn`${nobody} Ask again in a channel that those who could decide it read.`);
  const all = people.map((id) => named(id, names));
  const last = all.at(-1) ?? mrkdwn``;
  const who = all.length === 1 ? last : mrkdwn`${joined(all.slice(0, -1), ", ")} and ${last}`;
  return says(mrkdwn`${nobody} ${who} ${all.length === 1 ? "was" : "were"} asked directly.`);
}
