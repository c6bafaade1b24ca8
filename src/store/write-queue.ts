import { setImmediate } from "node:timers";

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
}

interface Waiting {
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

/** Long enough to share a commit among many, short enough for sockets not to notice. */
const turnMs = 5;

/**
 * Whoever waits when a turn begins shares one transaction and one sync to disk, each in its own savepoint.
 * Awaited database calls finish in micro-tasks, so a batch never spans a turn of the event loop; between
 * batches the loop gets its turn.
 */
export function createWriteQueue(
  writer: SingleWriter,
  onCommit: (writes: number) => void,
): WriteQueue {
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      await nextTurn();
      await runBatch(writer, waiting, onCommit);
    }
    // Here and not in a `finally`: whoever adds in the next micro-task must find the queue asleep.
    working = undefined;
  }

  return {
    add<T>(run: () => Promise<T>, over: () => void): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ run, over, resolve: resolve as (value: unknown) => void, reject });
        working ??= work();
      });
    },
    async drained() {
      while (working) await working;
    },
  };
}

async function runBatch(
  writer: SingleWriter,
  waiting: Waiting[],
  onCommit: (writes: number) => void,
): Promise<void> {
  const taken: Waiting[] = [];
  const settle: (() => void)[] = [];
  try {
    writer.begin();
    const until = performance.now() + turnMs;
    do {
      const next = waiting.shift();
      if (!next) break;
      taken.push(next);
      settle.push(await runOne(writer, next));
    } while (performance.now() < until);
    writer.commit();
  } catch (error) {
    if (writer.inTransaction()) writer.rollback();
    // Nothing of this batch is on disk, so all of it must hear so; those not begun are refused with it.
    if (taken.length === 0) taken.push(...waiting.splice(0));
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
