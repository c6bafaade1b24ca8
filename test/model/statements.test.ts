import { BetterSQLiteSession } from "drizzle-orm/better-sqlite3";
import fc from "fast-check";
import { expect, it, onTestFinished, vi } from "vitest";
import { House } from "./stage.ts";
import { writtenQuickly } from "./statements.ts";
import { stories } from "./stories.ts";

const some = fc.sample(stories, { seed: 20261130, numRuns: 12 });
const asTheyAre = () => () => undefined;

it("writes every statement of a story as the library does", async () => {
  const slowly = await statementsOf(asTheyAre);
  expect(slowly.length).toBeGreaterThan(500);
  expect(await statementsOf(writtenQuickly)).toEqual(slowly);
}, 120_000);

async function statementsOf(writing: typeof writtenQuickly): Promise<string[]> {
  const house = new House(writing);
  onTestFinished(() => house.close());
  const said: string[] = [];
  const { prepareQuery } = BetterSQLiteSession.prototype;
  const spy = vi.spyOn(BetterSQLiteSession.prototype, "prepareQuery").mockImplementation(function (
    this: typeof BetterSQLiteSession.prototype,
    query,
    ...more
  ) {
    said.push(`${query.sql} with ${query.params.map(kindOf).join(", ")}`);
    return prepareQuery.call(this, query, ...more) as never;
  });
  for (const story of some) await house.play(story);
  spy.mockRestore();
  return said;
}

/** Keys and hashes differ each time. */
function kindOf(value: unknown): string {
  return typeof value === "string" ? `text of ${value.length}` : JSON.stringify(value);
}
