import type { Command } from "commander";
import { type Config, secretsInEnvironment } from "../config.ts";
import type { Finding } from "../domain/finding.ts";
import { examineKeyring, examineRecord, examineStore } from "../flows/examine-installation.ts";
import { openWorld } from "../open-world.ts";
import type { World } from "../world.ts";
import { examineSlackAndAll } from "./doctor-workspaces.ts";
import { Exit, exitCodes } from "./exit.ts";
import { orExit, readingOrExit } from "./open.ts";
import { printJson, printTable, type Terminal } from "./terminal.ts";
import { takesWorkspace } from "./workspace.ts";

interface Given {
  workspace?: string;
  json?: boolean;
}

export function doctorCommand(program: Command, terminal: Terminal): void {
  takesWorkspace(program.command("doctor"))
    .description(
      "look at all that is needed: database, keys, Slack and every connection; exit code 69 if anything is wrong",
    )
    .option("--json", "print JSON")
    .action(async ({ workspace, json }: Given) => {
      const needs = ["signingSecret", "slackApp", "keyring"] as const;
      const { config, cautions } = readingOrExit(terminal, needs);
      const findings = [configuration(terminal, cautions), ...(await examine(config, workspace))];
      if (json) printJson(terminal, findings.map(shown));
      else printTable(terminal, findings.map(rowOf));
      const wrong = findings.filter(({ ok }) => !ok).length;
      if (wrong === 0) return;
      const verb = wrong === 1 ? "is" : "are";
      throw new Exit(exitCodes.unavailable, `${wrong} of ${findings.length} ${verb} not well.`);
    });
}

function configuration({ environment }: Terminal, cautions: readonly string[]): Finding {
  const bare = secretsInEnvironment(environment);
  const files = `In the environment itself, where others may read them: ${bare.join(", ")}. Name files instead.`;
  const notes = [...(bare.length > 0 ? [files] : []), ...cautions.map((line) => `${line}.`)];
  const sentence = ["It can be read, and nothing is missing.", ...notes].join(" ");
  return { what: "configuration", ok: true, sentence };
}

/** Without a database there is nothing more to look at. */
async function examine(config: Config, workspace: string | undefined): Promise<Finding[]> {
  const opened = await orFinding(orExit(openWorld({ ...config, logLevel: "silent" })));
  if ("what" in opened) return [opened];
  try {
    const { world } = opened;
    const database = await orFinding(orExit(examineStore(world, config.databaseUrl)));
    return database.ok ? [database, ...(await examineRest(world, config, workspace))] : [database];
  } finally {
    await opened.close();
  }
}

async function examineRest(
  world: World,
  config: Config,
  workspace: string | undefined,
): Promise<Finding[]> {
  return [
    await examineKeyring(world),
    await examineRecord(world, workspace),
    ...(await examineSlackAndAll(world, config, workspace)),
  ];
}

async function orFinding<T>(work: Promise<T>): Promise<T | Finding> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
    return { what: "database", ok: false, sentence: error.message };
  }
}

function shown({ workspace, what, channel, ok, sentence }: Finding) {
  return { workspace: workspace ?? null, what, channel: channel ?? null, ok, sentence };
}

function rowOf({ workspace = "", what, channel, ok, sentence }: Finding): string[] {
  return [ok ? "well" : "WRONG", workspace, channel ? `${what} ${channel}` : what, sentence];
}
