import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { Log } from "../ops/log.ts";
import type { Secret } from "../store/secret.ts";
import type { Pace } from "./pace.ts";
import {
  endedTokenMs,
  HeldBack,
  isEnded,
  isOurs,
  markMethod,
  slackErrorOf,
  waitAskedFor,
} from "./troubles.ts";

/** What a client of one workspace keeps to. */
export interface Heed {
  workspace: string;
  pace: Pace;
  log?: Pick<Log, "error"> | undefined;
  /** Another token in place of this one, which Slack takes no more; undefined where there is none. */
  renew?: (() => Promise<Secret | undefined>) | undefined;
}

/** What Slack says of a token that is too old, whoever's. */
const tooOld = new Set(["token_expired", "token_revoked", "invalid_auth"]);

/** Each person is looked up by themselves: that Slack will not say who one is just now stops nobody else. */
function lineOf(method: string, given: Record<string, unknown> | undefined): string {
  return method === "users.info" ? `${method} ${String(given?.user)}` : method;
}

/** A client that stops calling what Slack wants to be left alone with, whoever asks for it. */
export function heeding(
  { workspace, pace, log, renew }: Heed,
  token: string,
  options: WebClientOptions,
): WebClient {
  class Heeding extends WebClient {
    override async apiCall(method: string, given?: Record<string, unknown>) {
      const line = lineOf(method, given);
      for (let asked = given; ; ) {
        const closedMs = pace.closedMs(workspace, line);
        if (closedMs > 0) throw new HeldBack(closedMs);
        try {
          return await super.apiCall(method, asked);
        } catch (error) {
          markMethod(error, method);
          const isOld = asked === given && tooOld.has(slackErrorOf(error) ?? "");
          const fresh = isOld ? await renew?.() : undefined;
          if (!fresh) throw noted(error, method, line);
          // Nothing has come of the call yet.
          asked = { ...given, token: fresh.reveal() };
        }
      }
    }
  }
  const noted = (error: unknown, method: string, line: string) => {
    const wait = waitAskedFor(error);
    if (wait !== undefined) pace.close(workspace, line, wait);
    if (isEnded(error)) pace.close(workspace, undefined, endedTokenMs);
    if (isOurs(error))
      log?.error("Slack does not take what we sent; this is a fault of ours", {
        workspace,
        kind: method,
        reason: slackErrorOf(error),
      });
    return error;
  };
  return new Heeding(token, options);
}
