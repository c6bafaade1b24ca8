import { type Command, Option } from "commander";
import { rulesInWords } from "../domain/policy-words.ts";
import { loadPolicy } from "../flows/load-policy.ts";
import { applyPolicy, policyAsText } from "../flows/policy-text.ts";
import { actor, withWorld } from "./open.ts";
import { policyIn } from "./policy-file-input.ts";
import { policyReplayCommand } from "./policy-replay.ts";

import { plain, printJson, type Terminal } from "./terminal.ts";
import { needsWorkspace, takesWorkspace } from "./workspace.ts";

interface Given {
  workspace: string;
  json?: boolean;
}

export function policyCommand(program: Command, terminal: Terminal): void {
  const policy = program
    .command("policy")
    .description(
      "who may do what, and who must agree: show, check or replace a workspace's policy",
    );
  needsWorkspace(policy.command("show"))
    .description("print the policy in force as YAML")
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
    .action((file: string, given: Given) => check(file, given, terminal));
  policyReplayCommand(policy, terminal);
}

function json(): Option {
  return new Option("--json", "print JSON");
}

async function show({ workspace, json }: Given, terminal: Terminal): Promise<void> {
  await withWorld(terminal, async (world) => {
    const { text, version } = await policyAsText(world, workspace);
    if (json) {
      const { policy } = await loadPolicy(world, workspace);
      return printJson(terminal, policy);
    }
    const origin =
      version === 0 ? "the built-in policy; no other was saved" : `saved as ${version}`;
    terminal.out(`# ${workspace}: ${origin}`);
    terminal.out(text.trimEnd());
  });
}

async function apply(file: string, { workspace, json }: Given, terminal: Terminal): Promise<void> {
  await withWorld(terminal, async (world) => {
    const policy = await policyIn(file, terminal, "Nothing was saved.");
    const version = await applyPolicy(world, { workspace, policy, by: actor });
    if (json) printJson(terminal, { workspace, version });
    else terminal.out(`Saved as ${version}. It holds for ${workspace} from now on.`);
  });
}

async function check(file: string, { json }: Given, terminal: Terminal): Promise<void> {
  const policy = await policyIn(file, terminal, "This is not a policy that could be saved.");
  if (json) return printJson(terminal, policy);
  for (const line of rulesInWords(policy)) terminal.out(plain(line));
}
