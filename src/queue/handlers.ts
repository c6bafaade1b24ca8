import type { Job } from "../store/jobs.ts";
import type { JobKind, Payload } from "./kinds.ts";

/** `again` is news without an end: the job comes back at that moment with its tries counted afresh. */
export type Outcome = { kind: "done" } | { kind: "again"; at: Date };

/** A job in work; `workspace` is empty for the program's own. */
type RunningJob = Omit<Job, "workspace"> & { workspace: string };

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
