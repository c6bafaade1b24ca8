import type { Cast } from "./cast/cast.ts";
import type { Install } from "./installs.ts";
import type {
  Enterprise,
  FormValues,
  Option,
  PretendChannel,
  PretendGroup,
  PretendMessage,
  PretendPerson,
  PretendView,
  Team,
  WorkspaceRules,
} from "./types.ts";

export interface Trigger {
  person: string;
  /** The modal it was pressed in, for `views.push`. */
  viewId?: string;
  issuedAt: number;
  used: boolean;
}

/** Where a `response_url` leads, and how much of it is left. */
export interface ResponseUrl {
  channel: string;
  person: string;
  /** The message whose button was pressed; none for a slash command. */
  original?: { ts: string; ephemeral: boolean };
  issuedAt: number;
  uses: number;
}

export interface OpenView extends PretendView {
  person: string;
  /** What the person has put into the fields so far. */
  typed: FormValues;
  /** Options an external select was given, by action id: nothing else can be chosen. */
  offered: Map<string, Option[]>;
  /** As the bot sent it, with block and action ids filled in. */
  raw: Record<string, unknown>;
}

/** Everything one workspace knows. Lists are kept in place, so that holders of them see changes. */
export interface Workspace {
  readonly team: Team;
  readonly enterprise: Enterprise | undefined;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  /** Of every workspace: one list. */
  readonly installs: readonly Install[];
  readonly people: PretendPerson[];
  readonly channels: PretendChannel[];
  readonly groups: PretendGroup[];
  readonly rules: WorkspaceRules;
  readonly messages: PretendMessage[];
  readonly views: OpenView[];
  readonly homes: Map<string, OpenView>;
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  /** Of the pretend Slack, once it listens. */
  url(): string;
  now(): Date;
  random(): number;
  newTs(): string;
  newId(prefix: string, length?: number): string;
  changed(): void;
  onChange(listener: () => void): () => void;
  reset(cast: Cast): void;
}

const usualRules: WorkspaceRules = {
  plan: "paid",
  messagesTab: true,
  appsInGeneral: true,
  emptyState: "list",
};

export function createWorkspace(
  cast: Cast,
  options: Pick<Workspace, "appId" | "installs" | "now" | "random" | "url">,
): Workspace {
  const listeners = new Set<() => void>();
  let lastMicros = 0;
  const workspace: Workspace = {
    ...options,
    team: cast.team,
    enterprise: cast.enterprise,
    botId: cast.botId,
    botUserId: cast.botUserId,
    people: cast.people,
    channels: cast.channels,
    groups: cast.groups,
    rules: { ...usualRules },
    messages: [],
    views: [],
    homes: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    newTs() {
      lastMicros = Math.max(options.now().getTime() * 1000, lastMicros + 1);
      const digits = String(lastMicros);
      return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    },
    newId: (prefix, length = 10) => prefix + randomText(options.random, length - prefix.length),
    changed() {
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reset(fresh) {
      workspace.people.splice(0, Infinity, ...fresh.people);
      workspace.channels.splice(0, Infinity, ...fresh.channels);
      workspace.groups.splice(0, Infinity, ...fresh.groups);
      Object.assign(workspace.rules, usualRules);
      for (const list of [workspace.messages, workspace.views]) list.length = 0;
      for (const map of [workspace.homes, workspace.triggers, workspace.responseUrls]) map.clear();
      workspace.changed();
    },
  };
  return workspace;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

export function randomText(random: () => number, length: number): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join("");
}
