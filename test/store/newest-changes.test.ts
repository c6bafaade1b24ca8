import { describe, expect, it } from "vitest";
import { insertChange, listChanges } from "../../src/store/changes.ts";
import type { Store } from "../../src/store/handle.ts";
import { newestChanges } from "../../src/store/newest-changes.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { aChange, later } from "./sample-change.ts";

/** Two were asked in the same second, always. */
async function withChanges(store: Store, count: number): Promise<string[]> {
  const changes = Array.from({ length: count }, (_, index) =>
    aChange({ state: "done", askedAt: later(1000 * Math.floor(index / 2)), targets: [] }),
  );
  await store.write(async (q) => {
    for (const change of changes) await insertChange(q, change);
  });
  return changes.map(({ id }) => id);
}

describe.each(engines)("the newest changes on %s", (engine) => {
  it("are read a page at a time, each of them once", async () => {
    const { store } = await freshStore(engine);
    const ids = await withChanges(store, 501);
    const found = await newestChanges(store, {});
    expect(found.map(({ id }) => id).sort()).toEqual(ids.sort());
    const times = found.map(({ askedAt }) => askedAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it("are no more than were asked for", async () => {
    const { store } = await freshStore(engine);
    await withChanges(store, 5);
    const [, , third] = await newestChanges(store, { limit: 3 });
    expect(third).toBeDefined();
    const rest = await store.read((q) => listChanges(q, { after: third }));
    expect(rest).toHaveLength(2);
  });

  it("are found by their id alone, whatever the workspace", async () => {
    const { store } = await freshStore(engine);
    const [id = ""] = await withChanges(store, 2);
    const found = await store.read((q) => listChanges(q, { id }));
    expect(found.map((change) => change.id)).toEqual([id]);
  });
});
