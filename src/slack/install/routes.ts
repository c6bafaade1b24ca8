import type { IncomingMessage } from "node:http";
import { installWorkspace } from "../../flows/install-workspace.ts";
import { KeyRetired } from "../../store/retired-keys.ts";
import type { World } from "../../world.ts";
import type { PlainRoute, RouteAnswer } from "../receiver.ts";
import { begin, endedCookie, isOpen, type Signing, use } from "./begun.ts";
import { exchange } from "./exchange.ts";
import { installPage } from "./install-page.ts";
import { installPath, type OAuthApp, redirectPath } from "./oauth-app.ts";
import { page } from "./pages.ts";
import { botScopes } from "./scopes.ts";

/** Where people begin to install us, and where Slack sends their browser back to. */
export function installRoutes(world: World, app: OAuthApp): Record<string, PlainRoute> {
  return {
    [installPath]: (request) => start(world, app, request),
    [redirectPath]: (request) => comeBack(world, app, request),
  };
}

/** The page says what is asked for; nothing of it is kept before somebody has come back from Slack. */
async function start(world: World, app: OAuthApp, request: IncomingMessage): Promise<RouteAnswer> {
  const begun = begin(world, request, signingOf(app));
  const url = new URL(app.authorizeUrl);
  url.searchParams.set("client_id", app.clientId);
  url.searchParams.set("scope", botScopes.join(","));
  url.searchParams.set("state", begun.state);
  url.searchParams.set("redirect_uri", app.redirectUri);
  return installPage(url.href, { "set-cookie": begun.cookie });
}

async function comeBack(
  world: World,
  app: OAuthApp,
  request: IncomingMessage,
): Promise<RouteAnswer> {
  const given = new URL(request.url ?? "", app.publicUrl).searchParams;
  const [state, code] = [only(given, "state"), only(given, "code")];
  const headers = { "set-cookie": endedCookie(signingOf(app)) };
  if (!state || !(await isOpen(world, request, state, signingOf(app))))
    return page(400, "Not installed", [unknownState, again]);
  if (given.has("error")) {
    const sentence = given.get("error") === "access_denied" ? denied : "Slack ended it.";
    return page(400, "Not installed", [sentence, again], headers);
  }
  if (!code) return page(400, "Not installed", ["Slack sent no code.", again], headers);
  return finish(world, app, { code, state }, headers);
}

async function finish(
  world: World,
  app: OAuthApp,
  { code, state }: { code: string; state: string },
  headers: Record<string, string>,
): Promise<RouteAnswer> {
  try {
    const exchanged = await exchange(app, code);
    if (exchanged.kind === "refused")
      return page(400, "Not installed", [exchanged.sentence, again], headers);
    if (!(await use(world, state)))
      return page(400, "Not installed", [unknownState, again], headers);
    const { isNew } = await installWorkspace(world, exchanged.granted);
    const title = `Fermata is ${isNew ? "installed" : "up to date"} in ${exchanged.name.slice(0, 80)}`;
    const steps = exchanged.granted.orgWide ? [addWorkspaces, ...nextSteps] : nextSteps;
    return page(200, title, steps, headers);
  } catch (error) {
    if (error instanceof KeyRetired)
      return page(503, "Not installed", [error.message, again], headers);
    world.log.error("an install met a fault", { error });
    return page(502, "Not installed", ["Slack could not be reached just now.", again], headers);
  }
}

/** A parameter given twice could mean one thing to us and another to Slack. */
function only(given: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = given.getAll(name);
  return more.length === 0 ? value : undefined;
}

function signingOf({ publicUrl, clientSecret }: OAuthApp): Signing {
  return { clientSecret, secure: publicUrl.startsWith("https:") };
}

const again = `Nothing was installed. Begin again at ${installPath} of this address, in one browser and within ten minutes.`;
const unknownState =
  "This link was not begun in this browser, was used already, or is older than ten minutes.";
const denied = "It was cancelled at Slack.";
const addWorkspaces =
  "An administrator of the organization now chooses the workspaces where people may use it, on Slack's page of apps.";
const nextSteps = [
  "Go back to Slack. Type /campaign connect to connect a platform, /campaign policy to see who may do what, and /campaign list to see the campaigns.",
  "You can close this page.",
];
