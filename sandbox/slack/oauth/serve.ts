import type { Platform } from "../platform.ts";
import { readAsk } from "./ask.ts";
import { decide } from "./consent.ts";
import { consentPage, errorPage } from "./page.ts";

export type Page = { status: number; html: string } | { location: string };

/** The page Slack shows to whoever installs the app, and what its two buttons do. */
export function pageFor(
  request: { method: string | undefined; url: URL; body: string },
  platform: Platform,
): Page | undefined {
  const { method, url, body } = request;
  if (url.pathname !== "/oauth/v2/authorize") return undefined;
  if (method === "GET") return ask(url.searchParams, platform);
  return method === "POST" ? answer(new URLSearchParams(body), platform) : undefined;
}

function ask(given: URLSearchParams, platform: Platform): Page {
  const asked = readAsk(given, platform);
  if (typeof asked === "string") return { status: 400, html: errorPage(asked) };
  return { status: 200, html: consentPage(asked, platform) };
}

function answer(given: URLSearchParams, platform: Platform): Page {
  const asked = readAsk(given, platform);
  if (typeof asked === "string") return { status: 400, html: errorPage(asked) };
  const choice = { person: given.get("person") ?? "", allow: given.get("decision") === "allow" };
  const target = decide(asked, choice, platform);
  if (!target) return { status: 403, html: errorPage("not_allowed_to_install") };
  return { location: target.href };
}
