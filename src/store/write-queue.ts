import { setImmediate } from "node:timers";
import { setTimeout as pause } from "node:timers/promises";

/** What the queue needs of a database with one writer; everything is synchronous. */
export interface SingleWriter {
  begin(): void;
  commit(): void;
  rollback(): void;
  savepoint(): void;
  keepSavepoint(): void;
  undoSavepoint(): void;
  /** False after an error that undid the whole transaction (disk full, I/O). */
  inTransaction(): boolean;
  /** True for the error of a `begin` that another process's transaction is in the way of. */
  isHeldByOther(error: unknown): boolean;
}

interface Waiting {
  /** When it came, by the process's own clock. */
  since: number;
  run(): Promise<unknown>;
  /** Called when the task may touch the database no more. */
  over(): void;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export interface WriteQueue {
  /** Runs within a shared transaction; settles when that is on disk, or undone. */
  add<T>(run: () => Promise<T>, over: () => void): Promise<T>;
  /** Resolves when nothing waits any more. */
  drained(): Promise<void>;
}

export interface QueueOptions {
  onCommit(writes: number): void;
  /** How long a write waits while another process holds the database. */
  patienceMs: number;
}

/** Long enough to share a commit among many, short enough for sockets not to notice. */
const turnMs = 5;
/** Between two tries to begin while another process holds the database. */
const pauseMs = 20;

/**
 * Whoever waits when a turn begins shares one transaction and one sync to disk, each in its own savepoint.
 * Awaited database calls finish in micro-tasks, so a batch never spans a turn of the event loop; between
 * batches the loop gets its turn.
 */
export function createWriteQueue(
  writer: SingleWriter,
  { onCommit, patienceMs }: QueueOptions,
): WriteQueue {
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      await nextTurn();
      if (await begin(writer, waiting, patienceMs)) await runBatch(writer, waiting, onCommit);
    }
    // Here and not in a `finally`: whoever adds in the next micro-task must find the queue asleep.
    working = undefined;
  }

  return {
    add<T>(run: () => Promise<T>, over: () => void): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        const since = performance.now();
        waiting.push({ since, run, over, resolve: resolve as (value: unknown) => void, reject });
        working ??= work();
      });
    },
    async drained() {
      while (working) await working;
    },
  };
}

/**
 * Begins a transaction as soon as no other process holds the database; the event loop turns meanwhile. Who has
 * waited too long is refused; false if nobody waits any more.
 */
async function begin(
  writer: SingleWriter,
  waiting: Waiting[],
  patienceMs: number,
): Promise<boolean> {
  while (waiting.length > 0) {
    try {
      giveUp(writer);
      writer.begin();
      return true;
    } catch (error) {
      const held = writer.isHeldByOther(error);
      const latest = performance.now() - patienceMs;
      // They came in order, so whoever waited too long is in front.
      const going = waiting.findIndex(({ since }) => held && since > latest);
      for (const each of waiting.splice(0, going < 0 ? waiting.length : going)) refuse(each, error);
      if (waiting.length > 0) await pause(pauseMs);
    }
  }
  return false;
}

function refuse(task: Waiting, error: unknown): void {
  task.over();
  task.reject(error);
}

/** Undoes what is open, if anything is. Where a disk refuses even that, it is tried again before the next begins. */
function giveUp(writer: SingleWriter): void {
  try {
    if (writer.inTransaction()) writer.rollback();
  } catch {
    // Whoever waits hears of the first fault.
  }
}

async function runBatch(
  writer: SingleWriter,
  waiting: Waiting[],
  onCommit: (writes: number) => void,
): Promise<void> {
  const taken: Waiting[] = [];
  const settle: (() => void)[] = [];
  try {
    const until = performance.now() + turnMs;
    do {
      const next = waiting.shift();
      if (!next) break;
      taken.push(next);
      settle.push(await runOne(writer, next));
    } while (performance.now() < until);
    writer.commit();
  } catch (error) {
    giveUp(writer);
    // Nothing of this batch is on disk, so all of it must hear so.
    for (const each of taken) each.reject(error);
    return;
  }
  onCommit(taken.length);
  for (const tell of settle) tell();
}

async function runOne(writer: SingleWriter, task: Waiting): Promise<() => void> {
  writer.savepoint();
  try {
    const value = await withinThisTurn(task.run());
    writer.keepSavepoint();
    return () => task.resolve(value);
  } catch (error) {
    // The engine itself gave the whole transaction up: the batch fails as one.
    if (!writer.inTransaction()) throw error;
    writer.undoSavepoint();
    return () => task.reject(error);
  } finally {
    task.over();
  }
}

/** Fails as soon as the event loop turns, because then something other than the database was awaited. */
function withinThisTurn<T>(running: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const guard = setImmediate(() =>
      reject(new Error("a write awaited something other than the database; it was undone")),
    );
    running.then(resolve, reject).finally(() => clearImmediate(guard));
  });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
