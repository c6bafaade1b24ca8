import { type Bounds, type Bucket, createBucket } from "../domain/bucket.ts";
import { createMemories, type Memories } from "../domain/memories.ts";
import { type Broken, createBroken, type Ended } from "./broken.ts";
import { type Importance, type Line, newLine, takeTurn, waitIn } from "./line.ts";

/** The methods that our own work calls; what people wait for in front of their eyes takes no turns. */
type PacedMethod = "chat.postMessage" | "chat.update" | "conversations.info";

/** For a channel, or for a message that is edited, and for a whole workspace. */
export type PaceLimits = Readonly<Record<PacedMethod, { place?: Bounds; workspace: Bounds }>> & {
  /** For each of the methods that looks share with what decides, and each workspace. */
  readonly looks: Bounds;
};

/** A little below what Slack allows: a post a second for each channel, tier 3 for the rest; a card is edited once a second. */
export const slackPace: PaceLimits = {
  "chat.postMessage": {
    place: { burst: 4, perMinute: 60 },
    workspace: { burst: 20, perMinute: 240 },
  },
  "chat.update": {
    place: { burst: 2, perMinute: 60 },
    workspace: { burst: 20, perMinute: 50 },
  },
  "conversations.info": { workspace: { burst: 20, perMinute: 50 } },
  // Slack allows about a hundred; no more than eighty go to looks, and the rest is there for presses and stops.
  looks: { burst: 60, perMinute: 20 },
};

/** The methods that are called for looks as well as for what decides. */
export type SharedMethod = "users.info" | "chat.postEphemeral";

/** A call that wants its turn. */
export interface Turn {
  workspace: string;
  method: PacedMethod;
  /** The channel, or the channel and message that is edited. */
  place: string;
  /** The same each time that the same thing asks, so that it keeps its place in the line. */
  who: string;
  importance: Exclude<Importance, "broken">;
}

/** How fast Slack is called. It is in memory alone: after a start a burst too many is what a 429 is for. */
export interface Pace {
  /** 0 takes the turn, to be given back with `over`; else the milliseconds after which to ask again. */
  turn(turn: Turn): number;
  /** How the call of a turn ended. Where it failed and nobody knows why, it is tried seldom, and after all others. */
  over(turn: Turn, how: Ended): void;
  /** Milliseconds for which there is no use in asking for this turn, as it has failed a moment ago. */
  restMs(turn: Turn): number;
  /** For what decides nothing: 0 takes one call of what looks may take; else the milliseconds until there is one. */
  look(workspace: string, method: SharedMethod): number;
  /** Slack wants no calls of this method from this workspace for so long; of no method if it is left out. */
  close(workspace: string, method: string | undefined, ms: number): void;
  /** Milliseconds for which Slack wants no calls of this method. */
  closedMs(workspace: string, method: string): number;
}

/** A bound for the memory of a bot in very many channels. */
const mostLines = 20_000;
const lineMs = 24 * 3_600_000;

/** `haste` divides every wait; for tests. */
export function createPace(
  limits: PaceLimits,
  now: () => Date,
  haste = 1,
  memories: Memories = createMemories(now),
): Pace {
  const lines = memories.open<{ line: Line; bounds: Bounds }>({
    ms: lineMs,
    most: mostLines,
    byUse: true,
  });
  const closings = memories.open<number>({ ms: lineMs, most: mostLines });
  const nowMs = () => now().getTime();
  const broken = createBroken(nowMs, haste, memories);

  const spare = memories.open<Bucket>({ ms: lineMs, most: mostLines, byUse: true });

  const lineFor = (workspace: string, key: string, { burst, perMinute }: Bounds) => {
    const bounds = { burst, perMinute: perMinute * haste };
    const found = lines.get(workspace, key) ?? { line: newLine(bounds, nowMs()), bounds };
    lines.set(workspace, key, found);
    return found;
  };

  const closedMs = (workspace: string, method: string) =>
    Math.max(0, (closings.get(workspace, method) ?? 0) - nowMs());
  const shutMs = ({ workspace, method }: Turn) =>
    Math.max(closedMs(workspace, "*"), closedMs(workspace, method));

  return {
    closedMs,
    close: (workspace, method, ms) =>
      void closings.set(workspace, method ?? "*", nowMs() + Math.round(ms / haste)),
    restMs: (turn) => Math.max(shutMs(turn), broken.restMs(brokenIn(turn))),
    turn(turn) {
      const { workspace, method, place, who } = turn;
      const shut = shutMs(turn);
      if (shut > 0) return shut;
      const rest = broken.restMs(brokenIn(turn));
      if (rest > 0) return rest;
      const importance = broken.isBroken(brokenIn(turn)) ? "broken" : turn.importance;
      const { place: narrow, workspace: wide } = limits[method];
      const inTurn = [
        ...(narrow ? [lineFor(workspace, `${method} ${place}`, narrow)] : []),
        lineFor(workspace, method, wide),
      ];
      // Waits in one line at a time: who waits for its channel must not hold up the workspace.
      for (const { line, bounds } of inTurn) {
        const wait = waitIn(line, bounds, { who, importance }, nowMs());
        if (wait > 0) return wait;
      }
      for (const { line } of inTurn) takeTurn(line, who, nowMs());
      broken.begins(brokenIn(turn));
      return 0;
    },
    look(workspace, method) {
      const bounds = { ...limits.looks, perMinute: limits.looks.perMinute * haste };
      const bucket = spare.get(workspace, method) ?? createBucket(bounds, nowMs());
      spare.set(workspace, method, bucket);
      return bucket.take(nowMs()) ? 0 : bucket.waitMs(1, nowMs());
    },
    over: (turn, how) => broken.ends(brokenIn(turn), how),
  };
}

/** Every message of a channel shares its troubles. */
function brokenIn({ workspace, method, place, who }: Turn): Broken {
  const [channel] = place.split("/");
  return { workspace, place: `${method} ${channel}`, who };
}
