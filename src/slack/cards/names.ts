import { escaped, type Mrkdwn, mrkdwn } from "./text.ts";

/** How people and user groups are called, by id: "Ben Okafor", "@marketing". */
export type Names = Readonly<Record<string, string>>;

/** Somebody named without being called: a mention in a card would disturb everybody whom a rule names. */
export function named(id: string, names: Names = {}): Mrkdwn {
  const name = Object.hasOwn(names, id) ? names[id] : undefined;
  if (name) return escaped(name, 80);
  if (id === "admins") return mrkdwn`an admin`;
  if (id === "members") return mrkdwn`any member`;
  if (id === "guests") return mrkdwn`a guest`;
  if (/^S[A-Z0-9]+$/.test(id)) return mrkdwn`a user group`;
  return /^[UW][A-Z0-9]+$/.test(id) ? mrkdwn`a person` : escaped(id, 40);
}
