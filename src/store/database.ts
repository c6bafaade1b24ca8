import { AsyncLocalStorage } from "node:async_hooks";
import type { Store, StoreOptions } from "./handle.ts";
import { openPostgres } from "./postgres.ts";
import { openSqlite } from "./sqlite.ts";
import { type Backup, backupSqlite } from "./sqlite-copy.ts";
import { examineSqlite, type Room } from "./sqlite-inspect.ts";

export { StoreRefused } from "./errors.ts";
export type { Store } from "./handle.ts";
export type { Room } from "./sqlite-inspect.ts";

/** Opens and migrates `file:PATH` or `postgres://…`. Throws `StoreRefused` if it must not be used as it is. */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Store> {
  const store = url.startsWith("file:")
    ? await openSqlite(url.slice("file:".length), options)
    : await openPostgres(url, options);
  return refusingNestedWrites(store);
}

/** A copy of the database in a new file, beside whoever works on it; never opens it for writing. */
export function backupDatabase(url: string, file: string): Backup {
  if (!url.startsWith("file:")) return { kind: "refused", why: "not_sqlite" };
  return backupSqlite(url.slice("file:".length), file);
}

/** Looks at every page, beside whoever works on it; undefined for PostgreSQL, which sees to its own. Throws `StoreRefused`. */
export function examineDatabase(url: string): Room | undefined {
  return url.startsWith("file:") ? examineSqlite(url.slice("file:".length)) : undefined;
}

/** A write within a write would wait for itself (SQLite) or for its own rows (PostgreSQL), so it is refused. */
function refusingNestedWrites(store: Store): Store {
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  return {
    ...store,
    async write(run, options) {
      if (inside.getStore()?.open) throw new Error("a write within a write: hand the q down");
      return store.write((q) => {
        const here = { open: true };
        return inside.run(here, async () => {
          try {
            return await run(q);
          } finally {
            // What was started in here may write later, when this transaction is over.
            here.open = false;
          }
        });
      }, options);
    },
  };
}
