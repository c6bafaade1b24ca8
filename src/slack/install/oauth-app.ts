import type { Secret } from "../../store/secret.ts";

/** What the app's settings at Slack say, and where they lead. */
export interface OAuthApp {
  apiUrl: string;
  authorizeUrl: string;
  clientId: string;
  clientSecret: Secret;
  /** Our own address, without a path. */
  publicUrl: string;
  redirectUri: string;
}

export const installPath = "/slack/install";
export const redirectPath = "/slack/oauth_redirect";

interface Settings {
  slackApiUrl: string;
  authorizeUrl: string;
  clientId: string | undefined;
  clientSecret: Secret | undefined;
  publicUrl: string | undefined;
}

/** The app as the environment tells of it; undefined where it is not one for many workspaces. */
export function configuredApp(settings: Settings): OAuthApp | undefined {
  const { clientId, clientSecret, publicUrl, authorizeUrl, slackApiUrl: apiUrl } = settings;
  if (!clientId || !clientSecret || !publicUrl) return undefined;
  const redirectUri = new URL(redirectPath, publicUrl).href;
  return { apiUrl, authorizeUrl, clientId, clientSecret, publicUrl, redirectUri };
}
