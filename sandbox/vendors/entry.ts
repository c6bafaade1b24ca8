import type { Happening, NewCampaign, PretendCampaign } from "./pretend.ts";

/** A campaign with what the outside does not see. */
export interface Entry extends PretendCampaign {
  /** A move that happens by itself, when its time has come. */
  due: { at: number; word: string } | null;
  startedAt: Date | null;
  /** Up to when the counters are told. */
  countedAt: number;
  /** What its server will do of its own accord, the earliest first. */
  ahead: { at: number; what: Happening }[];
  /** Its contacts are being read, and are not counted yet. */
  loading: boolean;
  /** What its server has noted about itself, the oldest first. */
  notes: { at: number; event: string; message: string }[];
  /** How far a batch that was handed out before a pause still goes. */
  batchEnd: number | null;
}

export function entryOf(campaign: NewCampaign, now: Date): Entry {
  const past = new Date(now.getTime() - 3_600_000);
  return {
    changedAt: past,
    createdAt: past,
    changes: 0,
    total: 100,
    done: 0,
    failed: 0,
    traits: [],
    ...campaign,
    due: null,
    startedAt: campaign.done ? (campaign.createdAt ?? past) : null,
    countedAt: now.getTime(),
    batchEnd: null,
    ahead: [],
    loading: false,
    notes: [],
  };
}

export function seen(entry: Entry): PretendCampaign {
  const { id, name, word, changedAt, changes, createdAt, total, done, failed, traits } = entry;
  return { id, name, word, changedAt, changes, createdAt, total, done, failed, traits };
}
