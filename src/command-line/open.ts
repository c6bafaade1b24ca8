import { type Config, type Need, readConfig } from "../config.ts";
import { looseFlags } from "../node-flags.ts";
import { type OpenedWorld, openWorld } from "../open-world.ts";
import { StoreRefused } from "../store/database.ts";
import { driverCode } from "../store/errors.ts";
import type { World } from "../world.ts";
import { Exit, exitCodes } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

export function configOrExit(terminal: Terminal, needs: readonly Need[]): Config {
  return readingOrExit(terminal, needs).config;
}

/** The same with what should not stay as it is. Whoever opens the keyring must not have its memory open to others. */
export function readingOrExit(
  { environment }: Terminal,
  needs: readonly Need[],
): { config: Config; cautions: readonly string[] } {
  const read = readConfig(needs, environment);
  const loose = needs.includes("keyring") ? looseFlags(environment) : [];
  const problems = [...(read.kind === "problems" ? read.problems : []), ...loose];
  if (read.kind === "problems" || problems.length > 0)
    throw new Exit(exitCodes.configuration, ...problems);
  return read;
}

/** Who the record says did it, when it was done by a command. */
export const actor = "the command line";

/** A database that cannot be used ends the command with a sentence and the code for it. */
export async function orExit<T>(using: Promise<T>): Promise<T> {
  try {
    return await using;
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
}

function refusalOf(error: unknown): Exit | undefined {
  if (error instanceof StoreRefused) return new Exit(error.exitCode, error.message);
  const code = driverCode(error);
  const found = databaseFaults.find(({ codes }) => codes.test(code));
  return found && new Exit(found.exit, `${found.sentence} (${code})`);
}

const databaseFaults = [
  {
    codes:
      /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|08\w{3}|57P0[123])$/,
    exit: exitCodes.unavailable,
    sentence: "The database that DATABASE_URL names cannot be reached.",
  },
  {
    codes:
      /^(28\w{3}|3D000|EACCES|EPERM|EROFS|EISDIR|ENOTDIR|ENOENT|SQLITE_CANTOPEN\w*|SQLITE_READONLY\w*)$/,
    exit: exitCodes.configuration,
    sentence: "The database that DATABASE_URL names cannot be opened.",
  },
  {
    codes: /^(SQLITE_BUSY\w*|SQLITE_LOCKED\w*)$/,
    exit: exitCodes.later,
    sentence: "Another process keeps the database busy. Nothing was changed. Try again.",
  },
  {
    codes: /^(SQLITE_FULL|ENOSPC|EDQUOT)$/,
    exit: exitCodes.later,
    sentence: "The disk of the database is full. What this was about to write was not written.",
  },
  {
    codes: /^(SQLITE_IOERR\w*|EIO)$/,
    exit: exitCodes.later,
    sentence: "The disk of the database gives errors. What this was about to write may be missing.",
  },
  {
    codes: /^SQLITE_(CORRUPT\w*|NOTADB)$/,
    exit: exitCodes.configuration,
    sentence: "The database file is damaged. Restore a backup: docs/operating.md says how.",
  },
];

/** Opens the database for one command and closes it whatever happens. */
export async function withWorld<T>(
  terminal: Terminal,
  work: (world: World) => Promise<T>,
): Promise<T> {
  const config = configOrExit(terminal, ["keyring"]);
  const opened: OpenedWorld = await orExit(openWorld({ ...config, logLevel: "silent" }));
  try {
    return await orExit(work(opened.world));
  } finally {
    await opened.close();
  }
}
