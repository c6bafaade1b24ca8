import { WebClient, type WebClientOptions } from "@slack/web-api";

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
  client(workspace: string): WebClient;
  /**
   * Answers through a `response_url` (5 uses in 30 minutes); false when Slack would not take it
   * or the address is not Slack's.
   */
  answer(responseUrl: string, message: object): Promise<boolean>;
}

export function createSlackWeb(options: { apiUrl: string; botToken: string }): SlackWeb {
  const client = new WebClient(options.botToken, webOptions(options.apiUrl));
  const origins = new Set(["https://hooks.slack.com", new URL(options.apiUrl).origin]);
  return {
    client: () => client,
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

/** Slack's own error code of a failed call (`channel_not_found`), or undefined when Slack did not answer. */
export function slackErrorOf(error: unknown): string | undefined {
  const data = (error as { data?: { error?: unknown } } | null)?.data;
  return typeof data?.error === "string" ? data.error : undefined;
}
