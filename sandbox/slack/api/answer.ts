import type { Install } from "../installs.ts";
import type { Platform } from "../platform.ts";
import type { Workspace } from "../state.ts";

export type Args = Record<string, unknown>;
export type Answer =
  | { ok: true; [key: string]: unknown }
  | { ok: false; error: string; [key: string]: unknown };
/** About one workspace: the token's own, or one that an organisation's token reaches. `scopes`: what it was granted. */
export type Method = (args: Args, workspace: Workspace, scopes: readonly string[]) => Answer;
/** About the token itself. */
export type TokenMethod = (args: Args, install: Install, platform: Platform) => Answer;
/** Needs no token. */
export type OpenMethod = (args: Args, platform: Platform) => Answer;

export function ok(fields: Record<string, unknown> = {}): Answer {
  return { ok: true, ...fields };
}

export function no(error: string, fields: Record<string, unknown> = {}): Answer {
  return { ok: false, error, ...fields };
}

/** Slack's way to say what is wrong with blocks, views and arguments. */
export function complaint(error: string, problems: readonly string[]): Answer {
  const messages = problems.map((one) => `[ERROR] ${one}`);
  return no(error, { errors: [...problems], response_metadata: { messages } });
}

export function textArg(args: Args, name: string): string {
  const value = args[name];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

export function flagArg(args: Args, name: string): boolean {
  return [true, "true", "1", 1].some((yes) => args[name] === yes);
}

/** A structured argument, which forms carry as JSON text. */
export function jsonArg(args: Args, name: string): unknown {
  const value = args[name];
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** One page of a list, with Slack's cursors; `undefined` when the cursor is not one of ours. */
export function pageOf<Item>(
  all: readonly Item[],
  args: Args,
): { items: Item[]; next: string } | undefined {
  const size = Math.min(Math.max(Number(args.limit) || 100, 1), 1000);
  const cursor = textArg(args, "cursor");
  const start =
    cursor === "" ? 0 : Number(Buffer.from(cursor, "base64").toString().replace("from:", ""));
  if (!Number.isInteger(start)) return undefined;
  const end = start + size;
  const next = end < all.length ? Buffer.from(`from:${end}`).toString("base64") : "";
  return { items: all.slice(start, end), next };
}
