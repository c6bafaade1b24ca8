const longestMs = 60_000;
const shortestMs = 1_000;

/**
 * How long a vendor asks us to wait, in milliseconds between 1 s and 60 s, from seconds or an HTTP date.
 * Nonsense and times in the past say nothing.
 */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : dateMs(text) - now.getTime();
  if (!(ms >= 0)) return undefined;
  return Math.min(Math.max(ms, shortestMs), longestMs);
}

/** Only real HTTP dates: Date.parse alone takes "-5" for a year. */
function dateMs(text: string): number {
  return /^[A-Z][a-z]{2,8},? .*\d{2}:\d{2}:\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
}
