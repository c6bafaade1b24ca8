/** What the pretend Slack workspace offers to tests, to the demo and to the web page. Ids look like Slack's own. */

export interface Team {
  id: string;
  name: string;
  domain: string;
}

/** An organisation on Enterprise Grid: "E…". */
export type Enterprise = Team;

export interface PretendPerson {
  id: string;
  /** Lower-case handle: "ana". Everywhere a person is asked for, the id or this name will do. */
  name: string;
  realName: string;
  /** Avatar colour, "#rrggbb". */
  color: string;
  /** Null where Slack does not say it, as of people who never set one; `tz_offset` is then all there is. */
  tz: string | null;
  isAdmin: boolean;
  isOwner: boolean;
  /** Guest in several channels. */
  isRestricted: boolean;
  /** Guest in one channel. */
  isUltraRestricted: boolean;
  isBot: boolean;
  deleted: boolean;
  /**
   * Somebody from another organisation. As at Slack, `users.info` says `is_stranger` only of those
   * who share no channel with the bot; the others are known by their `teamId`.
   */
  isStranger: boolean;
  /** Takes no direct message of an app. */
  closedToApps?: boolean;
  /** The home workspace; another one than ours for people of Slack Connect and of sister workspaces. */
  teamId: string;
  /** Of people on Enterprise Grid only: what `users.info` says as `enterprise_user`. */
  enterprise?: EnterpriseMember;
}

export interface EnterpriseMember {
  /** "W…", the same in every workspace. Whoever acts as this id is sent as this id. */
  id: string;
  /** May install apps for the whole organisation. */
  isAdmin: boolean;
  /** The workspaces the person is a member of. */
  teams: string[];
}

export interface PretendChannel {
  id: string;
  /** Without "#"; "dm-ana" is the direct message between Ana and the bot. */
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  isExtShared: boolean;
  /** Shared with sister workspaces of the same organisation. */
  isOrgShared?: boolean;
  /** The other workspaces of a shared channel. */
  connectedTeams?: string[];
  /** A direct message between `members[0]` and the bot. */
  isIm: boolean;
  members: string[];
  botIsMember: boolean;
  /** Who may post there: everyone where left out. */
  posting?: "admins" | "threads_only" | "nobody" | "frozen";
}

/** What a workspace's plan and its administrators have set. */
export interface WorkspaceRules {
  /** A free one has no user groups. */
  plan: "paid" | "free";
  /** The app's messages tab, without which it cannot write to a person. */
  messagesTab: boolean;
  /** Apps may post in #general. */
  appsInGeneral: boolean;
  /** How a form without a single field reports its state: Slack's own payloads have had all four. */
  emptyState: "list" | "object" | "nothing" | "absent";
}

export interface PretendGroup {
  id: string;
  handle: string;
  name: string;
  users: string[];
}

export interface Block {
  type: string;
  block_id?: string;
  [key: string]: unknown;
}

export interface PretendMessage {
  channel: string;
  ts: string;
  /** User id of the author: a person or the bot's user. */
  user: string;
  botId?: string;
  appId?: string;
  text: string;
  blocks: Block[];
  threadTs?: string;
  metadata?: unknown;
  /** How often the content was replaced since it was posted. */
  edits: number;
  /** Slack writes "(edited)" beside the message. */
  showsEdited: boolean;
  /** Only this user id sees it: an ephemeral message. */
  visibleTo?: string;
  postedAt: Date;
}

export interface PretendView {
  id: string;
  type: "modal" | "home";
  callbackId: string;
  title: string;
  blocks: Block[];
  privateMetadata: string;
  hash: string;
  rootViewId: string;
  previousViewId: string | null;
  externalId: string;
  notifyOnClose: boolean;
  clearOnClose: boolean;
  submit?: string;
  close?: string;
  /** Field errors of the last submit, by block_id; an update of the view clears them. */
  errors: Record<string, string>;
}

export interface Option {
  text: { type: string; text: string };
  value?: string;
  description?: { type: string; text: string };
}

/** What Slack tells the person when a delivery goes wrong. */
type DeliveryError =
  | "operation_timeout"
  | "dispatch_failed"
  | "http_error"
  | "connection_failed"
  | "invalid_response"
  | "not_allowed";

export interface Delivery {
  /** HTTP status of the bot's answer; 0 if there was none. */
  status: number;
  ms: number;
  body: string;
  /** An answer later than Slack's three seconds is `operation_timeout`, as the person would be told. */
  error?: DeliveryError;
  /** The sentence Slack would show to the person, if any. */
  shown?: string;
  /** Deliveries made in all; above 1 only for retried events. */
  attempts: number;
}

export interface SubmitDelivery extends Delivery {
  /** By block_id, when the bot answered `response_action: "errors"`. */
  errors?: Record<string, string>;
}

/**
 * Form values by `block_id` or by `action_id`. A text, a date, the value of an option, an id;
 * an array for check boxes and multi-selects; null empties the field.
 * A field that is not named keeps its initial value.
 */
export type FormValues = Record<string, string | string[] | null>;

/** Where a button is: in a message (or an ephemeral one), or in an open modal or home view. */
export type Place = { channel: string; ts: string } | { viewId: string };

export interface ApiCall {
  at: Date;
  /** The workspace it was about; undefined when it was about none, or the token was no good. */
  team?: string;
  method: string;
  /** Of a `response_url` only: which one. */
  path?: string;
  /** Arguments as sent, the token and the client secret left out. */
  args: Record<string, unknown>;
  ok: boolean;
  error?: string;
}

export interface Fault {
  /** "chat.postMessage"; every method if left out; "response_url" for those. */
  method?: string;
  /** Only calls in this workspace. */
  team?: string;
  /** Only calls about this person, by id or name: `users.info` of one, all others well. */
  user?: string;
  error?: string;
  /** Sent in place of the answer: a text as it is, anything else as JSON. For malformed answers. */
  body?: unknown;
  /** Seconds, sent as Retry-After. */
  retryAfter?: number;
  /** HTTP status; 429 for `ratelimited`, else 200. From 500 on the body is HTML. */
  status?: number;
  /** Never answer. */
  hang?: boolean;
  /** Do the work first, then fail: the answer is lost, the effect stays. */
  afterActing?: boolean;
  /** How many calls it hits; all until cleared if left out. */
  times?: number;
}

export interface RawRequest {
  body: string;
  contentType?: string;
  headers?: Record<string, string>;
  /** Unix seconds used in the signature; the workspace's clock if left out. */
  timestamp?: number;
}

export interface EventOptions {
  /** Redeliver like Slack, up to three times, on failure; without Slack's pauses between. */
  retry?: boolean;
  eventId?: string;
  /** Sends as the given redelivery. */
  retryNum?: number;
  /** When it is said to have happened, for events that come late; now if left out. */
  eventTime?: Date;
}

/** What Slack sends when an app goes. Their order is not guaranteed. */
type Parting = "app_uninstalled" | "tokens_revoked";

export interface UninstallOptions {
  /** In this order, `tokens_revoked` first if left out; what is named twice is sent twice, with one event id. */
  events?: readonly Parting[];
  eventTime?: Date;
}

/** Who presses Allow (or Cancel) on the consent page, and for which workspace or organisation. */
export interface Consent {
  person: string;
  /** "T…" or "E…"; the default workspace if left out. */
  where?: string;
  allow?: boolean;
}

/** One workspace and what its people do in it. Every workspace speaks to the same bot. */
export interface PretendWorkspace {
  readonly team: Team;
  /** The organisation, when the workspace is on Enterprise Grid. */
  readonly enterprise: Enterprise | undefined;
  readonly botId: string;
  readonly botUserId: string;
  /** The newest token for this workspace alone, a revoked one too; undefined before the first install. */
  readonly botToken: string | undefined;
  /** Also by an org-wide install. Where the app is not installed, Slack sends it nothing. */
  readonly installed: boolean;
  /** Live: changing a person changes what `users.info` answers. */
  readonly people: PretendPerson[];
  readonly channels: PretendChannel[];
  readonly groups: PretendGroup[];
  /** Live: changing a rule changes what Slack answers from then on. */
  readonly rules: WorkspaceRules;

  /** Installs the app as the consent page would, and returns the new token. Older ones stay valid. */
  install(): string;
  /** Ends every token of this workspace with `account_inactive`, then sends the events. */
  uninstall(options?: UninstallOptions): Promise<Delivery[]>;
  /** Every token of this workspace has these scopes from now on, with commas between them. */
  regrant(scope: string): void;
  /** Ends the tokens with `token_revoked` and sends nothing. */
  revokeTokens(): void;

  /**
   * `channel` is an id, a name, or "@ana" for the direct message between Ana and the bot.
   * Text that starts with "/" goes to the bot; anything else is just said.
   */
  typeCommand(person: string, channel: string, text: string): Promise<Delivery>;
  say(person: string, channel: string, text: string): PretendMessage;
  /** Buttons, overflow menus, selects, check boxes. `selected` is the option's value, a date or an id. */
  press(
    person: string,
    place: Place,
    actionId: string,
    blockId?: string,
    selected?: string | string[],
    values?: FormValues,
  ): Promise<Delivery>;
  /** What an external select offers for the query; empty when the bot fails to answer in time. */
  suggest(person: string, viewId: string, actionId: string, query: string): Promise<Option[]>;
  submit(person: string, viewId: string, values: FormValues): Promise<SubmitDelivery>;
  closeView(person: string, viewId: string): Promise<Delivery>;
  openHome(person: string): Promise<Delivery>;
  /** Connects the channel with another company's workspace and sends `channel_shared`. */
  shareChannel(channel: string, withTeam: string): Promise<Delivery>;
  /** Sends any event, whether the app is installed or not. */
  event(type: string, fields?: Record<string, unknown>, options?: EventOptions): Promise<Delivery>;

  messages(channel: string): PretendMessage[];
  ephemerals(person: string, channel?: string): PretendMessage[];
  /** Open modals, the topmost last. */
  views(person: string): PretendView[];
  home(person: string): PretendView | undefined;
  calls(): ApiCall[];
  /** The last fault set wins; null clears all of this workspace. */
  readonly faults: { set(fault: Fault | null): void };
  onChange(listener: () => void): () => void;
}

/** An organisation on Enterprise Grid, where the app can be installed for every workspace at once. */
export interface PretendOrg {
  readonly enterprise: Enterprise;
  /** The newest org-wide token, a revoked one too. */
  readonly botToken: string | undefined;
  readonly installed: boolean;
  /** Workspaces the org-wide token reaches. None at first: an administrator adds them. */
  readonly teams: readonly string[];
  install(): string;
  uninstall(options?: UninstallOptions): Promise<Delivery[]>;
  revokeTokens(): void;
  /** Adds the app to workspaces and sends `team_access_granted`. */
  grantAccess(...teams: string[]): Promise<Delivery>;
  /** Takes the app out of workspaces and sends `team_access_revoked`. */
  revokeAccess(...teams: string[]): Promise<Delivery>;
  /** Sends an event that is about no single workspace. */
  event(type: string, fields?: Record<string, unknown>, options?: EventOptions): Promise<Delivery>;
}

/** All of Slack; spoken to directly, it is its default workspace. */
export interface PretendSlack extends PretendWorkspace {
  /** http://127.0.0.1:PORT; the Web API is at `${url}/api/`, response URLs at `${url}/commands/…`. */
  readonly url: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly appId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Fermata Demo, Nordwind, Contoso Berlin and Contoso Oslo. */
  readonly workspaces: readonly PretendWorkspace[];
  /** By id, name or domain. */
  workspace(wanted: string): PretendWorkspace;
  org(wanted: string): PretendOrg;

  /** The address that takes every signed request: `http://127.0.0.1:3000/slack/events`. */
  setBot(url: string): void;
  /** Answers the consent page as a person does; returns where the browser is sent, with code and state. */
  consent(authorizeUrl: string, consent: Consent): string;
  /** Signs and sends exactly these bytes. */
  send(request: RawRequest): Promise<Delivery>;
  /** Of every workspace, and those that were about none. */
  calls(): ApiCall[];
  /** For every workspace, unless the fault names one. The last set wins; null clears all. */
  readonly faults: { set(fault: Fault | null): void };
  now(): Date;
  /** Back to the first day, everywhere: no messages, views, calls, faults or new tokens; the default casts. */
  reset(): void;
  close(): Promise<void>;
}

export interface PretendSlackOptions {
  now(): Date;
  /** 0 ≤ x < 1, for ids. */
  random?(): number;
  signingSecret?: string;
  clientId?: string;
  clientSecret?: string;
  /** Where people may be sent after consent, and anything below; anywhere if left out. */
  redirectUrls?: readonly string[];
  /** Workspaces where the app is installed from the start; the default one if left out. */
  installed?: readonly string[];
  /** 0, the default, takes any free port. */
  port?: number;
  /** Tokens end after twelve hours and are refreshed, for each install from then on. */
  rotation?: boolean;
  /** Enforce Slack's rate limits, for each workspace; off unless asked. */
  limits?: boolean;
  /** How long Slack waits for the bot; 3000 unless a test is in a hurry. */
  patienceMs?: number;
  /** Slash commands the app owns. */
  commands?: string[];
}
