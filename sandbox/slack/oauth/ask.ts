import { type Home, homeId, type Platform, workspacesOf } from "../platform.ts";
import type { PretendPerson } from "../types.ts";

/** What an app asks for at `/oauth/v2/authorize`. */
export interface Ask {
  clientId: string;
  scope: string;
  state: string | undefined;
  /** As given; the app's first redirect URL stands in when it was left out. */
  redirectUri: string | undefined;
  /** Where the browser goes in the end. */
  returnTo: URL;
  home: Home;
}

/** Reads the question, or says which of Slack's errors the page shows instead. */
export function readAsk(given: URLSearchParams, platform: Platform): Ask | string {
  const { app } = platform;
  if (given.get("client_id") !== app.clientId) return "invalid_client_id";
  const scope = given.get("scope") ?? "";
  if (scope === "") return "invalid_scope_requested";
  const redirectUri = given.get("redirect_uri") ?? undefined;
  const returnTo = readTarget(redirectUri ?? app.redirectUrls?.[0], app.redirectUrls);
  if (!returnTo) return "bad_redirect_uri";
  const home = homeNamed(given.get("where") || given.get("team"), platform);
  if (!home) return "invalid_team_for_non_distributed_app";
  const state = given.get("state") ?? undefined;
  return { clientId: app.clientId, scope, state, redirectUri, returnTo, home };
}

/** A registered URL covers everything below it. */
function readTarget(text = "", registered: readonly string[] = [text]): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  const covered = registered.map((one) => new URL(one)).some((one) => isBelow(url, one));
  return covered ? url : undefined;
}

function isBelow(url: URL, registered: URL): boolean {
  const folder = registered.pathname.replace(/\/?$/, "/");
  return url.origin === registered.origin && `${url.pathname}/`.startsWith(folder);
}

export function allHomes(platform: Platform): Home[] {
  return [...platform.workspaces, ...platform.orgs];
}

function homeNamed(id: string | null, platform: Platform): Home | undefined {
  if (!id) return platform.workspaces[0];
  return allHomes(platform).find((one) => homeId(one) === id);
}

/** Members but no guests; for a whole organisation its administrators. */
export function whoMayInstall(home: Home, platform: Platform): PretendPerson[] {
  if ("team" in home) return home.people.filter((person) => isPlainMember(person, home.team.id));
  const everybody = workspacesOf(platform, home).flatMap(({ people }) => people);
  const admins = everybody.filter((one) => one.enterprise?.isAdmin && !one.deleted);
  return [...new Map(admins.map((person) => [person.id, person])).values()];
}

function isPlainMember(person: PretendPerson, team: string): boolean {
  const here = person.teamId === team || person.enterprise?.teams.includes(team);
  const guest = person.isRestricted || person.isUltraRestricted;
  return Boolean(here) && !guest && !person.isBot && !person.deleted;
}
