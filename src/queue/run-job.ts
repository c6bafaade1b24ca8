import { again, finish, giveUp, hold, type Job, type Lease, retry, waitOn } from "../store/jobs.ts";
import { inTime } from "../waiting.ts";
import type { World } from "../world.ts";
import type { Farewell, Farewells, Handler, Handlers, Outcome } from "./handlers.ts";
import { isJobKind, type JobKind, readPayload, running } from "./kinds.ts";

export interface RunOptions extends Pick<World, "store" | "now" | "random" | "log"> {
  handlers: Handlers;
  farewells?: Farewells | undefined;
  /** What is still done for a job that cannot be read here. May run twice. */
  unread?: ((job: Job) => Promise<void>) | undefined;
  patienceMs: number;
}

/** So many times its tries a job is kept for its last words alone. */
const farewellsTimes = 2;
const mostUnread = 10;

/** Runs one leased job to its end or to its next try. Never throws: what cannot be settled is due again when its lease ends. */
export async function runJob(job: Job, lease: Lease, options: RunOptions): Promise<void> {
  const facts = { job: job.id, kind: job.kind, workspace: job.workspace ?? "", tries: job.tries };
  try {
    const kept = await attempt(job, lease, options);
    if (!kept) options.log.warn("a job's lease was lost; another worker has it", facts);
  } catch (error) {
    options.log.error("a job could not be settled; it is tried again", { ...facts, error });
  }
}

async function attempt(job: Job, lease: Lease, options: RunOptions): Promise<boolean> {
  const { now, handlers, patienceMs } = options;
  if (!isJobKind(job.kind)) return giveUpUnread(job, lease, options, "of no known kind");
  const work = prepare(job.kind, job, handlers);
  if (!work) return giveUpUnread(job, lease, options, "what it carries cannot be read");
  let outcome: Outcome;
  const begunAt = now().getTime();
  try {
    outcome = await withPatience(work(), patienceMs);
  } catch (error) {
    return tryLater(job, job.kind, lease, options, error);
  }
  // The clock was put back meanwhile: what it comes back at was reckoned by the wrong one.
  const backMs = Math.max(0, begunAt - now().getTime());
  const inHand = { job, kind: job.kind, lease };
  if (outcome.kind === "done" || outcome.kind === "over") return settleAs(outcome, inHand, options);
  const at = new Date(outcome.at.getTime() - backMs);
  return settleAs({ ...outcome, at }, inHand, options);
}

interface InHand {
  job: Job;
  kind: JobKind;
  lease: Lease;
}

function settleAs(outcome: Outcome, inHand: InHand, options: RunOptions): Promise<boolean> {
  const { store, now } = options;
  const { job, lease } = inHand;
  switch (outcome.kind) {
    case "done":
      return finish(store, lease, now());
    case "again":
      return again(store, lease, outcome.at);
    case "held":
      return hold(store, lease, outcome.at);
    case "waits": {
      const troubledAt = job.troubledAt ?? now();
      const { at, forMs, tries, error } = outcome;
      const over = now().getTime() - troubledAt.getTime() >= forMs && job.tries >= (tries ?? 0);
      if (over) return endWith(error, inHand, options);
      const counted = tries !== undefined;
      return waitOn(store, lease, { at, troubledAt, counted, error: wordsOf(error) });
    }
    case "over":
      return endWith(outcome.error, inHand, options);
  }
}

/** Whoever waits for it is told before it is given up. */
async function endWith(
  error: unknown,
  { job, kind, lease }: InHand,
  options: RunOptions,
): Promise<boolean> {
  const { tries, longestWaitMs } = running[kind];
  // What is owed at the end is owed until it is done, and so long that whatever kept us from it may have passed.
  if ((await sayFarewell(job, kind, options)) || job.tries >= tries * farewellsTimes)
    return giveUpOn(job, lease, options, error);
  const { store, now } = options;
  return retry(store, lease, new Date(now().getTime() + longestWaitMs), wordsOf(error));
}

function prepare<Kind extends JobKind>(
  kind: Kind,
  job: Job,
  handlers: Handlers,
): (() => Promise<Outcome>) | undefined {
  const handler = handlers[kind] as Handler<Kind> | undefined;
  const payload = readPayload(kind, job.payload);
  if (!handler || payload === undefined) return undefined;
  return async () => handler(payload, { ...job, workspace: job.workspace ?? "" });
}

async function tryLater(
  job: Job,
  kind: JobKind,
  lease: Lease,
  options: RunOptions,
  error: unknown,
): Promise<boolean> {
  const { tries, longestWaitMs } = running[kind];
  if (job.tries >= tries) return endWith(error, { job, kind, lease }, options);
  const { store, now, random, log } = options;
  const wait = random() * Math.min(longestWaitMs, 500 * 2 ** (job.tries - 1));
  const facts = { job: job.id, kind, workspace: job.workspace ?? "", tries: job.tries };
  log.warn("a job failed and is tried again", { ...facts, ms: Math.round(wait), error });
  return retry(store, lease, new Date(now().getTime() + wait), wordsOf(error));
}

async function sayFarewell<Kind extends JobKind>(
  job: Job,
  kind: Kind,
  { farewells, log, patienceMs }: RunOptions,
): Promise<boolean> {
  const farewell = farewells?.[kind] as Farewell<Kind> | undefined;
  const payload = readPayload(kind, job.payload);
  if (!farewell || payload === undefined) return true;
  try {
    await withPatience(farewell(payload, { ...job, workspace: job.workspace ?? "" }), patienceMs);
    return true;
  } catch (error) {
    log.error("nobody could be told that a job was given up", { job: job.id, kind, error });
    return false;
  }
}

/** It is not run, and whatever it holds is let go. */
async function giveUpUnread(
  job: Job,
  lease: Lease,
  options: RunOptions,
  why: string,
): Promise<boolean> {
  const { unread, log, patienceMs } = options;
  try {
    if (unread) await withPatience(unread(job), patienceMs);
  } catch (error) {
    log.error("what a job held could not be let go", { job: job.id, kind: job.kind, error });
    if (job.tries < mostUnread) throw error;
  }
  return giveUpOn(job, lease, options, new Error(why));
}

async function giveUpOn(
  job: Job,
  lease: Lease,
  { store, now, log }: RunOptions,
  error: unknown,
): Promise<boolean> {
  const facts = { job: job.id, kind: job.kind, workspace: job.workspace ?? "", tries: job.tries };
  log.error("a job was given up", { ...facts, error });
  return giveUp(store, lease, now(), wordsOf(error));
}

/** Kept in the table, so it names the error and leaves out what it may quote. */
function wordsOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** A job that hangs gives its place back; should it act later after all, its lease is another's by then. */
async function withPatience<T>(work: Promise<T>, patienceMs: number): Promise<T> {
  const ended = await inTime(
    work.then((value) => ({ value })),
    patienceMs,
  );
  if (!ended) throw new Error(`took longer than ${patienceMs} ms`);
  return ended.value;
}
