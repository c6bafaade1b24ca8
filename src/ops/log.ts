import { type DestinationStream, pino } from "pino";
import { spellingsOf } from "../domain/secret-spellings.ts";

/** What a line may carry. Whatever is not named here is left out, so that nothing slips in by accident. */
export interface Facts {
  workspace?: string | undefined;
  change?: string | undefined;
  target?: string | undefined;
  connection?: string | undefined;
  vendor?: string | undefined;
  action?: string | undefined;
  state?: string | undefined;
  person?: string | undefined;
  channel?: string | undefined;
  job?: number | undefined;
  kind?: string | undefined;
  tries?: number | undefined;
  count?: number | undefined;
  status?: number | undefined;
  code?: string | undefined;
  reason?: string | undefined;
  ms?: number | undefined;
  port?: number | undefined;
  url?: string | undefined;
  seq?: number | undefined;
  hash?: string | undefined;
  /** Only its kind, code, words and our own places in its stack are kept. */
  error?: unknown;
}

/** One JSON object per line: `log.info("job given up", { kind: "apply_target", tries: 5 })`. */
export interface Log {
  debug(event: string, facts?: Facts): void;
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  error(event: string, facts?: Facts): void;
}

const plainFacts = [
  ...["workspace", "change", "target", "connection", "vendor", "action", "state", "person"],
  ...["channel", "job", "kind", "tries", "count", "status", "code", "reason", "ms", "port", "url"],
  ...["seq", "hash"],
] as const;

export interface LogOptions {
  /** A pino level: trace, debug, info, warn, error, fatal, silent. */
  level: string;
  /** Values that must never appear, whatever a message says. */
  secrets?: readonly string[] | undefined;
  /** Standard output if left out. */
  stream?: DestinationStream | undefined;
}

export function createLog({ level, secrets = [], stream }: LogOptions): Log {
  const hide = hider(secrets);
  const out = stream ?? pino.destination({ dest: 1, sync: true });
  const logger = pino(
    { level, base: {}, formatters: { level: (label) => ({ level: label }) } },
    { write: (line: string) => out.write(hide(line)) },
  );
  return {
    debug: (event, facts) => logger.debug(allowed(facts), event),
    info: (event, facts) => logger.info(allowed(facts), event),
    warn: (event, facts) => logger.warn(allowed(facts), event),
    error: (event, facts) => logger.error(allowed(facts), event),
  };
}

function allowed(facts: Facts = {}): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  const given = facts as Record<string, unknown>;
  for (const name of plainFacts) {
    const value = given[name];
    if (typeof value === "number") kept[name] = value;
    if (typeof value === "string") kept[name] = value.slice(0, 500);
  }
  if (facts.error !== undefined) kept.error = describeError(facts.error);
  return kept;
}

interface ErrorFacts {
  name: string;
  code?: string;
  message: string;
  at?: string[];
  cause?: ErrorFacts;
}

const deepest = 4;

function describeError(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { name: "not an error", message: typeof error };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  const at = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const cause =
    error.cause instanceof Error && depth < deepest
      ? { cause: describeError(error.cause, depth + 1) }
      : {};
  return {
    name: error.name,
    ...code,
    message: safeMessage(error),
    at: at.slice(0, 5).map((line) => line.trim()),
    ...cause,
  };
}

/** A fault in one line that may be shown: its words and its cause's, without the values of a query. */
export function faultInWords(error: unknown): string {
  if (!(error instanceof Error)) return "something that is not an error was thrown";
  const words = safeMessage(error).split("\n")[0] || error.name;
  const told = error.cause === undefined ? words : `${words}: ${faultInWords(error.cause)}`;
  return told.replace(tokens, "[redacted]");
}

/** A failed query's message holds its values, and a value may be anything. */
function safeMessage(error: Error): string {
  return error.message.startsWith("Failed query") ? "a query failed" : error.message.slice(0, 300);
}

const tokens = /\b(?:xox[a-z]?-[\w-]+|xapp-[\w-]+|Bearer\s+[\w.~+/=-]+)/g;

function hider(secrets: readonly string[]): (line: string) => string {
  const spellings = secrets.filter((secret) => secret.length >= 6).flatMap(spellingsOf);
  spellings.sort((a, b) => b.length - a.length);
  return (line) =>
    spellings
      .reduce((text, spelling) => text.replaceAll(spelling, "[redacted]"), line)
      .replace(tokens, "[redacted]");
}
