import { datesAround, isOver, momentOn } from "../domain/digest-time.ts";
import { localDate } from "../domain/when.ts";
import { forgetAbsences } from "../store/absences.ts";
import { forgetChoices } from "../store/choices.ts";
import { claimDigest, type Digest, everyDigest } from "../store/digests.ts";
import type { Store } from "../store/handle.ts";
import { enqueue, forgetJobs } from "../store/jobs.ts";
import { forgetPeople } from "../store/known-people.ts";
import { relayDigest } from "../store/relay.ts";
import { closeRepeats } from "../store/repeats.ts";
import { forgetStops } from "../store/stops.ts";
import type { World } from "../world.ts";
import { newJob } from "./kinds.ts";

const hour = 3_600_000;
const day = 24 * hour;

export interface DueDigest {
  workspace: string;
  /** Local date it is for. */
  date: string;
}

/** The digests whose time has come in their own zones, and has not been over since. */
export function digestsDue(digests: readonly Digest[], now: Date): DueDigest[] {
  return digests.flatMap((digest) =>
    datesAround(now, digest.zone)
      .filter((date) => isDue(digest, date, now))
      .map((date) => ({ workspace: digest.workspace, date })),
  );
}

function isDue(digest: Digest, date: string, now: Date): boolean {
  if (digest.lastDate !== undefined && digest.lastDate >= date) return false;
  const moment = momentOn(date, digest);
  const hasCome = moment !== undefined && moment <= now && moment > digest.setAt;
  return hasCome && !isOver(date, digest, now);
}

/** The digest of a day to come cannot have been sent: whoever wrote that down had a clock that was ahead. */
async function ofToday(store: Store, digest: Digest, now: Date): Promise<Digest> {
  const { workspace, zone, lastDate } = digest;
  const today = localDate(now, zone);
  if (lastDate === undefined || lastDate <= today) return digest;
  await store.write((q) => relayDigest(q, workspace, { lastDate, today }));
  return { ...digest, lastDate: today };
}

/** Commits the jobs that are due by the clock; any number of processes may do so, each job comes once. */
export async function keepTimetable(store: Store, now: Date): Promise<number> {
  const digests = await Promise.all(
    (await store.read(everyDigest)).map((one) => ofToday(store, one, now)),
  );
  const due = digestsDue(digests, now);
  const slot = Math.floor(now.getTime() / hour);
  return store.write(async (q) => {
    let added = (await enqueue(q, newJob("tidy", null, {}, { key: `tidy:${slot}` }), now)) ? 1 : 0;
    for (const { workspace, date } of due) {
      if (!(await claimDigest(q, workspace, date))) continue;
      const key = `digest:${workspace}:${date}`;
      const job = newJob("show_digest", workspace, { workspace, date }, { key });
      if (await enqueue(q, job, now)) added += 1;
    }
    return added;
  });
}

/** Forgets what nobody needs any more: finished jobs with their keys, choosers nobody answered, absences that are over, who people were, stops. */
export async function tidy(store: Store, now: Date): Promise<void> {
  const dayAgo = new Date(now.getTime() - day);
  await store.write(async (q) => {
    await forgetJobs(q, dayAgo);
    await forgetChoices(q, dayAgo);
    await forgetAbsences(q, now);
    await forgetPeople(q, dayAgo);
    await forgetStops(q, dayAgo);
  });
  // On its own, for it waits for whoever writes to a record.
  await store.write((q) => closeRepeats(q, now));
  await store.scrub();
}

export interface Timetable {
  /** Looks at once; for a clock that was moved. */
  look(): Promise<void>;
  /** Resolves when a look under way has ended. */
  stop(): Promise<void>;
}

export interface TimetableOptions extends Pick<World, "store" | "now" | "log" | "wake"> {
  everyMs?: number | undefined;
}

export function startTimetable(options: TimetableOptions): Timetable {
  const { store, now, log, wake, everyMs = 10_000 } = options;
  let looking = Promise.resolve();
  const look = () => {
    looking = looking.then(async () => {
      try {
        if ((await keepTimetable(store, now())) > 0) wake();
      } catch (error) {
        log.warn("the timetable could not be kept", { error });
      }
    });
    return looking;
  };
  const timer = setInterval(() => void look(), everyMs);
  void look();
  return {
    look,
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}
