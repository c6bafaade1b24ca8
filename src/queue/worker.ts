import { randomUUID } from "node:crypto";
import { claim } from "../store/claim.ts";
import { again, heartbeat, type Job, type Lease } from "../store/jobs.ts";
import { rest } from "../waiting.ts";
import type { World } from "../world.ts";
import type { Farewells, Handlers } from "./handlers.ts";
import { type JobKind, jobKinds, type Running, running } from "./kinds.ts";
import { placesWhen } from "./lateness.ts";
import { runJob } from "./run-job.ts";

type LaneName = Running["lane"];

export interface WorkerOptions extends Pick<World, "store" | "now" | "random" | "log"> {
  /** Only these kinds are taken. */
  handlers: Handlers;
  farewells?: Farewells | undefined;
  /** What is still done for a job that cannot be read here. */
  unread?: ((job: Job) => Promise<void>) | undefined;
  /** How many jobs of a lane run at once of one share; of all of them together three times as many. */
  places?: Partial<Record<LaneName, number>> | undefined;
  leaseMs?: number | undefined;
  /** How often the table is looked at when nobody wakes us. */
  pollMs?: number | undefined;
  /** How late the process is, in milliseconds: less is begun then. Never late if left out. */
  lateMs?: (() => number) | undefined;
  /** After this long a job loses its place and is tried again. */
  patienceMs?: number | undefined;
}

export interface Worker {
  /** There are new jobs; call it after the commit. */
  wake(): void;
  /** Takes no more jobs; resolves when those in work have ended. */
  stop(): Promise<void>;
  /** Lays the leases of what is in work anew; for a clock that was moved. */
  beat(): Promise<void>;
  /** Resolves when nothing is in work and nothing is due. */
  idle(): Promise<void>;
  /** False once it has been stopped. */
  readonly running: boolean;
}

interface Lane {
  kinds: readonly JobKind[];
  places: number;
  inHand: Map<number, { share: string; lease: Lease; end: Promise<void> }>;
  /** The look that is under way with the rest after it, and the one that waits for it. */
  looking: Promise<number> | undefined;
  next: Promise<number> | undefined;
}

const defaultPlaces: Record<LaneName, number> = { slack: 20, apply: 20, show: 10, other: 5 };
/** Where much is in hand and more waits, looking takes long: places that become free are filled together. */
const restMs = 25;
/** A lane has room for so many shares that use all of their places. */
const roomFor = 3;

/** Claims what is due, lane by lane, runs it and keeps its leases alive. */
export function startWorker(options: WorkerOptions): Worker {
  const { store, now, log, leaseMs = 15_000, pollMs = 1_000, patienceMs = 120_000 } = options;
  const { lateMs = () => 0 } = options;
  const lanes = lanesFor(options);
  let open = true;
  /** Jobs begun and jobs ended, so that `idle` sees what came and went while it looked. */
  let moves = 0;

  async function look(lane: Lane): Promise<number> {
    const count = placesWhen(lateMs(), lane.places * roomFor) - lane.inHand.size;
    if (!open || count <= 0) return 0;
    const token = randomUUID();
    const except = [...lane.inHand.keys()];
    try {
      const share = { most: lane.places, inHand: countOf(lane) };
      const claims = { token, count, leaseMs, now: now(), kinds: lane.kinds, except, share };
      const found = await claim(store, claims);
      for (const job of found) begin(lane, job, { id: job.id, token });
      return found.length;
    } catch (error) {
      log.warn("jobs could not be claimed", { error });
      return 0;
    }
  }

  function begin(lane: Lane, job: Job, lease: Lease): void {
    moves += 1;
    const work = open
      ? runJob(job, lease, { ...options, patienceMs })
      : // Claimed while we were being stopped: somebody else's now.
        again(store, lease, now()).then(() => undefined);
    const end = work
      .catch((error: unknown) => log.warn("a job could not be handed back", { error }))
      .finally(() => {
        lane.inHand.delete(job.id);
        moves += 1;
        if (open) void lookSoon(lane);
      });
    lane.inHand.set(job.id, { share: job.share ?? "", lease, end });
  }

  /** One look at a time; everybody who asks while one is under way, or has just been, shares the next. */
  function lookSoon(lane: Lane): Promise<number> {
    if (!lane.looking) {
      const looking = look(lane);
      lane.looking = looking.then(async (found) => {
        if (open && lane.inHand.size >= lane.places) await rest(restMs);
        lane.looking = undefined;
        return found;
      });
      return looking;
    }
    lane.next ??= lane.looking.then(() => {
      lane.next = undefined;
      return lookSoon(lane);
    });
    return lane.next;
  }

  async function beat(): Promise<void> {
    const leases = lanes.flatMap((lane) => [...lane.inHand.values()].map(({ lease }) => lease));
    if (leases.length === 0) return;
    try {
      await heartbeat(store, leases, new Date(now().getTime() + leaseMs));
    } catch (error) {
      log.warn("leases could not be extended", { error });
    }
  }

  const wake = () => {
    for (const lane of lanes) void lookSoon(lane);
  };
  const ends = () => lanes.flatMap((lane) => [...lane.inHand.values()].map(({ end }) => end));
  const poll = setInterval(wake, pollMs);
  const heart = setInterval(() => void beat(), leaseMs / 3);
  wake();

  return {
    wake,
    beat,
    get running() {
      return open;
    },
    async idle() {
      for (;;) {
        const before = moves;
        await Promise.all(lanes.map(lookSoon));
        const inWork = ends();
        if (inWork.length > 0) await Promise.race(inWork);
        else if (moves === before) return;
      }
    },
    async stop() {
      open = false;
      clearInterval(poll);
      await Promise.all(lanes.map((lane) => lane.next ?? lane.looking));
      await Promise.all(ends());
      clearInterval(heart);
    },
  };
}

function countOf({ inHand }: Lane): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { share } of inHand.values()) counts.set(share, (counts.get(share) ?? 0) + 1);
  return counts;
}

function lanesFor({ handlers, places = {} }: WorkerOptions): Lane[] {
  const taken = jobKinds.filter((kind) => handlers[kind]);
  const names = [...new Set(taken.map((kind) => running[kind].lane))];
  return names.map((name) => ({
    kinds: taken.filter((kind) => running[kind].lane === name),
    places: places[name] ?? defaultPlaces[name],
    inHand: new Map(),
    looking: undefined,
    next: undefined,
  }));
}
