import type { Entry } from "./entry.ts";

/**
 * One more contact every `everyMs`, up to `limit`; after a pause, up to the end of the batch that
 * was handed out before. A campaign that has reached everybody goes on being `running`:
 * otherwise a test that jumps by days would find another world.
 */
export function count(entry: Entry, limit: number | null, everyMs: number, now: number): void {
  const steps = Math.floor((now - entry.countedAt) / everyMs);
  if (steps <= 0) return;
  const end = limit ?? entry.batchEnd ?? entry.done;
  entry.done = Math.max(entry.done, Math.min(end, entry.done + steps));
  entry.countedAt += steps * everyMs;
}
