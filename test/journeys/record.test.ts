import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { type Journey, startJourney } from "../support/journey.ts";

let journey: Journey;
beforeEach(async () => {
  journey = await startJourney({ connected: ["burki"] });
  await journey.types("ana", "resume burki:7 because the price is right again");
  await journey.presses("dee", "Approve");
  await journey.untilEnded(1_000);
});
afterEach(() => journey.ends());

/** What somebody with the database file in hand could do. */
async function tampers(act: (file: Database.Database) => void): Promise<void> {
  await journey.house.stopBot();
  const file = new Database(journey.house.config.databaseUrl.replace(/^file:/, ""));
  const triggers = file
    .prepare("select name from sqlite_master where type = 'trigger' and tbl_name = 'audit'")
    .pluck()
    .all();
  for (const name of triggers) file.exec(`drop trigger "${name}"`);
  act(file);
  file.close();
  await journey.house.restart();
}

describe("the record of a journey", () => {
  it("is whole, and tells who asked, who agreed and what came of it", async () => {
    expect(await verifyAudit(journey.house.world.store)).toMatchObject({ ok: true });
    const events: unknown[] = [];
    await tampers((file) => {
      events.push(...file.prepare("select event from audit order by seq").pluck().all());
    });
    expect(events).toEqual([
      "connected",
      "asked",
      "voted",
      "approved",
      "attempt",
      "attempt_answered",
      "target_ended",
      "change_ended",
    ]);
    expect(await verifyAudit(journey.house.world.store)).toMatchObject({ ok: true });
  });

  it.each(["workspace", "at", "actor", "event", "subject", "detail", "previous_hash", "hash"])(
    "shows one changed byte of a line's %s",
    async (column) => {
      await tampers((file) => {
        const value: unknown = file
          .prepare(`select ${column} from audit where seq = 3`)
          .pluck()
          .get();
        file.prepare(`update audit set ${column} = ? where seq = 3`).run(otherThan(value));
      });
      const verdict = await verifyAudit(journey.house.world.store);
      expect(verdict.ok).toBe(false);
      if (!verdict.ok) expect(verdict.seq).toBeLessThanOrEqual(4);
    },
  );

  it.each([
    ["a line taken out", "delete from audit where seq = 4"],
    ["the last line taken off", "delete from audit where seq = (select max(seq) from audit)"],
    ["everything taken out", "delete from audit"],
  ])("shows %s", async (_, statement) => {
    await tampers((file) => file.exec(statement));
    expect(await verifyAudit(journey.house.world.store)).toMatchObject({ ok: false });
  });

  it("lets nobody change or delete a line by the way", async () => {
    await journey.house.stopBot();
    const file = new Database(journey.house.config.databaseUrl.replace(/^file:/, ""));
    expect(() => file.exec("update audit set actor = 'U0BEN00002' where seq = 3")).toThrow();
    expect(() => file.exec("delete from audit where seq = 3")).toThrow();
    file.close();
  });
});

function otherThan(value: unknown): string | number {
  if (typeof value === "number") return value + 1;
  const text = String(value);
  const last = text.charCodeAt(text.length - 2);
  return `${text.slice(0, -2)}${String.fromCharCode(last ^ 1)}${text.slice(-1)}`;
}
