export type Decoded = { kind: "text"; text: string } | { kind: "problem"; problem: string };

/** The text of a file, which has to be UTF-8; or the line at which it is not. */
export function decodePolicy(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) return problem(1, "The file is UTF-16.");
  if (bytes.subarray(0, 4).includes(0)) return problem(1, "The file is no text in UTF-8.");
  const text = decoded(bytes);
  return text === undefined
    ? problem(firstBadLine(bytes), "There is a character that is not written in UTF-8.")
    : { kind: "text", text };
}

function problem(line: number, what: string): Decoded {
  return { kind: "problem", problem: `Line ${line}: ${what} Save the file as UTF-8.` };
}

/** A line end is never part of another character in UTF-8, so each line stands alone. */
function firstBadLine(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0 || decoded(bytes.subarray(start, end)) === undefined) return line;
    start = end + 1;
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
