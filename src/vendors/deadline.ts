/** From the first try to connect to the last byte: longer only for an answer that keeps coming. */
export interface Deadline {
  signal: AbortSignal;
  /** So many bytes have come. */
  came(bytes: number): void;
  /** It is over; nothing is waited for any more. */
  met(): void;
}

/** So much of an answer earns the usual time once more, up to so many times of it in all. */
const earns = 1_000_000;
const most = 4;

/** `ms` is what any answer may take. One that drips is cut off then, one that flows has up to four times as long. */
export function createDeadline(ms: number): Deadline {
  const controller = new AbortController();
  const begun = performance.now();
  let bytes = 0;
  const allowed = () => Math.min(most, 1 + bytes / earns) * ms;
  let timer = setTimeout(check, ms).unref();

  function check(): void {
    const left = Math.ceil(begun + allowed() - performance.now());
    if (left > 0) timer = setTimeout(check, left).unref();
    else controller.abort(new DOMException("it took too long to answer", "TimeoutError"));
  }

  return {
    signal: controller.signal,
    came: (more) => {
      bytes += more;
    },
    met: () => clearTimeout(timer),
  };
}
