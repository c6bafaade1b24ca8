import { Command, CommanderError } from "commander";
import { faultInWords } from "../ops/log.ts";
import { auditCommand } from "./audit.ts";
import { backupCommand } from "./backup.ts";
import { changeCommand } from "./change.ts";
import { changesCommand } from "./changes.ts";
import { connectCommand } from "./connect.ts";
import { connectionsCommand } from "./connections.ts";
import { demoCommand } from "./demo.ts";
import { disconnectCommand } from "./disconnect.ts";
import { doctorCommand } from "./doctor.ts";
import { Exit, exitCodes } from "./exit.ts";
import { keysCommand } from "./keys.ts";
import { policyCommand } from "./policy.ts";
import { serveCommand } from "./serve.ts";
import type { Terminal } from "./terminal.ts";

const commands = [
  serveCommand,
  demoCommand,
  connectCommand,
  connectionsCommand,
  disconnectCommand,
  policyCommand,
  changesCommand,
  changeCommand,
  auditCommand,
  keysCommand,
  doctorCommand,
  backupCommand,
];

/** Runs one command line and gives its exit code. Only surprises are thrown, and none gets past here. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command("fermata")
    .description("pause, resume and cancel outreach campaigns from Slack, with the right approval")
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showHelpAfterError("(--help says what there is)")
    .exitOverride();
  for (const command of commands) command(program, terminal);
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    return endedWith(error, terminal);
  }
}

function endedWith(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
  if (error instanceof Exit) {
    for (const line of error.lines) terminal.err(line);
    return error.code;
  }
  terminal.err(`fermata: an unexpected fault: ${faultInWords(error)}`);
  return 1;
}
