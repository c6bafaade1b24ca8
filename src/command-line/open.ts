import { type OpenedWorld, openWorld } from "../app.ts";
import { type Config, type Need, readConfig } from "../config.ts";
import { StoreRefused } from "../store/database.ts";
import type { World } from "../world.ts";
import { Exit, exitCodes } from "./exit.ts";
import type { Terminal } from "./terminal.ts";

export function configOrExit(terminal: Terminal, needs: readonly Need[]): Config {
  const read = readConfig(needs, terminal.environment);
  if (read.kind === "problems") throw new Exit(exitCodes.configuration, ...read.problems);
  return read.config;
}

/** A database that must not be used ends the command with the code and the sentence it came with. */
export async function orExit<T>(opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof StoreRefused) throw new Exit(error.exitCode, error.message);
    throw error;
  }
}

/** Opens the database for one command and closes it whatever happens. */
export async function withWorld<T>(
  terminal: Terminal,
  work: (world: World) => Promise<T>,
): Promise<T> {
  const config = configOrExit(terminal, ["keyring"]);
  const opened: OpenedWorld = await orExit(openWorld({ ...config, logLevel: "silent" }));
  try {
    return await work(opened.world);
  } finally {
    await opened.close();
  }
}
