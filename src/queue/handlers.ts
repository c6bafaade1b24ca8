import type { Job } from "../store/jobs.ts";
import type { JobKind, Payload } from "./kinds.ts";

/**
 * `again` is news without an end: the job comes back at that moment with its tries counted afresh. `held`: it was not
 * its turn, which counts for nothing. `waits`: Slack keeps it from its work, which ends `forMs` after that began and,
 * where tries are named, not before that many of them; else no try is counted.
 * `over`: it cannot be done, and what remains is to say so.
 */
export type Outcome =
  | { kind: "done" }
  | { kind: "again"; at: Date }
  | { kind: "held"; at: Date }
  | { kind: "waits"; at: Date; forMs: number; tries?: number; error: unknown }
  | { kind: "over"; error: unknown };

/** A job in work; `workspace` is empty for the program's own. */
export type RunningJob = Omit<Job, "workspace"> & { workspace: string };

/** A throw means no news: the job is tried again after a while. Jobs may run twice or late. */
export type Handler<Kind extends JobKind> = (
  payload: Payload<Kind>,
  job: RunningJob,
) => Promise<Outcome>;

export type Handlers = { [Kind in JobKind]?: Handler<Kind> | undefined };

/** What people are still told when a job is given up. May run twice; a throw is only logged. */
export type Farewell<Kind extends JobKind> = (
  payload: Payload<Kind>,
  job: RunningJob,
) => Promise<void>;

export type Farewells = { [Kind in JobKind]?: Farewell<Kind> | undefined };
