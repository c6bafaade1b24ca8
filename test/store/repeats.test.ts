import { describe, expect, it } from "vitest";
import { auditOf } from "../../src/store/audit.ts";
import { purgeWorkspace } from "../../src/store/purge.ts";
import { appendOnce, closeRepeats } from "../../src/store/repeats.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { noon } from "./sample-change.ts";

const minute = 60_000;
const later = (ms: number) => new Date(noon.getTime() + ms);
const line = { event: "outsider_pressed", subject: "chg_1", detail: { who: "stranger" } };
const pressed = { workspace: "T1", actor: "U_ZOE", line };

describe.each(engines)(
  "lines of the record that somebody causes again and again, on %s",
  (engine) => {
    async function aRecord() {
      const { store } = await freshStore(engine);
      const press = (at: Date, more: object = {}) =>
        store.write((q) => appendOnce(q, { ...pressed, at, ...more }));
      const lines = async () =>
        (await store.read((q) => auditOf(q, "T1", "chg_1"))).map(({ actor, detail }) => [
          actor,
          JSON.parse(detail),
        ]);
      return { store, press, lines };
    }

    it("are one at once, and one more with their number when the hour is over", async () => {
      const { store, press, lines } = await aRecord();
      for (let at = 0; at < 25; at += 1) await press(later(at * minute));
      expect(await lines()).toEqual([["U_ZOE", { who: "stranger" }]]);
      await store.write((q) => closeRepeats(q, later(59 * minute)));
      expect(await lines()).toHaveLength(1);
      await store.write((q) => closeRepeats(q, later(61 * minute)));
      await store.write((q) => closeRepeats(q, later(61 * minute)));
      expect(await lines()).toEqual([
        ["U_ZOE", { who: "stranger" }],
        ["U_ZOE", { who: "stranger", again: 24, since: noon.toISOString() }],
      ]);
      expect(await verifyAudit(store)).toMatchObject({ ok: true });
      await press(later(62 * minute));
      expect(await lines()).toHaveLength(3);
    });

    it("begin a new hour by themselves, and one press alone is never said to have come again", async () => {
      const { press, lines } = await aRecord();
      await press(noon);
      await press(later(61 * minute));
      await press(later(62 * minute));
      await press(later(122 * minute));
      expect((await lines()).map(([, { again }]) => again)).toEqual([
        undefined,
        undefined,
        1,
        undefined,
      ]);
    });

    it("are as many as people, places and reasons differ", async () => {
      const { press, lines } = await aRecord();
      await press(noon);
      await press(noon, { actor: "U_YAN" });
      await press(noon, { line: { ...line, detail: { who: "guest" } } });
      expect(await lines()).toHaveLength(3);
    });

    it("are counted right where many come at the same moment", async () => {
      const { store, press, lines } = await aRecord();
      await Promise.all(Array.from({ length: 12 }, () => press(noon)));
      await store.write((q) => closeRepeats(q, later(61 * minute)));
      expect((await lines()).map(([, { again }]) => again)).toEqual([undefined, 11]);
    });

    it("go with their workspace", async () => {
      const { store, press } = await aRecord();
      await press(noon);
      await press(noon);
      await store.write((q) => purgeWorkspace(q, "T1", noon));
      expect(await store.read((q) => q.$count(q.t.repeats))).toBe(0);
    });
  },
);
