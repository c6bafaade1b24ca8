import { isEnded, isPassing, NotInstalled, slackErrorOf, waitAskedFor } from "../troubles.ts";

/** Why Slack did not answer a look, in a sentence or two with what to do next. Throws what is none of Slack's. */
export function whyNot(error: unknown): string {
  if (error instanceof NotInstalled)
    return "Fermata is not installed there, or its token has ended. It does nothing there until it is installed again.";
  const wait = waitAskedFor(error);
  if (wait !== undefined)
    return `Slack wants no more calls for ${Math.ceil(wait / 1000)} seconds. Look again after that.`;
  const reason = slackErrorOf(error);
  if (isEnded(error))
    return `Slack does not accept the token any more (${named(reason)}). Nothing can be posted. Install Fermata again.`;
  if (isPassing(error) || isTransport(error))
    return "Slack cannot be reached just now. Cards wait and are posted later. Look again in a few minutes.";
  if (reason === undefined) throw error;
  return `Slack refused to say (${named(reason)}).`;
}

function isTransport(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" && code.startsWith("slack_webapi_");
}

/** Slack's own word, as far as it looks like one. */
function named(reason: string | undefined): string {
  return reason !== undefined && /^[a-z_]{1,60}$/.test(reason) ? reason : "no reason given";
}
