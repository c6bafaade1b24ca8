import { classOf, type ErrorClass } from "./error-classes.ts";

/** Nothing was sent: it is not this call's turn yet. Beside `VendorFailure` an error that is thrown on purpose. */
export class HeldBack extends Error {
  override name = "HeldBack";
  readonly code = "fermata_held_back";
  /** Milliseconds after which it is worth asking again. */
  readonly waitMs: number;
  constructor(waitMs: number) {
    super(`to be sent in ${waitMs} ms`);
    this.waitMs = waitMs;
  }
}

export class NotInstalled extends Error {
  override name = "NotInstalled";
  readonly code = "fermata_not_installed";
}

/**
 * Slack cannot say just now who somebody is, so the work that hangs on it waits; `reason` is Slack's own word. Bolt
 * hands on as they are only errors with a code.
 */
export class NotKnownYet extends Error {
  override name = "NotKnownYet";
  readonly code = "fermata_not_known_yet";
  readonly reason: string;
  /** What whoever waits may be told meanwhile. */
  readonly meanwhile: string;
  constructor(reason: string, meanwhile = "Slack could not tell us who you are just now") {
    super(`Slack does not say who somebody is: ${reason}`);
    this.reason = reason;
    this.meanwhile = meanwhile;
  }
}

/** Slack's own error code of a failed call (`channel_not_found`), or undefined when Slack did not answer. */
export function slackErrorOf(error: unknown): string | undefined {
  const data = (error as { data?: { error?: unknown } } | null)?.data;
  return typeof data?.error === "string" ? data.error : undefined;
}

const calledBy = new WeakMap<object, string>();

/** Which method of Slack's failed with it. */
export function markMethod(error: unknown, method: string): void {
  if (typeof error === "object" && error !== null) calledBy.set(error, method);
}

/** Our own work leaves a workspace alone for so long when our token there has ended. */
export const endedTokenMs = 600_000;
const longestWaitMs = 600_000;

/** Milliseconds, when the call is to be made again later because there were too many; else undefined. */
export function waitAskedFor(error: unknown): number | undefined {
  if (error instanceof HeldBack) return Math.min(error.waitMs, longestWaitMs);
  const seconds = (error as { retryAfter?: unknown } | null)?.retryAfter;
  if (typeof seconds !== "number" || Number.isNaN(seconds)) return undefined;
  return Math.min(Math.max(seconds * 1000, 1000), longestWaitMs);
}

/** `held`: not our turn. `unknown`: a word, or no word, that is in none of our lists. */
type Trouble = ErrorClass | "held" | "unknown";

/** What kind of trouble with Slack an error is; undefined for one that is none of Slack's. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (waitAskedFor(error) !== undefined) return "held";
  if (error instanceof NotInstalled) return "ended";
  if (error instanceof NotKnownYet) return ofReason(error.reason);
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  const method = typeof error === "object" && error !== null ? calledBy.get(error) : undefined;
  const reason = slackErrorOf(error);
  if (reason !== undefined) return classOf(reason, method) ?? "unknown";
  if (code === "slack_webapi_request_error") return "passing";
  if (code === "slack_webapi_http_error" && typeof statusCode === "number" && statusCode >= 500)
    return "passing";
  return method !== undefined || code === "slack_webapi_http_error" ? "unknown" : undefined;
}

/** The words that stand for a look-up without an answer. */
const noAnswer = "no answer";

function ofReason(reason: string): Trouble {
  return reason === noAnswer ? "passing" : (classOf(reason, "users.info") ?? "unknown");
}

/** Whether a look-up that failed for this reason may succeed later without anybody's doing. */
export function mayPass(reason: string): boolean {
  return ["passing", "unknown"].includes(ofReason(reason));
}

/** Slack is away, or in trouble, and will be back. */
export function isPassing(error: unknown): boolean {
  return troubleOf(error) === "passing";
}

/** It is worth waiting for: Slack is away or speaks words we do not know, has no turn for us, or our token has ended. */
export function comesBack(error: unknown): boolean {
  return ["held", "passing", "unknown", "ended"].includes(troubleOf(error) ?? "");
}

/** A place where we may not speak, today or later. */
export function isClosed(error: unknown): boolean {
  return troubleOf(error) === "place";
}

/** A message that will never be there again, or never be ours to edit. */
export function isGone(error: unknown): boolean {
  return troubleOf(error) === "gone";
}

/** We sent what Slack does not take. */
export function isOurs(error: unknown): boolean {
  return troubleOf(error) === "ours";
}

/** Slack has spoken, in words that are in none of our lists. */
export function isUnknown(error: unknown): boolean {
  return troubleOf(error) === "unknown";
}

/** We are not in that workspace any more, or our token there has ended. */
export function isEnded(error: unknown): boolean {
  return troubleOf(error) === "ended";
}
