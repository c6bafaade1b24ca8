import type { Command } from "commander";
import { backupDatabase } from "../store/database.ts";
import type { WhyNot } from "../store/sqlite-copy.ts";
import { Exit, exitCodes } from "./exit.ts";
import { configOrExit, orExit } from "./open.ts";
import { plain, printJson, type Terminal } from "./terminal.ts";

export function backupCommand(program: Command, terminal: Terminal): void {
  program
    .command("backup")
    .description("copy the SQLite database to a new file; the bot may run meanwhile")
    .argument("<file>", "the copy; it must not exist yet")
    .option("--json", "print JSON")
    .action(async (file: string, { json }: { json?: boolean }) => {
      const { databaseUrl } = configOrExit(terminal, []);
      const made = await orExit((async () => backupDatabase(databaseUrl, file))());
      if (made.kind === "refused") {
        const { exit, sentence } = refusals[made.why];
        throw new Exit(exit, `${sentence(plain(file))} Nothing was copied.`);
      }
      if (json) printJson(terminal, { file: made.file, bytes: made.bytes });
      else terminal.out(`Copied the database to ${plain(made.file)}: ${made.bytes} bytes.`);
    });
}

interface Refusal {
  exit: number;
  sentence(file: string): string;
}

const refusals: Record<WhyNot, Refusal> = {
  exists: { exit: exitCodes.data, sentence: (file) => `${file} exists already.` },
  no_folder: { exit: exitCodes.data, sentence: (file) => `The folder of ${file} does not exist.` },
  unwritable: { exit: exitCodes.data, sentence: (file) => `${file} may not be written.` },
  full: { exit: exitCodes.later, sentence: (file) => `There is no room on the disk for ${file}.` },
  no_database: {
    exit: exitCodes.configuration,
    sentence: () => "There is no database where DATABASE_URL points.",
  },
  not_sqlite: {
    exit: exitCodes.configuration,
    sentence: () => "Only SQLite is copied by this; for PostgreSQL use pg_dump.",
  },
};
