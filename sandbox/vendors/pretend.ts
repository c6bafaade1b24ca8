import type { VendorName } from "../../src/domain/campaign.ts";
import type { Fault } from "./faults.ts";

/** What is special about a campaign; a vendor ignores traits that it does not know. */
export type Trait =
  | "no_telephony" // Peachdesk: start and resume answer 401 about telephony
  | "no_credit" // Peachdesk: start and resume answer 402
  | "breaker_tripped" // Peachdesk: its log says that the circuit breaker paused it
  | "talkative" // Peachdesk: it has a schedule, and a log of many entries
  | "sync_failed" // Peachdesk: its log says that the source could not be read
  | "other_organisation" // exists, but this key gets a 404
  | "no_contacts" // Burki: /start answers 400
  | "all_reached" // Burki: /start answers 400, for all contacts have been processed
  | "start_passed" // Burki: its own start time is over, so /start answers 400
  | "own_time" // Burki: it starts by itself the next morning, and stays `scheduled` until then
  | "recurring" // Burki: it starts by itself every week
  | "sms" // Burki: it writes and does not call
  | "unsupported_by_api" // Woodpecker: v2 GET and /run answer 409
  | "outside_window"; // Sarvam: stays `scheduled` after a resume

export interface PretendCampaign {
  id: string;
  name: string;
  /** The vendor's own status word. */
  word: string;
  changedAt: Date;
  /** How often the word changed since the campaign was added. */
  changes: number;
  createdAt: Date;
  /** Contacts, and how many of them were reached or failed. */
  total: number;
  done: number;
  failed: number;
  traits: readonly Trait[];
}

export type NewCampaign = Pick<PretendCampaign, "id" | "name" | "word"> & Partial<PretendCampaign>;

/** A request as it arrived. `effect` is what it changed, also when that happened after the answer. */
export interface LoggedCall {
  at: Date;
  method: string;
  /** Path and query. */
  path: string;
  changing: boolean;
  /** The status we answered; null while there is no answer, and for ever if none was given. */
  status: number | null;
  effect: Effect | null;
  keyOk: boolean;
}

export interface Effect {
  id: string;
  from: string;
  to: string;
}

/**
 * What Peachdesk's server does of its own accord, whatever was asked meanwhile: it writes the state it had in mind when
 * it began. `contacts_are_counted` comes a moment before `sync_ends`.
 */
export type Happening =
  | "contacts_are_counted"
  | "sync_ends"
  | "sync_fails"
  | "sync_finds_nobody"
  | "breaker_trips"
  | "batch_fails"
  | "completion_check";

export interface PretendVendor {
  name: VendorName;
  url: string;
  /** What `fermata connect` needs beside `--base-url`. */
  secret: Record<string, string>;
  options: Record<string, string>;
  /** The vendor's status words. */
  words: readonly string[];
  campaigns(): PretendCampaign[];
  /** Someone changes it behind the bot's back, in the vendor's own pages. */
  setWord(id: string, word: string): void;
  /** Has its server do something of its own accord, when so much time has passed. */
  happens(id: string, what: Happening, inMs: number): void;
  /** Adds a campaign, or replaces the one with this id. */
  add(campaign: NewCampaign): void;
  /** Back to the seed: no fault, empty log. */
  reset(): void;
  faults: { set(fault: Fault | null): void; current(): Fault | null };
  log(): LoggedCall[];
  /** Called after every change of a campaign, a fault or the log. Returns how to stop listening. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface Timers {
  set(callback: () => void, ms: number): unknown;
  clear(handle: unknown): void;
}
