import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { quickFolder } from "../../sandbox/quick-folder.ts";
import { run } from "../../src/command-line/run.ts";
import { newKeyLine } from "../../src/store/seal.ts";

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** A terminal with a database, a keyring and an environment of its own. */
export interface OwnTerminal {
  environment: Record<string, string | undefined>;
  /** Values that no command may ever print; what is typed is looked through for them every time. */
  canaries: string[];
  /** Runs one command line, split at spaces unless given as a list. */
  types(line: string | readonly string[], input?: string): Promise<Ended>;
  /** The same, for a command that must succeed and prints JSON. */
  reads<T = unknown>(line: string | readonly string[], input?: string): Promise<T>;
}

export function ownTerminal(given: Record<string, string | undefined> = {}): OwnTerminal {
  const folder = freshFolder();
  const keyring = newKeyLine("test");
  const environment: Record<string, string | undefined> = {
    DATABASE_URL: `file:${join(folder, "fermata.db")}`,
    FERMATA_KEYRING: keyring,
    SLACK_SIGNING_SECRET: "canary-signing-secret",
    SLACK_BOT_TOKEN: "xoxb-canary-token",
    ...given,
  };
  const canaries = ["canary", keyring.slice("test:".length)];
  const types: OwnTerminal["types"] = async (line, input = "") => {
    const args = typeof line === "string" ? line.split(" ").filter(Boolean) : line;
    const [out, err]: [string[], string[]] = [[], []];
    const code = await run(args, {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      input: async () => input,
      // Whatever would run until it is told to end is told so at once.
      interrupted: async () => undefined,
      environment,
    });
    const ended = { code, out: out.join("\n"), err: err.join("\n") };
    refuseCanaries(ended, canaries);
    return ended;
  };
  return {
    environment,
    canaries,
    types,
    async reads<T>(line: string | readonly string[], input?: string) {
      const { code, out, err } = await types(line, input);
      if (code !== 0) throw new Error(`exit ${code}: ${err}`);
      return JSON.parse(out) as T;
    },
  };
}

export function refuseCanaries({ out, err }: Omit<Ended, "code">, canaries: string[]): void {
  const leaked = canaries.find((canary) => out.includes(canary) || err.includes(canary));
  if (leaked) throw new Error(`a secret was printed: ${leaked}\n${out}\n${err}`);
}

export function freshFolder(): string {
  const folder = mkdtempSync(join(quickFolder(), "fermata-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
