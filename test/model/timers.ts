/** No story waits for a platform: its clock stands still, and what waits no longer than this gives up when a slow call says so. */
const mostPatient = 30_000;

interface Timer {
  ms: number;
  ring: () => void;
}

/** Timers that ring only when a platform has kept somebody waiting. */
export class StoryTimers {
  private readonly real = { set: globalThis.setTimeout, clear: globalThis.clearTimeout };
  private readonly waiting = new Map<object, Timer>();

  install(): void {
    const set = (ring: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
      const handle = { unref: () => handle, ref: () => handle, hasRef: () => false };
      this.waiting.set(handle, { ms, ring: () => ring(...given) });
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
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1)
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
}
