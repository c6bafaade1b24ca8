import type { VendorName } from "../../src/domain/campaign.ts";
import type { Block, FormValues, Option } from "../slack/types.ts";

export type { Block, FormValues, Option };

export interface WirePerson {
  id: string;
  name: string;
  realName: string;
  color: string;
  /** What this person is in the story: "Operator", "Approver", … */
  role: string;
  zone: string;
}

export interface WireChannel {
  id: string;
  name: string;
  kind: "public" | "private" | "direct";
  shared: boolean;
}

export interface WireMessage {
  channel: string;
  ts: string;
  threadTs?: string;
  /** Id of a person, or of the bot. */
  user: string;
  text: string;
  blocks: Block[];
  edited: boolean;
  /** Seen by the viewer alone. Nobody else is ever sent it. */
  onlyYou: boolean;
}

export interface WireView {
  id: string;
  title: string;
  submit?: string;
  close: string;
  blocks: Block[];
  /** Sentences of the last submit, by block id. */
  errors: Record<string, string>;
}

export interface WireCampaign {
  id: string;
  name: string;
  word: string;
  changes: number;
}

export interface WireCall {
  /** The first call is 1. */
  number: number;
  at: string;
  method: string;
  path: string;
  /** Null while nothing is answered, and for ever if nothing was. */
  status: number | null;
  changing: boolean;
  /** What it changed: "running → paused". */
  effect?: string;
}

export interface WireVendor {
  name: VendorName;
  title: string;
  campaigns: WireCampaign[];
  /** The status words this vendor uses. */
  words: readonly string[];
  fault: string;
  /** Newest first, the last few only. */
  calls: WireCall[];
  callCount: number;
}

/** Everything one person may see. */
export interface WireState {
  you: string;
  team: string;
  bot: string;
  people: WirePerson[];
  channels: WireChannel[];
  groups: { id: string; name: string }[];
  /** Oldest first. */
  messages: WireMessage[];
  /** Open modals, the topmost last. */
  views: WireView[];
  vendors: WireVendor[];
  /** The shared clock, ISO. */
  now: string;
}

/** What became of something a person did. */
export interface Outcome {
  ms: number;
  /** The sentence Slack would show, when it did not go well. */
  shown?: string;
  errors?: Record<string, string>;
}
