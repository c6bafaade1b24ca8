import type { Facts, Log } from "../../src/ops/log.ts";

/** A log that keeps what it is told, for tests that ask. */
export function keptLog(): { log: Log; lines: { level: string; event: string; facts: Facts }[] } {
  const lines: { level: string; event: string; facts: Facts }[] = [];
  const at =
    (level: string) =>
    (event: string, facts: Facts = {}) =>
      void lines.push({ level, event, facts });
  return {
    lines,
    log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") },
  };
}
