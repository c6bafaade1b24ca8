import type { IncomingMessage } from "node:http";
import { installWorkspace } from "../../flows/install-workspace.ts";
import type { World } from "../../world.ts";
import type { PlainRoute, RouteAnswer } from "../receiver.ts";
import { begin, endedCookie, take } from "./begun.ts";
import { exchange } from "./exchange.ts";
import { installPath, type OAuthApp, redirectPath } from "./oauth-app.ts";
import { page, redirect } from "./pages.ts";
import { botScopes } from "./scopes.ts";

/** Where people begin to install us, and where Slack sends their browser back to. */
export function installRoutes(world: World, app: OAuthApp): Record<string, PlainRoute> {
  return {
    [installPath]: () => start(world, app),
    [redirectPath]: (request) => comeBack(world, app, request),
  };
}

async function start(world: World, app: OAuthApp): Promise<RouteAnswer> {
  const begun = await begin(world, { secure: isSecure(app) });
  if (!begun) return page(503, "Too many at once", [tooMany]);
  const url = new URL(app.authorizeUrl);
  url.searchParams.set("client_id", app.clientId);
  url.searchParams.set("scope", botScopes.join(","));
  url.searchParams.set("state", begun.state);
  url.searchParams.set("redirect_uri", app.redirectUri);
  return redirect(url.href, { "set-cookie": begun.cookie });
}

async function comeBack(
  world: World,
  app: OAuthApp,
  request: IncomingMessage,
): Promise<RouteAnswer> {
  const given = new URL(request.url ?? "", app.publicUrl).searchParams;
  const [state, code] = [only(given, "state"), only(given, "code")];
  const headers = { "set-cookie": endedCookie(isSecure(app)) };
  if (!state || !(await take(world, request, state)))
    return page(400, "Not installed", [unknownState, again]);
  if (given.has("error")) {
    const sentence = given.get("error") === "access_denied" ? denied : "Slack ended it.";
    return page(400, "Not installed", [sentence, again], headers);
  }
  if (!code) return page(400, "Not installed", ["Slack sent no code.", again], headers);
  return finish(world, app, code, headers);
}

async function finish(
  world: World,
  app: OAuthApp,
  code: string,
  headers: Record<string, string>,
): Promise<RouteAnswer> {
  try {
    const exchanged = await exchange(app, code);
    if (exchanged.kind === "refused")
      return page(400, "Not installed", [exchanged.sentence, again], headers);
    const { isNew } = await installWorkspace(world, exchanged.granted);
    const title = `Fermata is ${isNew ? "installed" : "up to date"} in ${exchanged.name.slice(0, 80)}`;
    const steps = exchanged.granted.orgWide ? [addWorkspaces, ...nextSteps] : nextSteps;
    return page(200, title, steps, headers);
  } catch (error) {
    world.log.error("an install met a fault", { error });
    return page(502, "Not installed", ["Slack could not be reached just now.", again], headers);
  }
}

/** A parameter given twice could mean one thing to us and another to Slack. */
function only(given: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = given.getAll(name);
  return more.length === 0 ? value : undefined;
}

function isSecure({ publicUrl }: OAuthApp): boolean {
  return publicUrl.startsWith("https:");
}

const again = `Nothing was installed. Begin again at ${installPath} of this address, in one browser and within ten minutes.`;
const unknownState =
  "This link was not begun in this browser, was used already, or is older than ten minutes.";
const denied = "It was cancelled at Slack.";
const tooMany = "Many installs were begun and not finished. Please try again in ten minutes.";
const addWorkspaces =
  "An administrator of the organization now chooses the workspaces where people may use it, on Slack's page of apps.";
const nextSteps = [
  "Go back to Slack. Type /campaign connect to connect a platform, /campaign policy to see who may do what, and /campaign list to see the campaigns.",
  "You can close this page.",
];
