import { type Command, InvalidArgumentError, Option } from "commander";
import type { Policy } from "../domain/policy.ts";
import { notesOn } from "../domain/policy-notes.ts";
import { rulesInWords } from "../domain/policy-words.ts";
import { policyNotes } from "../flows/policy-notes.ts";
import { applyPolicy, savedPolicy, textOfPolicy } from "../flows/policy-text.ts";
import { Exit, exitCodes } from "./exit.ts";
import { actor, withWorld } from "./open.ts";
import { refuseTooFew } from "./policy-approvers.ts";
import { policyIn } from "./policy-file-input.ts";
import { policyReplayCommand } from "./policy-replay.ts";
import { policyVersionsCommand } from "./policy-versions.ts";
import { plain, printJson, type Terminal } from "./terminal.ts";
import { needsWorkspace, takesWorkspace } from "./workspace.ts";

interface Given {
  workspace: string;
  version?: number;
  json?: boolean;
}

export function policyCommand(program: Command, terminal: Terminal): void {
  const policy = program
    .command("policy")
    .description(
      "who may do what, and who must agree: show, check or replace a workspace's policy",
    );
  needsWorkspace(policy.command("show"))
    .description("print the policy in force as YAML, or one that was")
    .addOption(new Option("--version <n>", "the policy that was saved as this").argParser(version))
    .addOption(json())
    .action((given: Given) => show(given, terminal));
  needsWorkspace(policy.command("apply"))
    .description("save a policy file; it holds from now on")
    .argument("<file>", "a YAML file, or - for standard input")
    .addOption(json())
    .action((file: string, given: Given) => apply(file, given, terminal));
  takesWorkspace(policy.command("check"))
    .description("read a policy file and say what it means; nothing is saved")
    .argument("<file>", "a YAML file, or - for standard input")
    .addOption(json())
    .action((file: string, given: Partial<Given>) => check(file, given, terminal));
  policyVersionsCommand(policy, terminal);
  policyReplayCommand(policy, terminal);
}

function json(): Option {
  return new Option("--json", "print JSON");
}

function version(given: string): number {
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new InvalidArgumentError("It must be a whole number; 0 is the built-in policy.");
}

async function show(
  { workspace, version: wanted, json }: Given,
  terminal: Terminal,
): Promise<void> {
  await withWorld(terminal, async (world) => {
    const found = await savedPolicy(world, workspace, wanted);
    if (!found) throw new Exit(exitCodes.data, `No policy of ${workspace} was saved as ${wanted}.`);
    if (json) return printJson(terminal, found.document);
    const origin =
      found.version === 0 ? "the built-in policy; no other was saved" : `saved as ${found.version}`;
    terminal.out(`# ${workspace}: ${origin}`);
    terminal.out(textOfPolicy(found.document).trimEnd());
  });
}

async function apply(file: string, { workspace, json }: Given, terminal: Terminal): Promise<void> {
  await withWorld(terminal, async (world) => {
    const policy = await policyIn(file, terminal, "Nothing was saved.");
    const asked = await refuseTooFew(world, { workspace, policy }, terminal);
    const version = await applyPolicy(world, { workspace, policy, by: actor });
    if (json) printJson(terminal, { workspace, version });
    else terminal.out(`Saved as ${version}. It holds for ${workspace} from now on.`);
    tellNotes(await policyNotes(world, workspace, policy), terminal);
    if (!asked) terminal.err(notAsked);
  });
}

const notAsked =
  "Slack was not asked whether the people it names are still there: there is no token for this workspace.";

async function check(
  file: string,
  { workspace, json }: Partial<Given>,
  terminal: Terminal,
): Promise<void> {
  const policy = await policyIn(file, terminal, "This is not a policy that could be saved.");
  if (json) printJson(terminal, policy);
  else for (const line of rulesInWords(policy)) terminal.out(plain(line));
  tellNotes(await notesFor(policy, workspace, terminal), terminal);
}

/** With a workspace its connections are looked at as well; a file can be checked where there is no database. */
async function notesFor(
  policy: Policy,
  workspace: string | undefined,
  terminal: Terminal,
): Promise<string[]> {
  if (workspace === undefined) return notesOn(policy);
  try {
    return await withWorld(terminal, (world) => policyNotes(world, workspace, policy));
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return [
      ...notesOn(policy),
      "The connections it names were not looked for: no database can be opened here.",
    ];
  }
}

/** What can be saved and does nothing now is no fault, and not to be missed. */
function tellNotes(notes: readonly string[], terminal: Terminal): void {
  for (const note of notes) terminal.err(`Note: ${plain(note)}`);
}
