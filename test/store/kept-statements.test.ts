import Database from "better-sqlite3";
import { expect, it, onTestFinished } from "vitest";
import { keepStatements } from "../../src/store/kept-statements.ts";

function aDatabase(): Database.Database {
  const database = keepStatements(new Database(":memory:"));
  onTestFinished(() => void database.close());
  database.exec("CREATE TABLE one (id INTEGER, name TEXT); INSERT INTO one VALUES (1, 'Ana')");
  return database;
}
const text = "SELECT id, name FROM one WHERE id = ?";

it("compiles the same question once", () => {
  const database = aDatabase();
  expect(database.prepare(text)).toBe(database.prepare(text));
  expect(database.prepare(`${text} LIMIT 1`)).not.toBe(database.prepare(text));
});

it("gives rows as they are wanted now, and nothing of what was asked before", () => {
  const database = aDatabase();
  expect(database.prepare(text).raw().all(1)).toEqual([[1, "Ana"]]);
  expect(database.prepare(text).all(1)).toEqual([{ id: 1, name: "Ana" }]);
  expect(database.prepare(text).all(2)).toEqual([]);
});

it("answers with the columns that a table has now", () => {
  const database = aDatabase();
  expect(database.prepare("SELECT * FROM one").all()).toEqual([{ id: 1, name: "Ana" }]);
  database.exec("ALTER TABLE one ADD COLUMN zone TEXT DEFAULT 'UTC'");
  expect(database.prepare("SELECT * FROM one").all()).toEqual([
    { id: 1, name: "Ana", zone: "UTC" },
  ]);
});

it("forgets what was not asked for longest, and holds no more than it may", () => {
  const database = aDatabase();
  const [first, often] = [database.prepare(text), database.prepare("SELECT 0")];
  for (let n = 1; n < 400; n += 1) {
    database.prepare(`SELECT ${n}`).all();
    expect(database.prepare("SELECT 0")).toBe(often);
  }
  expect(database.prepare(text)).not.toBe(first);
  expect(database.prepare(text).all(1)).toEqual([{ id: 1, name: "Ana" }]);
});
