import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { StoreRefused } from "./errors.ts";
import type { Engine } from "./handle.ts";

const journal = z.object({ entries: z.array(z.object({ when: z.number(), tag: z.string() })) });

export interface Migrations {
  folder: string;
  /** When each was made, oldest first; drizzle keeps these in the database. */
  made: readonly number[];
}

/** The program runs from `src` as well as from `dist/src`, so the folder is looked for upwards. */
export function findMigrations(engine: Engine, from: string = import.meta.dirname): Migrations {
  const folder = join(from, "migrations", engine);
  const file = join(folder, "meta", "_journal.json");
  if (existsSync(file)) {
    const { entries } = journal.parse(JSON.parse(readFileSync(file, "utf8")));
    return { folder, made: entries.map((entry) => entry.when) };
  }
  if (dirname(from) === from) throw new Error(`the migrations for ${engine} are missing`);
  return findMigrations(engine, dirname(from));
}

/** True if some are missing. Throws `StoreRefused` if the database was made by a newer program. */
export function needsMigration(migrations: Migrations, applied: readonly number[]): boolean {
  const newest = Math.max(0, ...migrations.made);
  if (applied.some((when) => when > newest)) {
    const sentence =
      "This database was written by a newer Fermata. Nothing was changed. Start the newer program, or restore the copy that was made before it was first started.";
    throw new StoreRefused(sentence, 78);
  }
  return applied.length < migrations.made.length;
}
