import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isEnded } from "../../src/domain/settle.ts";
import { buildProgram, type Child, cleanUp } from "../command-line/child.ts";
import { figures, seeded } from "../hostile/figures.ts";
import { checkHistory } from "./check-history.ts";
import { createLoad, type Load, loadPolicy } from "./load.ts";
import { settle } from "./settle.ts";
import { openStage, type Stage } from "./stage.ts";

const points = Number(process.env.FERMATA_POINTS ?? 60);
/** Time to work on what a burst asked for. A fault that is late gets more to strike at. */
const afterBurstMs = 300;
const mostBursts = 5;

const mayTrace = spawnSync("strace", ["-f", "-e", "trace=none", "true"]).status === 0;
if (!mayTrace)
  process.stdout.write(
    "\n  !! SKIPPED: strace may not attach here, so no fault of a disk was tried. Install strace, and allow ptrace.\n\n",
  );

beforeAll(() => buildProgram({ whole: true }));
afterAll(cleanUp);

interface Sweep {
  name: string;
  /** What strace is told, for the n-th call on the database `file`. */
  inject(n: number, file: string): string[];
}

const writes = (error: string) => (n: number, file: string) => [
  // Looks at nothing else, so that the rest runs at full speed; signals cannot be sent that way.
  ...["--seccomp-bpf", "-P", file, "-P", `${file}-wal`],
  ...["-e", "trace=pwrite64", "-e", `inject=pwrite64:error=${error}:when=${n}`],
];
const syncs = "fsync,fdatasync";
const sweeps: Sweep[] = [
  {
    name: "SIGKILL at the n-th sync to disk",
    inject: (n) => ["-e", `trace=${syncs}`, "-e", `inject=${syncs}:signal=SIGKILL:when=${n}`],
  },
  { name: "ENOSPC at the n-th write", inject: writes("ENOSPC") },
  { name: "EIO at the n-th write", inject: writes("EIO") },
];

/** What became of the bot: it lived on, was killed, did not start, or ended by itself with a code. */
type Fate = "lived on" | "killed" | `did not start (${number})` | `ended (${number})`;

async function meets(
  stage: Stage,
  load: Load,
  through: string[],
  hasStruck: () => boolean,
): Promise<Fate> {
  const bot = await stage.start(through).catch((error: unknown) => codeIn(error));
  if (typeof bot === "string") return bot;
  for (let bursts = 0; bursts < mostBursts; bursts += 1) {
    await load.burst(3, 2);
    await sleep(afterBurstMs);
    const gone = await Promise.race([bot.ended, sleep(0).then(() => undefined)]);
    if (gone) return gone.code < 0 ? "killed" : `ended (${gone.code})`;
    if (hasStruck()) break;
  }
  return endPolitely(bot);
}

async function endPolitely(bot: Child): Promise<Fate> {
  bot.process.kill("SIGTERM");
  const { code } = await bot.ended;
  return code === 0 ? "lived on" : code < 0 ? "killed" : `ended (${code})`;
}

/** It ended before it was ready, and said so. */
function codeIn(error: unknown): Fate {
  const code = Number(/it ended with (-?\d+)/.exec(String(error))?.[1]);
  if (Number.isNaN(code)) throw error;
  return code < 0 ? "killed" : `did not start (${code})`;
}

/** A fault while it ran must not end it, and none may make it call its file damaged. */
function isUgly(fate: Fate): boolean {
  return fate.startsWith("ended") || fate === "did not start (78)";
}

describe.skipIf(!mayTrace)("a disk that fails at the worst moment", () => {
  it.concurrent.each(sweeps)("$name, n = 1 to 60: nothing acknowledged is lost", async (sweep) => {
    const begun = performance.now();
    const random = seeded(sweep.name.length);
    const stage = await openStage({ policy: loadPolicy, random });
    const file = stage.house.config.databaseUrl.slice("file:".length);
    try {
      const load = createLoad(stage, random);
      const fates = new Map<Fate, number[]>();
      let struck = 0;
      for (let n = 1; n <= points; n += 1) {
        const through = ["strace", "-D", "-f", "-o", `${file}.strace`, ...sweep.inject(n, file)];
        const hasStruck = () => readFileSync(`${file}.strace`, "utf8").includes("(INJECTED)");
        const fate = await meets(stage, load, through, hasStruck);
        if (fate === "killed" || hasStruck()) struck += 1;
        fates.set(fate, [...(fates.get(fate) ?? []), n]);
        await stage.look();
        // It comes back on a disk that works.
        await stage.house.restart();
        await stage.house.stopBot();
      }
      const bot = await stage.start();
      const settledMs = await settle(stage, load);
      bot.process.kill("SIGKILL");
      await bot.ended;
      await stage.look();
      const history = await stage.history();
      const { requests, changes } = history;
      const count = (outcome: string) => requests.filter((one) => one.outcome === outcome).length;
      figures(
        `sweep, ${sweep.name}: ${struck} of ${points} struck; ${[...fates].map(([fate, all]) => `${all.length} ${fate}`).join(", ")}; ${count("ok")} requests acknowledged, ${count("fail")} turned away in words, ${count("info")} without an answer; ${changes.length} changes; settled ${(settledMs / 1000).toFixed(1)} s after the last start; ${((performance.now() - begun) / 1000).toFixed(0)} s`,
      );
      expect(struck).toBeGreaterThan(points * 0.9);
      expect(checkHistory(history)).toEqual([]);
      expect(changes.filter(({ state }) => !isEnded(state))).toEqual([]);
      expect(requests.filter(({ status }) => ![0, 200, 503].includes(status))).toEqual([]);
      expect([...fates.keys()].filter((fate) => isUgly(fate))).toEqual([]);
    } finally {
      await stage.close();
    }
  });
});
