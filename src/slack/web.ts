import type { WebClient, WebClientOptions } from "@slack/web-api";
import { createMemories, type Memories } from "../domain/memories.ts";
import type { Log } from "../ops/log.ts";
import { heeding } from "./heeding.ts";
import type { Install, Installs } from "./install/installs.ts";
import type { Pace, SharedMethod, Turn } from "./pace.ts";
import { HeldBack, isPassing, isUnknown, NotInstalled } from "./troubles.ts";

const deadlineMs = 10_000;

/**
 * The library's defaults retry for half an hour, wait without end and follow absolute URLs;
 * everything that must arrive is retried by our own jobs instead.
 */
export function webOptions(apiUrl: string, timeout = deadlineMs): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    timeout,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  };
}

/** Our side of Slack's Web API. */
export interface SlackWeb {
  /**
   * Speaks for one workspace. Throws `NotInstalled` where Fermata is not, or not any more. Its calls throw `HeldBack`
   * while Slack has asked us to leave their method alone.
   */
  client(workspace: string): Promise<WebClient>;
  /** For what can wait: makes one call when it is its turn. Throws `HeldBack` until then. */
  inTurn<T>(turn: Turn, call: () => Promise<T>): Promise<T>;
  /** For what decides nothing: makes one call, and throws `HeldBack` where it would take what is kept for what does. */
  look<T>(workspace: string, method: SharedMethod, call: () => Promise<T>): Promise<T>;
  /** Throws `HeldBack` where there is no use in preparing that call, as it has failed a moment ago. */
  untilRested(turn: Turn): void;
  /** Who can put right there what only people can; undefined where we know of nobody. */
  installer(workspace: string): Promise<string | undefined>;
  /**
   * Answers through a `response_url` (5 uses in 30 minutes); false when Slack would not take it
   * or the address is not Slack's.
   */
  answer(responseUrl: string, message: object): Promise<boolean>;
}

export function createSlackWeb(options: {
  apiUrl: string;
  installs: Pick<Installs, "find" | "renewed">;
  pace: Pace;
  /** Where faults of our own are told. */
  log?: Pick<Log, "error">;
  /** How long a call may take, in milliseconds; for tests in which Slack hangs. */
  timeoutMs?: number | undefined;
  memories?: Memories;
}): SlackWeb {
  const { installs, pace, timeoutMs = deadlineMs } = options;
  const clientFor = rememberedClients(options);
  const origins = new Set(["https://hooks.slack.com", new URL(options.apiUrl).origin]);
  return {
    async client(workspace) {
      const install = await installs.find(workspace);
      if (!install) throw new NotInstalled(`not installed in ${workspace}`);
      return clientFor(workspace, install);
    },
    async inTurn(turn, call) {
      const wait = pace.turn(turn);
      if (wait > 0) throw new HeldBack(wait);
      try {
        const answer = await call();
        pace.over(turn, "served");
        return answer;
      } catch (error) {
        pace.over(turn, isPassing(error) || isUnknown(error) ? "failed" : "neither");
        throw error;
      }
    },
    async look(workspace, method, call) {
      const wait = pace.look(workspace, method);
      if (wait > 0) throw new HeldBack(wait);
      return call();
    },
    untilRested(turn) {
      const wait = pace.restMs(turn);
      if (wait > 0) throw new HeldBack(wait);
    },
    installer: async (workspace) => (await installs.find(workspace))?.installedBy,
    async answer(responseUrl, message) {
      if (!URL.canParse(responseUrl) || !origins.has(new URL(responseUrl).origin)) return false;
      try {
        const response = await fetch(responseUrl, {
          method: "POST",
          redirect: "error",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(message),
          signal: AbortSignal.timeout(timeoutMs),
        });
        const said = await response.text();
        return response.ok && !refuses(said);
      } catch {
        return false;
      }
    },
  };
}

/** Slack says no with a status of 200 too, and why in the body; "ok" is all that a taken answer says. */
function refuses(said: string): boolean {
  try {
    return (JSON.parse(said) as { ok?: unknown } | null)?.ok === false;
  } catch {
    return false;
  }
}

const mostClients = 500;
/** Each holds a token. */
const clientMs = 3_600_000;

/** One client per workspace, made anew when its token is another; the longest unused go first. */
function rememberedClients({
  apiUrl,
  installs,
  pace,
  log,
  timeoutMs,
  memories = createMemories(() => new Date()),
}: {
  apiUrl: string;
  installs: Pick<Installs, "renewed">;
  pace: Pace;
  log?: Pick<Log, "error">;
  timeoutMs?: number | undefined;
  memories?: Memories;
}): (workspace: string, install: Install) => WebClient {
  const known = memories.open<{ mark: string; client: WebClient }>({
    ms: clientMs,
    most: mostClients,
    byUse: true,
  });
  return (workspace, { mark, token, orgWide }) => {
    const found = known.get(workspace, "");
    const teamId = orgWide && isWorkspace(workspace) ? { teamId: workspace } : {};
    const renew = async () => installs.renewed?.(workspace, mark);
    const client =
      found?.mark === mark
        ? found.client
        : heeding({ workspace, pace, log, renew }, token.reveal(), {
            ...webOptions(apiUrl, timeoutMs),
            ...teamId,
          });
    known.set(workspace, "", { mark, client });
    return client;
  };
}

/** A workspace's id, and not an organisation's "E…". */
function isWorkspace(id: string): boolean {
  return id.startsWith("T");
}
