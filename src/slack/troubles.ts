/**
 * What Slack's refusals mean. Each list holds the words we know; what is in none of them is a surprise, tried again
 * for a while and then given up in the log.
 */

/** Troubles of Slack's own, which pass. */
const passing = new Set([
  "fatal_error",
  "internal_error",
  "ratelimited",
  "request_timeout",
  "rollup_error",
  "service_unavailable",
  "team_added_to_org",
]);

/** A place where we may not speak, today or later. */
const closed = new Set([
  "cannot_dm_bot",
  "channel_not_found",
  "is_archived",
  "is_inactive",
  "messages_tab_disabled",
  "not_in_channel",
  "restricted_action",
  "restricted_action_non_threadable_channel",
  "restricted_action_read_only_channel",
  "restricted_action_thread_only_channel",
  "user_disabled",
  "user_not_found",
]);

/** A message that will never be there again, or never be ours to edit. */
const gone = new Set([
  "cannot_reply_to_message",
  "cant_update_message",
  "edit_window_closed",
  "message_not_found",
  "thread_not_found",
]);

/** A token that is good for nothing any more. */
const ended = new Set([
  "account_inactive",
  "invalid_auth",
  "not_authed",
  "org_login_required",
  "token_expired",
  "token_revoked",
]);

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
}

/** Slack's own error code of a failed call (`channel_not_found`), or undefined when Slack did not answer. */
export function slackErrorOf(error: unknown): string | undefined {
  const data = (error as { data?: { error?: unknown } } | null)?.data;
  return typeof data?.error === "string" ? data.error : undefined;
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

/** Slack is away, or in trouble, and will be back. */
export function isPassing(error: unknown): boolean {
  const reason = slackErrorOf(error);
  if (reason !== undefined) return passing.has(reason);
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  if (code === "slack_webapi_request_error") return true;
  return code === "slack_webapi_http_error" && typeof statusCode === "number" && statusCode >= 500;
}

export function isClosed(error: unknown): boolean {
  return closed.has(slackErrorOf(error) ?? "");
}

export function isGone(error: unknown): boolean {
  return gone.has(slackErrorOf(error) ?? "");
}

/** We are not in that workspace any more, or our token there has ended. */
export function isEnded(error: unknown): boolean {
  return error instanceof NotInstalled || ended.has(slackErrorOf(error) ?? "");
}
