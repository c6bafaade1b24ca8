import { describe, expect, it } from "vitest";
import { openChangesAt } from "../../src/store/changes.ts";
import { commit } from "../../src/store/commit.ts";
import type { Store } from "../../src/store/handle.ts";
import {
  forgetStops,
  type HeardStop,
  readingSince,
  stopIsRead,
  stopsSince,
  writeStop,
} from "../../src/store/stops.ts";
import { ana } from "../domain/builders.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { aChange, asked, aTarget, later, noon } from "./sample-change.ts";

const aStop = (parts: Partial<HeardStop> = {}): HeardStop => ({
  ...{ workspace: "T1", id: "chg_stop", at: noon, askedBy: ana, connectionIds: ["con_1"] },
  ...parts,
});
const written = (store: Store, stop: HeardStop) => store.write((q) => writeStop(q, stop));

describe.each(engines)("an emergency stop that was heard, on %s", (engine) => {
  it("is found by whatever was asked for at that moment or before it", async () => {
    const { store } = await freshStore(engine);
    expect(await written(store, aStop())).toBe(true);
    await written(store, aStop({ workspace: "T2", id: "chg_other" }));
    const since = (at: Date) => store.read((q) => stopsSince(q, "T1", at));
    expect(await since(later(-1))).toMatchObject([aStop()]);
    expect(await since(noon)).toMatchObject([{ id: "chg_stop" }]);
    expect(await since(later(1))).toEqual([]);
  });

  it("keeps the moment at which it was heard first", async () => {
    const { store } = await freshStore(engine);
    await written(store, aStop());
    expect(await written(store, aStop({ at: later(60_000) }))).toBe(false);
    expect(await store.read((q) => stopsSince(q, "T1", later(1)))).toEqual([]);
  });

  it("counts as reading until it has read everything, or for a quarter of an hour", async () => {
    const { store } = await freshStore(engine);
    await written(store, aStop());
    await written(store, aStop({ id: "chg_later", at: later(1_000) }));
    const reading = (now: Date) => store.read((q) => readingSince(q, "T1", now));
    expect(await reading(later(2_000))).toEqual(noon);
    await store.write((q) => stopIsRead(q, "T1", "chg_stop", later(2_000)));
    expect(await reading(later(3_000))).toEqual(later(1_000));
    expect(await reading(later(16 * 60_000))).toBe(undefined);
  });

  it("is forgotten when it is old", async () => {
    const { store } = await freshStore(engine);
    await written(store, aStop());
    await store.write((q) => forgetStops(q, noon));
    expect(await store.read((q) => stopsSince(q, "T1", noon))).toHaveLength(1);
    await store.write((q) => forgetStops(q, later(1)));
    expect(await store.read((q) => stopsSince(q, "T1", noon))).toEqual([]);
  });

  it("and a resume that comes on record at the same moment: one of them sees the other", async () => {
    const { store } = await freshStore(engine);
    await store.write((q) => commit(q, asked(aChange({ targets: [] }))));
    const rounds = Array.from({ length: 30 }, (_, round) => String(round));
    for (const round of rounds) {
      const at = later(Number(round));
      const stopping = async () => {
        await store.write(async (q) => {
          await writeStop(q, aStop({ id: `chg_stop_${round}`, at }));
          const audit = [{ event: "stop_heard", subject: `chg_stop_${round}` }];
          await commit(q, { workspace: "T1", at, actor: "U1", audit });
        });
        const found = await store.read((q) => openChangesAt(q, "T1", ["con_1"]));
        return found.some(({ id }) => id === `chg_resume_${round}`);
      };
      const resuming = async () => {
        const targets = [aTarget({ campaign: { id: round, name: round } })];
        const id = `chg_resume_${round}`;
        const change = aChange({ id, action: "resume", state: "approved", targets });
        return store.write(async (q) => {
          await commit(q, asked(change));
          return (await stopsSince(q, "T1", at)).length > 0;
        });
      };
      const [isSwept, isRefused] = await Promise.all([stopping(), resuming()]);
      expect(isSwept || isRefused).toBe(true);
    }
  });
});
