import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { buildProgram, cleanUp } from "../command-line/child.ts";
import { figures, seeded } from "../hostile/figures.ts";
import { checkHistory } from "./check-history.ts";
import { createLoad, loadPolicy } from "./load.ts";
import { settle } from "./settle.ts";
import { openStage } from "./stage.ts";

/** One line of the program, written as somebody in a hurry might have. */
interface Slip {
  name: string;
  file: string;
  right: string;
  wrong: string;
  /** How the checker's sentences about it begin. */
  fault: string;
}

const slips: Slip[] = [
  {
    name: "answers before the request is on disk",
    file: "slack/inbox.ts",
    right: "await doors.seen.remember(keyOf(request), doors.keep(request));",
    wrong: "(setTimeout(() => void doors.keep(request), 1_000), true);",
    fault: "lost: a wish",
  },
  {
    name: "calls a platform twice, to be sure",
    file: "flows/send-change.ts",
    right: "await account.act(change.action, target.campaign.id);",
    wrong:
      "await account.act(change.action, target.campaign.id); await account.act(change.action, target.campaign.id);",
    fault: "a blind call",
  },
  {
    name: "says on its cards that it works on what is done",
    file: "cards/faces.ts",
    right: 'done: { icon: "✅", word: "Done" },\n  partly',
    wrong: 'done: { icon: "🔄", word: "Working…" },\n  partly',
    fault: "an untrue card",
  },
];

function withSlip({ file, right, wrong }: Slip): Plugin {
  return {
    name: "a slip",
    setup(build) {
      build.onLoad({ filter: new RegExp(`src/(.*/)?${file}$`) }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        if (!source.includes(right)) throw new Error(`${file} does not say: ${right}`);
        return { contents: source.replace(right, wrong), loader: "ts" };
      });
    },
  };
}

afterAll(cleanUp);

/** Six wishes, a kill as soon as all are answered, a second start; then everything may settle. */
async function verdictOn(slip?: Slip): Promise<string[]> {
  await buildProgram({ plugins: slip ? [withSlip(slip)] : [], whole: true });
  const random = seeded(7);
  const stage = await openStage({ policy: loadPolicy, random });
  try {
    const load = createLoad(stage, random);
    for (const isLast of [false, true]) {
      const bot = await stage.start();
      await load.burst(6, 0);
      if (isLast) await settle(stage, load);
      bot.process.kill("SIGKILL");
      await bot.ended;
      await stage.look();
    }
    return checkHistory(await stage.history());
  } finally {
    await stage.close();
  }
}

describe("the checker of histories, on real bots", () => {
  it("has nothing to say of ours", async () => {
    expect(await verdictOn()).toEqual([]);
  });

  it.each(slips)("catches one that $name", async (slip) => {
    const found = await verdictOn(slip);
    figures(`a bot that ${slip.name}: ${found.length} found, as “${found[0] ?? "nothing"}”`);
    expect(found.filter((sentence) => sentence.startsWith(slip.fault))).not.toEqual([]);
  });
});
