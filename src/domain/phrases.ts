/** What stands between two quotation marks, and where it ends behind the second. */
interface Phrase {
  text: string;
  end: number;
  /** Between backticks, as Slack writes code. */
  isCode: boolean;
}

/** Marks of many languages and keyboards: what opens a phrase, and what may close it then. */
const pairs: readonly (readonly [string, RegExp])[] = [
  ['"“”„‟«»', /["“”‟«»](?=[\s,]|$)/g],
  ["'‘’‚‛", /['’‘](?=[\s,]|$)/g],
  ["‹›", /[‹›](?=[\s,]|$)/g],
  ["「", /」/g],
  ["『", /』/g],
  ["《", /》/g],
  ["〈", /〉/g],
  ["`", /`/g],
];

/**
 * Finds the phrase that opens at a place, if one does. Asked for places in rising order it looks at no character twice
 * for the same mark, so that a text of nothing but quotation marks takes no longer than any other.
 */
export function createPhrases(text: string): (start: number) => Phrase | undefined {
  const found = new Map<RegExp, number>();
  function closing(closer: RegExp, from: number): number {
    const known = found.get(closer);
    if (known !== undefined && known >= from) return known;
    closer.lastIndex = from;
    const at = closer.exec(text)?.index ?? Number.POSITIVE_INFINITY;
    found.set(closer, at);
    return at;
  }
  return (start) => {
    const mark = text.charAt(start);
    const [, closer] = pairs.find(([openers]) => mark !== "" && openers.includes(mark)) ?? [];
    if (!closer) return undefined;
    const at = closing(closer, start + 1);
    if (at === Number.POSITIVE_INFINITY) return undefined;
    return { text: text.slice(start + 1, at), end: at + 1, isCode: mark === "`" };
  };
}
