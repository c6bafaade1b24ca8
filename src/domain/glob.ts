/** Does `pattern` (`*` any run of characters, `?` one) cover the whole text? Case does not matter. */
export function covers(pattern: string, text: string): boolean {
  const wanted = [...folded(pattern)];
  const given = [...folded(text)];
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

/** Most texts need no more than small letters, and a policy of many rules compares very many. */
const isPlain = /^[!-~]+( [!-~]+)*$/;

/** Text as it is compared: one form of each character, no case, single spaces. */
export function folded(text: string): string {
  if (isPlain.test(text)) return text.toLowerCase();
  return text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
}
