import { type Command, InvalidArgumentError, Option } from "commander";

/** `--workspace T…`, needed by whatever touches one workspace only. */
export function needsWorkspace(command: Command): Command {
  return command.addOption(workspaceOption("the Slack workspace").makeOptionMandatory());
}

export function takesWorkspace(command: Command): Command {
  return command.addOption(workspaceOption("only this Slack workspace; every one if left out"));
}

function workspaceOption(words: string): Option {
  return new Option("--workspace <id>", words).argParser((given) => {
    if (/^[TE][A-Z0-9]{1,30}$/.test(given)) return given;
    throw new InvalidArgumentError("A workspace's id looks like T0123456789.");
  });
}
