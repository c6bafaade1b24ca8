import { type Mrkdwn, mrkdwn } from "./text.ts";
import { who } from "./words.ts";

/** How people and user groups are called, by id: "Ben Okafor", "@marketing". */
export type Names = Readonly<Record<string, string>>;

/** Somebody named without being called where the name is known; otherwise Slack shows the name, and calls them. */
export function named(id: string, names: Names = {}): Mrkdwn {
  const name = Object.hasOwn(names, id) ? names[id] : undefined;
  return name ? mrkdwn`${name}` : who(id);
}
