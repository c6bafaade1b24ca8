/** Strings are matched only to be stepped over; numbers are matched whole, so no fraction is cut. */
const tokens = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * JSON in which whole numbers too big for a double stay what they were, as strings:
 * an id of 9007199254740993 must not become …992, which is somebody else's campaign.
 * Every string passes `clean`. Throws SyntaxError like JSON.parse, and RangeError where it is nested too deep.
 */
export function parseJson(
  text: string,
  clean: (value: string) => string = (value) => value,
): unknown {
  const exact = /\d{16}/.test(text)
    ? text.replace(tokens, (token) => (isBigInteger(token) ? `"${token}"` : token))
    : text;
  // Most answers hold nothing to be cleaned; to look at every value of those costs much memory.
  if (!text.includes("\\u") && clean(text) === text) return JSON.parse(exact);
  return JSON.parse(exact, (_, value: unknown) =>
    typeof value === "string" ? clean(value) : value,
  );
}

/** The same for one number. */
export function exactNumber(token: string): number | string {
  return isBigInteger(token) ? token : Number(token);
}

function isBigInteger(token: string): boolean {
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token));
}
