import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { Install, Installs } from "./install/installs.ts";

/**
 * The library's defaults retry for half an hour, wait without end and follow absolute URLs;
 * everything that must arrive is retried by our own jobs instead.
 */
export function webOptions(apiUrl: string): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    timeout: 10_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
  };
}

/** Our side of Slack's Web API. */
export interface SlackWeb {
  /** Speaks for one workspace. Throws `NotInstalled` where Fermata is not, or not any more. */
  client(workspace: string): Promise<WebClient>;
  /**
   * Answers through a `response_url` (5 uses in 30 minutes); false when Slack would not take it
   * or the address is not Slack's.
   */
  answer(responseUrl: string, message: object): Promise<boolean>;
}

class NotInstalled extends Error {
  override name = "NotInstalled";
}

export function createSlackWeb(options: {
  apiUrl: string;
  installs: Pick<Installs, "find">;
}): SlackWeb {
  const clientFor = rememberedClients(options.apiUrl);
  const origins = new Set(["https://hooks.slack.com", new URL(options.apiUrl).origin]);
  return {
    async client(workspace) {
      const install = await options.installs.find(workspace);
      if (!install) throw new NotInstalled(`not installed in ${workspace}`);
      return clientFor(workspace, install);
    },
    async answer(responseUrl, message) {
      if (!URL.canParse(responseUrl) || !origins.has(new URL(responseUrl).origin)) return false;
      try {
        const response = await fetch(responseUrl, {
          method: "POST",
          redirect: "error",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(message),
          signal: AbortSignal.timeout(10_000),
        });
        await response.body?.cancel();
        return response.ok;
      } catch {
        return false;
      }
    },
  };
}

const mostClients = 500;

/** One client per workspace, made anew when its token is another; the longest unused go first. */
function rememberedClients(apiUrl: string): (workspace: string, install: Install) => WebClient {
  const known = new Map<string, { mark: string; client: WebClient }>();
  return (workspace, { mark, token, orgWide }) => {
    const found = known.get(workspace);
    known.delete(workspace);
    const teamId = orgWide && isWorkspace(workspace) ? { teamId: workspace } : {};
    const client =
      found?.mark === mark
        ? found.client
        : new WebClient(token.reveal(), { ...webOptions(apiUrl), ...teamId });
    known.set(workspace, { mark, client });
    const [oldest] = known.keys();
    if (known.size > mostClients && oldest !== undefined) known.delete(oldest);
    return client;
  };
}

/** A workspace's id, and not an organisation's "E…". */
function isWorkspace(id: string): boolean {
  return id.startsWith("T");
}

/** Slack's own error code of a failed call (`channel_not_found`), or undefined when Slack did not answer. */
export function slackErrorOf(error: unknown): string | undefined {
  const data = (error as { data?: { error?: unknown } } | null)?.data;
  return typeof data?.error === "string" ? data.error : undefined;
}
