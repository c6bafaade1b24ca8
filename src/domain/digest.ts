import type { Campaign, CampaignRef, VendorName } from "./campaign.ts";
import type { Change } from "./change.ts";
import { refOf } from "./find-targets.ts";
import { isOwed } from "./ratify.ts";

/** A connection as it was read for the digest: its campaigns, or why they could not be read. */
interface DigestSource {
  id: string;
  name: string;
  vendor: VendorName;
  campaigns?: readonly Campaign[];
  unreadable?: string;
}

/** A pause that was done through us. */
interface KnownPause {
  connectionId: string;
  campaignId: string;
  by: string;
  since: Date;
}

export interface DigestFacts {
  now: Date;
  connections: readonly DigestSource[];
  pauses: readonly KnownPause[];
  /** Any changes; those with news in the last 24 hours and those that wait are picked out. */
  changes: readonly Change[];
}

interface ConnectionCount {
  name: string;
  vendor: VendorName;
  running: number;
  paused: number;
  failed: number;
  other: number;
}

export interface Digest {
  at: Date;
  counts: ConnectionCount[];
  /** `by` and `since` only where the pause was done through us; the longest first. */
  paused: { target: CampaignRef; by?: string; since?: Date }[];
  /** What came to an end or was decided in the last 24 hours, the newest first. */
  changed: Change[];
  /** The oldest first. */
  waiting: Change[];
  /** What acted first and nobody has answered for yet, the oldest first. */
  owed: Change[];
  unreadable: { name: string; vendor: VendorName; sentence: string }[];
}

const oneDay = 24 * 60 * 60 * 1000;

export function digestOf({ now, connections, pauses, changes }: DigestFacts): Digest {
  const dayAgo = new Date(now.getTime() - oneDay);
  return {
    at: now,
    counts: connections.flatMap((one) => (one.campaigns ? [countOf(one, one.campaigns)] : [])),
    paused: connections
      .flatMap((one) => pausedIn(one, pauses))
      .sort((a, b) => instant(a.since) - instant(b.since)),
    changed: changes
      .filter((change) => change.state !== "waiting" && lastNews(change) > dayAgo)
      .sort((a, b) => lastNews(b).getTime() - lastNews(a).getTime()),
    waiting: changes
      .filter((change) => change.state === "waiting" && !hasRunOut(change, now))
      .sort((a, b) => a.askedAt.getTime() - b.askedAt.getTime()),
    owed: changes.filter(isOwed).sort((a, b) => a.askedAt.getTime() - b.askedAt.getTime()),
    unreadable: connections
      .filter((one) => !one.campaigns)
      .map(({ name, vendor, unreadable }) => ({
        name,
        vendor,
        sentence: unreadable ?? "It could not be read.",
      })),
  };
}

function countOf({ name, vendor }: DigestSource, campaigns: readonly Campaign[]): ConnectionCount {
  const count = (...phases: readonly Campaign["phase"][]) =>
    campaigns.filter(({ phase }) => phases.includes(phase)).length;
  const running = count("running", "starting");
  const paused = count("paused");
  const failed = count("failed");
  return {
    name,
    vendor,
    running,
    paused,
    failed,
    other: campaigns.length - running - paused - failed,
  };
}

function pausedIn(connection: DigestSource, pauses: readonly KnownPause[]): Digest["paused"] {
  const paused = (connection.campaigns ?? []).filter(({ phase }) => phase === "paused");
  return paused.map((campaign) => {
    const known = pauses
      .filter((pause) => pause.connectionId === connection.id && pause.campaignId === campaign.id)
      .sort((a, b) => b.since.getTime() - a.since.getTime())
      .at(0);
    return {
      target: refOf({ connection, campaign }),
      ...(known && { by: known.by, since: known.since }),
    };
  });
}

/** Nobody may decide on it any more, although nothing has ended it yet. */
function hasRunOut({ expiresAt }: Change, now: Date): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

function lastNews({ endedAt, decidedAt, askedAt }: Change): Date {
  return endedAt ?? decidedAt ?? askedAt;
}

/** Pauses of unknown age come last. */
function instant(at: Date | undefined): number {
  return at?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
