import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { type Ended, refuseCanaries } from "./own-terminal.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Below the project, so that packages and migrations are found from there.
const folder = join(root, "node_modules", ".cache", `fermata-${process.pid}`);
const program = join(folder, "main.mjs");

/** What packages written for `require` ask for. */
const requiring = [
  'import { createRequire } from "node:module";',
  "const require = createRequire(import.meta.url);",
  "const __filename = import.meta.filename, __dirname = import.meta.dirname;",
].join("\n");

/**
 * Puts the program into one file: to compile it anew for every process takes longer than the tests. With all of its
 * packages in that file (`whole`) it starts in half the time.
 */
export async function buildProgram({
  plugins = [],
  whole = false,
}: {
  plugins?: Plugin[];
  whole?: boolean;
} = {}): Promise<void> {
  await build({
    entryPoints: [join(root, "src/main.ts")],
    outfile: program,
    bundle: true,
    ...(whole ? { banner: { js: requiring } } : { packages: "external" as const }),
    external: ["*/sandbox/demo.ts", "better-sqlite3", "pg-native"],
    platform: "node",
    format: "esm",
    logLevel: "silent",
    plugins,
  });
}

export interface Child {
  process: ChildProcess;
  /** Resolves with its address as soon as the bot says that it is ready. */
  ready(): Promise<string>;
  ended: Promise<Ended>;
}

const started: ChildProcess[] = [];

/** Ends every process that is still there, and removes the program's file. */
export function cleanUp(): void {
  for (const child of started) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

/** The program itself, in a process of its own, with only this environment; `through` is a command that runs it. */
export function startChild(
  args: readonly string[],
  environment: Record<string, string | undefined>,
  through: readonly string[] = [],
): Child {
  const [command = "", ...rest] = [...through, process.execPath, program, ...args];
  const child = spawn(command, rest, {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const said = { out: "", err: "" };
  child.stdout.on("data", (text) => {
    said.out += text;
  });
  child.stderr.on("data", (text) => {
    said.err += text;
  });
  const ended = once(child, "close").then(([code, signal]) => {
    refuseCanaries(said, ["canary"]);
    return { code: signal ? -1 : Number(code), ...said };
  });
  return {
    process: child,
    ended,
    async ready() {
      const found = () => /"url":"([^"]+)".*"msg":"ready"/.exec(said.out)?.[1];
      while (!found()) {
        const gone = await Promise.race([ended, once(child.stdout, "data").then(() => undefined)]);
        if (gone) throw new Error(`it ended with ${gone.code}: ${gone.out}${gone.err}`);
      }
      return found() ?? "";
    },
  };
}
