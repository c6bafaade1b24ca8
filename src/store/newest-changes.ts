import type { Change } from "../domain/change.ts";
import { type ChangeFilter, listChanges } from "./changes.ts";
import type { Store } from "./handle.ts";

const pageSize = 500;

/** As many changes as there are, up to `limit`, newest first; read a page at a time. */
export async function newestChanges(
  store: Store,
  { limit = Number.POSITIVE_INFINITY, ...filter }: ChangeFilter,
): Promise<Change[]> {
  const found: Change[] = [];
  while (found.length < limit) {
    const wanted = Math.min(pageSize, limit - found.length);
    const after = found.at(-1) ?? filter.after;
    const page = await store.read((q) => listChanges(q, { ...filter, after, limit: wanted }));
    found.push(...page);
    if (page.length < wanted) break;
  }
  return found;
}
