import type { Action, Campaign, Phase, Progress, VendorName } from "../domain/campaign.ts";

/** One account at one vendor, opened: the secret is in the clear here and nowhere else. */
export interface Account {
  connectionId: string;
  /** Rises when the secret, base URL or options change; part of every cache key. */
  version: number;
  /** Scheme, host, port; no path. */
  baseUrl: string;
  options: Readonly<Record<string, string>>;
  secret: Readonly<Record<string, string>>;
}

/** What one vendor allows for one action, in phases. */
export interface ActionRule {
  /** Phases from which the changing call may be sent. */
  from: readonly Phase[];
  /** Phases that mean "it is so". */
  reaches: readonly Phase[];
  /** After our call: accepted and on its way, read again (Burki's `scheduled` after a start). */
  pending?: readonly Phase[];
  /** Before our call: cannot be acted on yet but soon may be, read again. */
  waitOn?: readonly Phase[];
  /** Why this action is refused from a phase, when the general sentence is not good enough. */
  refusals?: Partial<Record<Phase, string>>;
  /** True of every success, e.g. "Up to 10 calls already handed out may still be placed." */
  caution?: string;
  /** What the vendor calls it, when it is not the plain verb ("Stop (can be restarted)"). */
  label?: string;
  /** Cannot be taken back; never sent again while the first call's outcome is unknown. */
  irreversible?: boolean;
}

/** Missing actions are honest: `cannot` is the sentence people get instead. */
export type Capability = ActionRule | { cannot: string };

export interface Field {
  name: string;
  label: string;
  required: boolean;
  hint?: string;
  choices?: readonly string[];
  /** Shown in no list, no log, no modal. */
  secret: boolean;
}

/** An opened account. Every method throws only `VendorFailure`; ids must match the vendor's pattern. */
export interface OpenAccount {
  /** The cheapest call that proves the key works. */
  check(): Promise<void>;
  /** Every campaign, all pages. */
  list(): Promise<Campaign[]>;
  get(id: string): Promise<Campaign>;
  /** The changing call. Resolving means accepted, not done: read again. */
  act(action: Action, id: string): Promise<void>;
  progress?(id: string): Promise<Progress>;
}

export interface Vendor {
  name: VendorName;
  title: string;
  fields: readonly Field[];
  /** Where calls go when the connection names no base URL. */
  defaultBaseUrl(options: Readonly<Record<string, string>>): string;
  /** Host names (or `.suffix`) a connection may use without the operator's leave. */
  hosts: readonly string[];
  campaignId: RegExp;
  capabilities: Record<Action, Capability>;
  open(account: Account): OpenAccount;
}

export type NextMove =
  | { kind: "already" }
  | { kind: "send" }
  | { kind: "pending" }
  | { kind: "wait" }
  | { kind: "refused"; sentence: string };
