/** The five platforms, in the order in which they are shown to people. */
export const vendorNames = ["peachdesk", "burki", "woodpecker", "sarvam", "talkdesk"] as const;
export type VendorName = (typeof vendorNames)[number];

export const vendorTitles: Record<VendorName, string> = {
  peachdesk: "Peachdesk AI",
  burki: "Burki",
  woodpecker: "Woodpecker",
  sarvam: "Sarvam",
  talkdesk: "Talkdesk",
};

export const actions = ["pause", "resume", "cancel"] as const;
export type Action = (typeof actions)[number];

/** What we make of a vendor's own status word; `unknown` is a word nobody has told us about. */
export const phases = [
  "draft",
  /** Open for changes at its vendor, and so at a standstill. */
  "edited",
  "ready",
  "scheduled",
  /** Scheduled for a time of its own that lies ahead. */
  "timed",
  "starting",
  "running",
  "paused",
  "stopped",
  "completed",
  "cancelled",
  "failed",
  "unknown",
] as const;
export type Phase = (typeof phases)[number];

/** What a list can be narrowed to: that a start is timed shows only when one campaign is read. */
export const listedPhases = phases.filter((phase) => phase !== "timed");

/** A vendor's campaign as it was read. `word` is the vendor's status, verbatim and untrusted. */
export interface Campaign {
  id: string;
  name: string;
  phase: Phase;
  word: string;
  /** When it was made, as its vendor tells: what tells it from another account's of the same id and name. */
  mark?: string;
  /** One sentence about this campaign that a person deciding on it should see. */
  note?: string;
  /** When that came to be, if the note says why the campaign stands as it does. */
  noteAt?: Date;
  /** What the platform is at that may write over what it shows, as words after a colon: "its contacts are still loading". */
  unsettled?: string;
  /** What the vendor counts in the same answer, so that no further call is needed for it. */
  counts?: Progress;
}

/** Counters as far as the vendor has them; a missing one is not known, never zero. */
export interface Progress {
  done?: number;
  total?: number;
  failed?: number;
  queued?: number;
  inFlight?: number;
  /** What it has cost so far; in which currency nobody says. */
  spent?: number;
  note?: string;
}

/** A campaign is known by its connection and its id, never by its id alone. */
export interface CampaignRef {
  connectionId: string;
  connection: string;
  vendor: VendorName;
  campaign: { id: string; name: string };
  /** True while nobody has read its name: what stands there is its id. */
  unread?: boolean;
  /** What its platform calls it now, where it was asked about by another name. */
  calledNow?: string;
}
