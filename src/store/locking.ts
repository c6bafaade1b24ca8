import type { Q } from "./handle.ts";

/**
 * Holds the rows a query finds until the transaction ends. SQLite has one writer and needs none of it;
 * this is the only place where a query depends on the engine.
 */
export function holding<T extends object>(
  q: Q,
  query: T,
  config: { skipLocked?: boolean } = {},
): T {
  if (q.engine === "sqlite") return query;
  const lockable = query as T & { for(strength: "update", config: { skipLocked?: boolean }): T };
  return lockable.for("update", config);
}
