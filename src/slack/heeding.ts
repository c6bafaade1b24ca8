import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { Pace } from "./pace.ts";
import { endedTokenMs, HeldBack, isEnded, waitAskedFor } from "./troubles.ts";

/** A client that stops calling what Slack wants to be left alone with, whoever asks for it. */
export function heeding(
  workspace: string,
  pace: Pace,
  token: string,
  options: WebClientOptions,
): WebClient {
  class Heeding extends WebClient {
    override async apiCall(method: string, given?: Record<string, unknown>) {
      const closedMs = pace.closedMs(workspace, method);
      if (closedMs > 0) throw new HeldBack(closedMs);
      try {
        return await super.apiCall(method, given);
      } catch (error) {
        const wait = waitAskedFor(error);
        if (wait !== undefined) pace.close(workspace, method, wait);
        if (isEnded(error)) pace.close(workspace, undefined, endedTokenMs);
        throw error;
      }
    }
  }
  return new Heeding(token, options);
}
