import { describe, expect, it } from "vitest";
import { awayAt, endAway, forgetAbsences, setAway } from "../../src/store/absences.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { later, noon } from "./sample-change.ts";

const ben = { workspace: "T1", person: "U_BEN", standIn: "U_CHI", since: noon, until: later(1000) };

describe.each(engines)("whoever is away on %s", (engine) => {
  it("is away until the moment that was named, in their own workspace alone", async () => {
    const { store } = await freshStore(engine);
    await store.write((q) => setAway(q, ben));
    const away = (workspace: string, at: Date) => store.read((q) => awayAt(q, workspace, at));
    expect(await away("T1", later(999))).toEqual([ben]);
    expect(await away("T1", later(1000))).toEqual([]);
    expect(await away("T2", noon)).toEqual([]);
  });

  it("names another stand-in instead of the first one, and comes back once", async () => {
    const { store } = await freshStore(engine);
    await store.write((q) => setAway(q, ben));
    await store.write((q) => setAway(q, { ...ben, standIn: "U_DEE" }));
    const away = await store.read((q) => awayAt(q, "T1", noon));
    expect(away.map(({ standIn }) => standIn)).toEqual(["U_DEE"]);
    expect(await store.write((q) => endAway(q, "T1", "U_BEN"))).toBe(true);
    expect(await store.write((q) => endAway(q, "T1", "U_BEN"))).toBe(false);
  });

  it("is forgotten once it is over, and not before", async () => {
    const { store } = await freshStore(engine);
    await store.write((q) => setAway(q, ben));
    const rows = () => store.read((q) => q.select().from(q.t.absences));
    await store.write((q) => forgetAbsences(q, later(999)));
    expect(await rows()).toHaveLength(1);
    await store.write((q) => forgetAbsences(q, later(1000)));
    expect(await rows()).toEqual([]);
  });
});
