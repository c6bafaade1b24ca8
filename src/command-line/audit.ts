import { setImmediate as nextTurn } from "node:timers/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { exportAudit } from "../store/audit.ts";
import { verifyAudit } from "../store/verify-audit.ts";
import { auditAsJson } from "./change-json.ts";
import { csvRow } from "./csv.ts";
import { Exit, exitCodes } from "./exit.ts";
import { withWorld } from "./open.ts";
import { jsonOf, plain, printJson, type Terminal } from "./terminal.ts";
import { takesWorkspace } from "./workspace.ts";

interface Given {
  workspace?: string;
  head?: Head;
  format?: "jsonl" | "csv";
  json?: boolean;
}

export function auditCommand(program: Command, terminal: Terminal): void {
  const audit = program
    .command("audit")
    .description("the record of who asked, who agreed and what the vendor answered");
  takesWorkspace(audit.command("verify"))
    .description("prove that no line was altered, removed or added; exit code 65 if one was")
    .addOption(
      new Option("--head <seq:hash>", "a last line that the log named; with --workspace").argParser(
        readHead,
      ),
    )
    .option("--json", "print JSON")
    .action((given: Given) => verify(given, terminal));
  takesWorkspace(audit.command("export"))
    .description("print every line, the oldest first")
    .addOption(
      new Option("--format <format>", "one JSON object per line, or a table for spreadsheets")
        .choices(["jsonl", "csv"])
        .default("jsonl"),
    )
    .addOption(new Option("--json", "the same as --format jsonl").implies({ format: "jsonl" }))
    .action((given: Given) => print(given, terminal));
}

interface Head {
  seq: number;
  hash: string;
}

function readHead(given: string): Head {
  const [, seq, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(given) ?? [];
  if (seq && hash) return { seq: Number(seq), hash };
  throw new InvalidArgumentError("It must be the seq and the hash of a line of the log: 41:9f86….");
}

async function verify({ workspace, head, json }: Given, terminal: Terminal): Promise<void> {
  if (head && !workspace) throw new Exit(exitCodes.usage, "--head needs --workspace.");
  const known = head && workspace ? { workspace, ...head } : undefined;
  const verdict = await withWorld(terminal, ({ store }) => verifyAudit(store, workspace, known));
  if (json) printJson(terminal, verdict);
  if (!verdict.ok) {
    const first =
      verdict.seq === undefined ? "" : ` The first bad sequence number is ${verdict.seq}.`;
    throw new Exit(exitCodes.data, `${verdict.sentence}${first}`);
  }
  if (!json) terminal.out(`The record is whole: ${counted(verdict.lines)}.`);
}

function counted(lines: number): string {
  return lines === 1 ? "1 line" : `${lines} lines`;
}

type Line = ReturnType<typeof auditAsJson>;
const columns = [
  "workspace",
  "seq",
  "at",
  "actor",
  "event",
  "subject",
  "detail",
  "previousHash",
  "hash",
] as const satisfies readonly (keyof Line)[];

async function print({ workspace, format }: Given, terminal: Terminal): Promise<void> {
  await withWorld(terminal, async ({ store }) => {
    if (format === "csv") terminal.out(csvRow(columns));
    for await (const line of exportAudit(store, workspace)) {
      const shown = auditAsJson(line);
      if (format === "csv") terminal.out(csvRow(columns.map((column) => cell(shown[column]))));
      else terminal.out(jsonOf(shown));
      // Reading alone never lets the process turn, and until it does all that is printed waits in memory.
      if (line.seq % 100 === 0) await nextTurn();
    }
  });
}

/** One line each, so that a table has as many lines as the record. */
function cell(value: unknown): string {
  return typeof value === "object" ? jsonOf(value) : plain(String(value));
}
