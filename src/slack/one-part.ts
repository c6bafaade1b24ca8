const [lineFeed, carriageReturn] = [10, 13];
/** Of a body without a length so much at a time: where it ends, only the parser can say. */
const slice = 512;

/**
 * How many of these bytes belong together: what is left of a body whose length is known, or a head up to its end. No
 * more than one request ends within them, and of a body without a length not many.
 */
export function partOf(bytes: Buffer, body?: { bodyLeft: number }): number {
  if (!body) return endOfHead(bytes);
  return Math.min(bytes.length, body.bodyLeft > 0 ? body.bodyLeft : slice);
}

/** Empty lines before a head are none of it, and a parser may take a line feed alone for the end of a line. */
function endOfHead(bytes: Buffer): number {
  let at = 0;
  while (isNewLine(bytes[at])) at += 1;
  for (at = bytes.indexOf(lineFeed, at); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
    const next = bytes[at + 1] === carriageReturn ? at + 2 : at + 1;
    if (bytes[next] === lineFeed) return next + 1;
  }
  return bytes.length;
}

function isNewLine(byte: number | undefined): boolean {
  return byte === lineFeed || byte === carriageReturn;
}
