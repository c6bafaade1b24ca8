/** What the pretend Slack workspace offers to tests, to the demo and to the web page. Ids look like Slack's own. */

export interface PretendPerson {
  id: string;
  /** Lower-case handle: "ana". Everywhere a person is asked for, the id or this name will do. */
  name: string;
  realName: string;
  /** Avatar colour, "#rrggbb". */
  color: string;
  tz: string;
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
  teamId: string;
}

export interface PretendChannel {
  id: string;
  /** Without "#"; "dm-ana" is the direct message between Ana and the bot. */
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  isExtShared: boolean;
  /** A direct message between `members[0]` and the bot. */
  isIm: boolean;
  members: string[];
  botIsMember: boolean;
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
export type DeliveryError =
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
  method: string;
  /** Arguments as sent, the token left out. */
  args: Record<string, unknown>;
  ok: boolean;
  error?: string;
}

export interface Fault {
  /** "chat.postMessage"; every method if left out; "response_url" for those. */
  method?: string;
  error?: string;
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
}

export interface PretendSlack {
  /** http://127.0.0.1:PORT; the Web API is at `${url}/api/`, response URLs at `${url}/commands/…`. */
  readonly url: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly team: { id: string; name: string; domain: string };
  /** Live: changing a person changes what `users.info` answers. */
  readonly people: PretendPerson[];
  readonly channels: PretendChannel[];
  readonly groups: PretendGroup[];

  /** The address that takes every signed request: `http://127.0.0.1:3000/slack/events`. */
  setBot(url: string): void;
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
  event(type: string, fields?: Record<string, unknown>, options?: EventOptions): Promise<Delivery>;
  /** Signs and sends exactly these bytes. */
  send(request: RawRequest): Promise<Delivery>;

  messages(channel: string): PretendMessage[];
  ephemerals(person: string, channel?: string): PretendMessage[];
  /** Open modals, the topmost last. */
  views(person: string): PretendView[];
  home(person: string): PretendView | undefined;
  calls(): ApiCall[];
  /** The last fault set wins; null clears all. */
  readonly faults: { set(fault: Fault | null): void };
  now(): Date;
  onChange(listener: () => void): () => void;
  /** Back to the first day: no messages, views, calls or faults; the default cast. */
  reset(): void;
  close(): Promise<void>;
}

export interface PretendSlackOptions {
  now(): Date;
  /** 0 ≤ x < 1, for ids. */
  random?(): number;
  signingSecret?: string;
  /** 0, the default, takes any free port. */
  port?: number;
  /** Enforce Slack's rate limits; off unless asked. */
  limits?: boolean;
  /** How long Slack waits for the bot; 3000 unless a test is in a hurry. */
  patienceMs?: number;
  /** Slash commands the app owns. */
  commands?: string[];
}
