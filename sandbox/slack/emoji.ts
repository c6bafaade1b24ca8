import { emojiNames } from "../../src/domain/emoji-names.ts";

/** As Slack sends what somebody typed: `:ambulance:` for 🚑, and `:wave::skin-tone-3:` where a skin tone was picked. */
export function withCodes(text: string): string {
  return text.replace(emoji, (sign) => codeOf(sign) ?? sign);
}

const emoji =
  /\p{RI}{2}|[0-9#*]\uFE0F?\u20E3|🏴[\u{E0061}-\u{E007A}]+\u{E007F}|\p{Extended_Pictographic}[\uFE0F\p{EMod}]*(?:\u200D\p{Extended_Pictographic}[\uFE0F\p{EMod}]*)*/gu;

/** What is drawn as text unless it is asked to be an emoji stays text. */
function codeOf(sign: string): string | undefined {
  if (!/\p{Emoji_Presentation}|\uFE0F|\u20E3/u.test(sign)) return undefined;
  const tones = [...sign.matchAll(/\p{EMod}/gu)].map(
    ([tone]) => (tone.codePointAt(0) ?? 0) - 0x1f3f9,
  );
  const name = names().get(bare(sign.replace(/\p{EMod}/gu, "")));
  if (name === undefined) return undefined;
  const kinds = [...new Set(tones)];
  return kinds.length > 0 ? `:${name}::skin-tone-${kinds.join("-")}:` : `:${name}:`;
}

function bare(sign: string): string {
  return sign.replaceAll("\uFE0F", "");
}

let known: ReadonlyMap<string, string> | undefined;

/** The name that Slack shows first for each emoji. */
function names(): ReadonlyMap<string, string> {
  known ??= new Map(
    emojiNames
      .trim()
      .split("\n")
      .map((line) => {
        const [points = "", name = ""] = line.split(" ");
        const codes = points.split("-").map((point) => Number.parseInt(point, 16));
        return [bare(String.fromCodePoint(...codes)), name] as const;
      }),
  );
  return known;
}
