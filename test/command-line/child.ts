import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Ended, refuseCanaries } from "./own-terminal.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Child {
  process: ChildProcess;
  /** Resolves with its address as soon as the bot says that it is ready. */
  ready(): Promise<string>;
  ended: Promise<Ended>;
}

const started: ChildProcess[] = [];

export function killAll(): void {
  for (const child of started) child.kill("SIGKILL");
}

/** The program itself, in a process of its own, with only this environment. */
export function startChild(
  args: readonly string[],
  environment: Record<string, string | undefined>,
): Child {
  const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts", ...args], {
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
