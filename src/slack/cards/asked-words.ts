import type { Button, Overflow } from "@slack/types";
import type { Change } from "../../domain/change.ts";
import { type Mrkdwn, mrkdwn } from "./text.ts";
import { when } from "./words.ts";

/**
 * What a card asks of whoever reads it, for the line that notifications and screen readers get: what its own buttons
 * are for. `copy`: its reader is somebody whom the rule names. Empty where nothing has to be done.
 */
export function askedOf(
  change: Change,
  buttons: readonly (Button | Overflow)[],
  { copy = false }: { copy?: boolean | undefined } = {},
): Mrkdwn {
  const labels = buttons.map((one) => (one.type === "button" ? one.text.text : ""));
  const found = asks.find(([label]) => labels.includes(label));
  return found ? mrkdwn` ${found[1](change, copy)}` : mrkdwn``;
}

type Ask = (change: Change, copy: boolean) => Mrkdwn;

/** The first that is offered says what matters most. */
const asks: readonly (readonly [string, Ask])[] = [
  [
    "Approve",
    (_, copy) =>
      copy
        ? mrkdwn`You are asked to approve or deny it.`
        : mrkdwn`Somebody who may has to approve or deny it.`,
  ],
  [
    "Ratify",
    ({ ratifyBy }, copy) => {
      const by = ratifyBy ? mrkdwn` by ${when(ratifyBy)}` : mrkdwn``;
      return copy
        ? mrkdwn`You are asked to ratify or reverse it${by}.`
        : mrkdwn`Somebody other than the asker has to ratify or reverse it${by}.`;
    },
  ],
  ["Check again", () => mrkdwn`Press Check again on its card to have it read once more.`],
  ["Try again", () => mrkdwn`Press Try again on its card for what is missing.`],
  ["Ask again", () => mrkdwn`Press Ask again on its card if it is still wanted.`],
];
