import { allCasts } from "./cast/casts.ts";
import type { Deliver } from "./inbound/deliver.ts";
import type { Install } from "./installs.ts";
import { createWorkspace, randomText, type Workspace } from "./state.ts";
import type { ApiCall, Enterprise, Fault } from "./types.ts";

/** What the app's own settings pages would say. */
export interface AppSettings {
  readonly id: string;
  readonly name: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly redirectUrls: readonly string[] | undefined;
  /** Tokens end after twelve hours and are refreshed. */
  rotation: boolean;
}

export interface Org {
  readonly enterprise: Enterprise;
  /** Workspaces an org-wide install reaches. */
  readonly teams: string[];
}

/** What somebody allowed, until the app trades it for a token. */
export interface Code {
  readonly home: string;
  readonly person: string;
  readonly scope: string;
  readonly redirectUri: string | undefined;
  readonly issuedAt: number;
  used: boolean;
}

/** All workspaces behind one Web API, and the app that is installed in some of them. */
export interface Platform {
  readonly app: AppSettings;
  readonly workspaces: readonly Workspace[];
  readonly orgs: readonly Org[];
  readonly installs: Install[];
  readonly codes: Map<string, Code>;
  readonly calls: ApiCall[];
  readonly faults: Fault[];
  readonly deliver: Deliver;
  /** http://127.0.0.1:PORT, set once it listens. */
  url: string;
  now(): Date;
  random(): number;
  randomText(length: number): string;
  reset(): void;
}

export function createPlatform(options: {
  app: AppSettings;
  deliver: Deliver;
  installed: readonly string[];
  now(): Date;
  random(): number;
}): Platform {
  const { app, deliver, now, random } = options;
  const installs: Install[] = [];
  const url = () => platform.url;
  const about = { appId: app.id, installs, now, random, url };
  const workspaces = allCasts().map((cast) => createWorkspace(cast, about));
  const platform: Platform = {
    app,
    workspaces,
    orgs: orgsOf(workspaces),
    installs,
    codes: new Map(),
    calls: [],
    faults: [],
    deliver,
    url: "",
    now,
    random,
    randomText: (length) => randomText(random, length),
    reset() {
      for (const list of [installs, platform.calls, platform.faults]) list.length = 0;
      platform.codes.clear();
      for (const org of platform.orgs) org.teams.length = 0;
      firstInstalls(platform, options.installed);
      for (const cast of allCasts())
        workspaces.find(({ team }) => team.id === cast.team.id)?.reset(cast);
    },
  };
  firstInstalls(platform, options.installed);
  return platform;
}

function orgsOf(workspaces: readonly Workspace[]): Org[] {
  const all = new Map(workspaces.map(({ enterprise }) => [enterprise?.id, enterprise]));
  return [...all.values()]
    .filter((one) => one !== undefined)
    .map((enterprise) => ({ enterprise, teams: [] }));
}

const firstToken = ["xoxb", "2711004242", "2711004243", "pretendBotToken"].join("-");
/** What the app's manifest asks for. */
const usualScope = [
  "commands",
  "app_mentions:read",
  "chat:write",
  "chat:write.public",
  "users:read",
  "usergroups:read",
  "channels:read",
  "groups:read",
].join(",");

function firstInstalls(platform: Platform, teams: readonly string[]): void {
  for (const team of teams) {
    const workspace = workspaceNamed(platform, team);
    addInstall(platform, workspace, workspace === platform.workspaces[0] ? firstToken : undefined);
  }
}

/** Where the app can be installed: one workspace, or an organisation. */
export type Home = Workspace | Org;

export const homeId = (home: Home): string => ("team" in home ? home.team.id : home.enterprise.id);

/** A new token beside any older ones. */
export function addInstall(
  platform: Platform,
  home: Home,
  token?: string,
  scope = usualScope,
): Install {
  const bot = "team" in home ? home : workspacesOf(platform, home)[0];
  if (!bot) throw new Error(`${home.enterprise?.name} has no workspace`);
  const install: Install = {
    ...newTokens(platform, token),
    home: homeId(home),
    teams: "team" in home ? [home.team.id] : home.teams,
    scope,
    botId: bot.botId,
    botUserId: bot.botUserId,
  };
  return keepInstall(platform, install);
}

/** Another pair for the same bot; the older token works on until it ends. */
export function rotated(
  platform: Platform,
  { refresh: _used, ended: _over, ...older }: Install,
): Install {
  return keepInstall(platform, { ...older, ...newTokens(platform) });
}

function keepInstall(platform: Platform, install: Install): Install {
  platform.installs.push(install);
  for (const workspace of platform.workspaces) workspace.changed();
  return install;
}

export const tokenLifeMs = 12 * 3_600_000;

function newTokens(
  platform: Platform,
  given?: string,
): Pick<Install, "token" | "endsAt" | "refresh"> {
  const { app, now, random } = platform;
  const number = () => String(Math.floor(1e12 + random() * 9e12));
  const plain = given ?? ["xoxb", number(), number(), platform.randomText(24)].join("-");
  if (!app.rotation || given !== undefined) return { token: plain };
  return {
    token: `xoxe.${plain.replace("xoxb-", "xoxb-1-")}`,
    endsAt: now().getTime() + tokenLifeMs,
    refresh: { token: `xoxe-1-${platform.randomText(48)}` },
  };
}

export function workspacesOf(platform: Platform, org: Org): Workspace[] {
  return platform.workspaces.filter((one) => one.enterprise?.id === org.enterprise.id);
}

/** By id, name or domain; a workspace that is not there is a mistake of the caller, so it throws. */
export function workspaceNamed(platform: Platform, wanted: string): Workspace {
  const found = platform.workspaces.find(({ team }) => Object.values(team).includes(wanted));
  if (!found) throw new Error(`No pretend workspace is called "${wanted}"`);
  return found;
}

export function orgNamed(platform: Platform, wanted: string): Org {
  const found = platform.orgs.find(({ enterprise }) => Object.values(enterprise).includes(wanted));
  if (!found) throw new Error(`No pretend organisation is called "${wanted}"`);
  return found;
}
