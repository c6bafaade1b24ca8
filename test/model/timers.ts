/** What waits no longer than this gives up when a slow call says so. */
const mostPatient = 30_000;
/** So many turns of the loop in which nothing else is to be done: everybody waits for a timer. */
const idleTurns = 3;

interface Timer {
  ms: number;
  due: number;
  ring: () => void;
}

/**
 * No story waits for a platform: its clock stands still. Timers ring when a platform has kept somebody waiting, and, one
 * after another, when there is nothing else that anybody waits for.
 */
export class StoryTimers {
  private readonly real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };
  private readonly waiting = new Map<object, Timer>();
  /** How long everybody together has waited. */
  private waited = 0;
  private watching = false;

  install(): void {
    const set = (ring: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
      const handle = { unref: () => handle, ref: () => handle, hasRef: () => false };
      this.waiting.set(handle, { ms, due: this.waited + ms, ring: () => ring(...given) });
      if (!this.watching) void this.watch();
      return handle;
    };
    Object.assign(globalThis, {
      setTimeout: set,
      clearTimeout: (handle: object) => void this.waiting.delete(handle),
    });
  }

  remove(): void {
    Object.assign(globalThis, { setTimeout: this.real.set, clearTimeout: this.real.clear });
    this.waiting.clear();
  }

  /** Somebody has died: whatever they waited for is waited for no more. */
  forget(): void {
    this.waiting.clear();
  }

  /** A platform does not answer: everybody who waits with a limit gives up, the least patient first. */
  async runOut(): Promise<void> {
    await turns(2);
    const due = [...this.waiting].filter(([, { ms }]) => ms <= mostPatient);
    for (const [handle, { ring }] of due.sort((a, b) => a[1].ms - b[1].ms)) {
      if (this.waiting.delete(handle)) ring();
      await turns(1);
    }
  }

  /** A story goes on in micro-tasks and turns of the loop alone, so where none is to come it would stand still. */
  private async watch(): Promise<void> {
    this.watching = true;
    for (let idle = 0; this.waiting.size > 0; idle = isIdle() ? idle + 1 : 0) {
      if (idle > idleTurns) this.ringNext();
      await turns(1);
    }
    this.watching = false;
  }

  private ringNext(): void {
    const [first] = [...this.waiting].sort((a, b) => a[1].due - b[1].due);
    if (!first) return;
    const [handle, { due, ring }] = first;
    this.waiting.delete(handle);
    this.waited = Math.max(this.waited, due);
    ring();
  }
}

function isIdle(): boolean {
  return !process.getActiveResourcesInfo().includes("Immediate");
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1)
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
}
