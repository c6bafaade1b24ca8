import { createHmac } from "node:crypto";
import { accountKinds } from "../domain/identity.ts";
import type { Connection } from "./connections.ts";
import type { Store } from "./handle.ts";

/** What tells an account: its vendor's own name for it where there is one, else the key that opens it. */
interface AccountFacts extends Pick<Connection, "workspace" | "vendor" | "baseUrl" | "options"> {
  ownName: readonly (string | undefined)[] | undefined;
  secret: Readonly<Record<string, string>>;
}

/**
 * A value that is the same for the same account, and tells nothing else: it is keyed with the database's own sealed key,
 * so that not even a short secret could be guessed from it, and another workspace has another one.
 */
export function accountMark(store: Store, facts: AccountFacts): string {
  const { audit } = store.keys;
  if (!audit) throw new Error("the keyed values are not open: checkCanaries comes first");
  const key = createHmac("sha256", audit).update("the account behind a connection, v1").digest();
  const { workspace, vendor, baseUrl, options, secret, ownName } = facts;
  const isOwn = ownName?.every((part) => part !== undefined && part !== "") === true;
  const told = isOwn ? ownName : [sorted(options), sorted(trimmed(secret))];
  const digest = createHmac("sha256", key)
    .update(JSON.stringify([workspace, vendor, new URL(baseUrl).origin, isOwn, told]))
    .digest("base64url");
  return `${isOwn ? accountKinds.own : accountKinds.key}${digest}`;
}

function sorted(values: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}

function trimmed(secret: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(secret).map(([name, value]) => [name, value.trim()]));
}
