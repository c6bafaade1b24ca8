import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { openStore } from "../../src/store/database.ts";
import { freshDatabase } from "../support/two-engines.ts";

const program = new URL("./writer-process.ts", import.meta.url).pathname;

/** Runs the writer until it has said `count` numbers, then kills it where it stands. */
function saidBeforeKill(url: string, first: number, count: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, ["--import", "tsx", program, url, String(first)]);
    let said = "";
    let faults = "";
    writer.stderr.on("data", (chunk) => {
      faults += chunk;
    });
    writer.stdout.on("data", (chunk) => {
      said += chunk;
      if (said.split("\n").length > count) writer.kill("SIGKILL");
    });
    writer.on("close", (_code, signal) => {
      if (signal !== "SIGKILL") reject(new Error(`the writer ended by itself: ${faults}`));
      // What follows the last line end was cut off and may be half a number.
      else resolve(said.split("\n").slice(0, -1).map(Number));
    });
  });
}

describe("a process killed in the middle of its writes", () => {
  it("H66: has kept everything it said it had, and lets the next one in at once", async () => {
    const url = await freshDatabase("sqlite");
    for (const [round, count] of [7, 40, 111].entries()) {
      const said = await saidBeforeKill(url, round * 1_000_000, count);
      const store = await openStore(url, { exclusive: true });
      const rows = await store.read((q) => q.select({ key: q.t.jobs.key }).from(q.t.jobs));
      await store.close();
      const kept = new Set(rows.map((row) => row.key));
      expect(said.length).toBeGreaterThanOrEqual(count);
      expect(said.filter((number) => !kept.has(`n:${number}`))).toEqual([]);
    }
  }, 60_000);
});
