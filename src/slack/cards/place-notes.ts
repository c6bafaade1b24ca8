import { type Mrkdwn, mrkdwn } from "./text.ts";
import { channel } from "./words.ts";

/** What is true of the place where help was asked for, a line each. */
export function placeNotes(here: {
  /** The channel for cards, where the policy names one. */
  elsewhere?: string | undefined;
  /** People of other organisations may read where the cards go. */
  external: boolean;
  /** Some campaigns, numbers of them or hours have rules of their own. */
  special: boolean;
  connected: boolean;
}): Mrkdwn[] {
  const { elsewhere, external, special, connected } = here;
  const where = elsewhere === undefined ? mrkdwn`this channel` : channel(elsewhere);
  return [
    ...(connected
      ? []
      : [mrkdwn`No platform is connected here yet, so there is nothing to act on.`]),
    ...(special
      ? [
          mrkdwn`Some campaigns, numbers of campaigns or hours have rules of their own: ask and see.`,
        ]
      : []),
    ...(elsewhere === undefined
      ? []
      : [mrkdwn`Cards go to ${where}, wherever the command is typed.`]),
    ...(external
      ? [
          mrkdwn`People of other organisations may read ${where}: cards there leave out campaigns, names and reasons.`,
        ]
      : []),
  ];
}
