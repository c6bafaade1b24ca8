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

export function oauthApp(options: Omit<OAuthApp, "redirectUri">): OAuthApp {
  return { ...options, redirectUri: new URL(redirectPath, options.publicUrl).href };
}
