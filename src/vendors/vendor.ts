import type { Capability } from "../domain/action-rule.ts";
import type { Action, Campaign, Progress, VendorName } from "../domain/campaign.ts";

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

export interface Field {
  name: string;
  label: string;
  required: boolean;
  hint?: string;
  choices?: readonly string[];
  /** Left empty with a new key, it stays as it was. */
  keeps?: boolean;
  /** What a value must look like, where the usual rule would take too much or too little. */
  pattern?: RegExp;
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
  /** What the vendor itself calls the account, as far as a call has told it already. */
  whose?(): string | undefined;
}

export interface Vendor {
  name: VendorName;
  title: string;
  fields: readonly Field[];
  /** Where there is more than one way to prove who asks: which secret fields belong together. */
  secretForms?: readonly (readonly string[])[];
  /** The base URL is asked for in the form too, with this hint. */
  baseUrlHint?: string;
  /** Where calls go when the connection names no base URL. */
  defaultBaseUrl(options: Readonly<Record<string, string>>): string;
  /** What the vendor itself calls the account, where its options say so; else only its key tells accounts apart. */
  ownName?(options: Readonly<Record<string, string>>): readonly (string | undefined)[];
  /** Host names (or `.suffix`) a connection may use without the operator's leave. */
  hosts: readonly string[];
  campaignId: RegExp;
  capabilities: Record<Action, Capability>;
  open(account: Account): OpenAccount;
}
