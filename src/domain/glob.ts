import { folded, foldedByLetter } from "./normal-text.ts";

export { folded };

/** Does `pattern` (`*` any run of characters, `?` one) cover the whole text? Case does not matter. */
export function covers(pattern: string, text: string): boolean {
  const given = folded(text);
  if (matches(folded(pattern), given)) return true;
  const byLetter = foldedByLetter(text);
  return byLetter !== given && matches(foldedByLetter(pattern), byLetter);
}

function matches(pattern: string, text: string): boolean {
  const wanted = [...pattern];
  const given = [...text];
  let at = 0;
  let to = 0;
  let star = -1;
  let resume = 0;
  while (to < given.length) {
    if (at < wanted.length && wanted[at] === "*") {
      star = at;
      resume = to;
      at += 1;
    } else if (at < wanted.length && (wanted[at] === "?" || wanted[at] === given[to])) {
      at += 1;
      to += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      to = resume;
    } else return false;
  }
  return wanted.slice(at).every((character) => character === "*");
}
