import { readFile } from "node:fs/promises";
import type { Policy } from "../domain/policy.ts";
import { decodePolicy } from "../flows/policy-bytes.ts";
import { readPolicyText } from "../flows/policy-text.ts";
import { Exit, exitCodes } from "./exit.ts";
import { plain, type Terminal } from "./terminal.ts";

/** The policy in a file, or in standard input for `-`. Exits with 65, every line that is wrong, and the outcome. */
export async function policyIn(file: string, terminal: Terminal, outcome: string): Promise<Policy> {
  const read = readPolicyText(await textOf(file, terminal, outcome));
  if (read.kind === "policy") return read.policy;
  throw new Exit(exitCodes.data, ...read.problems.map(plain), outcome);
}

async function textOf(file: string, terminal: Terminal, outcome: string): Promise<string> {
  if (file === "-") return terminal.input();
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) throw new Exit(exitCodes.data, `${plain(file)} cannot be read.`);
  const decoded = decodePolicy(bytes);
  if (decoded.kind === "text") return decoded.text;
  throw new Exit(exitCodes.data, decoded.problem, outcome);
}
