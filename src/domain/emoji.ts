import { emojiNames } from "./emoji-names.ts";

/**
 * Slack's codes (`:ambulance:`, `:wave::skin-tone-3:`) in what a campaign is called, as the emoji that they stand for. A code between
 * letters or digits stays, for there a colon may part a connection from an id.
 */
export function withTypedEmoji(text: string): string {
  return replaced(text, (emoji, before, after) =>
    isSign(before) && isSign(after) ? undefined : emoji,
  );
}

/** The same in texts that are compared, but for the few that are a letter as soon as they are flat (“™”). */
export function withComparedEmoji(text: string): string {
  return replaced(text, (emoji) => (/[a-z]/i.test(emoji.normalize("NFKC")) ? undefined : emoji));
}

/** Bounded, so that a text of colons is read in time that grows with it and no faster. */
const code = /:([a-z0-9_+-]{1,64}):(?::skin-tone-([2-6])(?:-([2-6]))?:)?/gi;

function replaced(
  text: string,
  meant: (emoji: string, before: string, after: string) => string | undefined,
): string {
  if (!text.includes(":")) return text;
  const codes = new RegExp(code);
  let built = "";
  let at = 0;
  for (let found = codes.exec(text); found; found = codes.exec(text)) {
    const { 0: whole, index } = found;
    const end = index + whole.length;
    const emoji = emojiOf(found);
    const put = emoji && meant(emoji, text.charAt(index - 1), text.charAt(end));
    if (put === undefined) codes.lastIndex = index + 1;
    else {
      built += text.slice(at, index) + put;
      at = end;
    }
  }
  return built + text.slice(at);
}

function isSign(character: string): boolean {
  return /^[\p{L}\p{N}]$/u.test(character);
}

function emojiOf([, name = "", ...tones]: readonly (string | undefined)[]): string | undefined {
  const emoji = byName().get(name.toLowerCase());
  const skins = tones.filter((tone) => tone !== undefined).map(skinOf);
  return emoji === undefined || skins.length === 0 ? emoji : toned(emoji, skins);
}

/** Slack counts the five skin tones from two. */
function skinOf(tone: string): string {
  return String.fromCodePoint(0x1f3f9 + Number(tone));
}

/** One tone for everybody in it, or one for each of two people. What has no skin has the tone as an emoji behind it. */
function toned(emoji: string, skins: readonly string[]): string {
  const [only, second = only] = skins;
  const whole = only === second ? emoji : (apart[emoji] ?? emoji);
  let people = 0;
  const parts = whole.split("\u200D").map((part) => {
    const [first = "", ...rest] = part;
    if (!/^\p{Emoji_Modifier_Base}$/u.test(first) || (whole !== part && first === "🤝"))
      return part;
    people += 1;
    return first + (people === 1 ? only : second) + rest.filter((one) => one !== "\uFE0F").join("");
  });
  return parts.join("\u200D") + (people === 0 ? skins.join("") : "");
}

/** Pairs that are one sign as long as both have the same skin. */
const apart: Readonly<Record<string, string>> = {
  "🤝": "🫱\u200D🫲",
  "👫": "👩\u200D🤝\u200D👨",
  "👭": "👩\u200D🤝\u200D👩",
  "👬": "👨\u200D🤝\u200D👨",
  "💏": "🧑\u200D❤\uFE0F\u200D💋\u200D🧑",
  "💑": "🧑\u200D❤\uFE0F\u200D🧑",
};

let known: ReadonlyMap<string, string> | undefined;

/** Each name with its emoji; put together when somebody first needs it. */
function byName(): ReadonlyMap<string, string> {
  known ??= new Map(
    [...emojiNames.matchAll(/^(\S+) (.+)$/gm)].flatMap(([, points = "", names = ""]) => {
      const emoji = drawn(points);
      return names.split(" ").map((name) => [name, emoji] as const);
    }),
  );
  return known;
}

/** A sign that may also be drawn as text says that it is an emoji. */
function drawn(points: string): string {
  const emoji = String.fromCodePoint(
    ...points.split("-").map((point) => Number.parseInt(point, 16)),
  );
  return /^(?!\p{Emoji_Presentation})\P{Regional_Indicator}$/u.test(emoji)
    ? `${emoji}\uFE0F`
    : emoji;
}
