import { normalText, withoutUnseen } from "../../domain/normal-text.ts";

/** Text that Slack may parse. Made only by this file, so outside text in it is always escaped. */
export interface Mrkdwn {
  readonly mrkdwn: string;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Text from people and vendors, made harmless to read: a bounded part of it, in the one form; a space at an end stays. */
export function clean(text: string): string {
  const part = text.slice(0, 2_000);
  const inner = normalText(part);
  if (inner === "") return /\s/.test(part) ? " " : "";
  return `${/^\s/.test(part) ? " " : ""}${inner}${/\s$/.test(part) ? " " : ""}`;
}

/** At most `limit` UTF-16 units, cut between graphemes, with an ellipsis where something is missing. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, limit + 1))) {
    if (index + segment.length > limit - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** For `plain_text`, which Slack does not parse; still nothing in it looks like Slack's own syntax. */
export function harmless(text: string, limit: number): string {
  return clip(
    clean(text)
      .trim()
      .replace(/<(?=[!@#]|https?:|mailto:|tel:)/gi, "‹"),
    limit,
  );
}

/**
 * Outside text for mrkdwn. Slack decodes `&amp; &lt; &gt;` and nothing else, so the marks that
 * format (`* _ ~ \``) and emoji shortcodes are swapped for look-alikes: a name cannot draw a check mark.
 */
export function escaped(text: string, limit = 1000): Mrkdwn {
  const safe = clip(clean(text), limit)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("`", "'")
    .replaceAll("*", "∗")
    .replaceAll("~", "∼")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "ˍ")
    .replace(/:(?=[^:\s]*[a-z+-])([\w+'-]+):/gi, "∶$1∶");
  return { mrkdwn: safe };
}

/** The template for all mrkdwn: what stands in it is ours, what is put into it is escaped. */
export function mrkdwn(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Mrkdwn)[]
): Mrkdwn {
  const parts = values.map((value) =>
    typeof value === "object" ? value.mrkdwn : escaped(String(value)).mrkdwn,
  );
  return { mrkdwn: strings.map((own, index) => own + (parts[index] ?? "")).join("") };
}

export function joined(parts: readonly Mrkdwn[], separator: string): Mrkdwn {
  return { mrkdwn: parts.map((part) => part.mrkdwn).join(separator) };
}

/** Inside a code span Slack formats nothing; used for ids and status words. */
export function code(text: string, limit = 80): Mrkdwn {
  const inner = clip(clean(text).trim().replaceAll("`", "'"), limit)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
  return inner === "" ? mrkdwn`(empty)` : { mrkdwn: `\`${inner}\`` };
}

/** Several lines as they are, for the policy file. */
export function preformatted(lines: readonly string[]): Mrkdwn {
  const body = lines
    .map((line) => withoutUnseen(line).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ""))
    .join("\n")
    .toWellFormed()
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("```", "'''");
  return { mrkdwn: `\`\`\`\n${body}\n\`\`\`` };
}

/** Cuts finished mrkdwn without breaking a mention, a date or an escape. */
export function clipMrkdwn(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (const atom of text.matchAll(/<[^<>]*>|&(?:amp|lt|gt);|[^<&]+|[<&]/gu)) {
    const after = atom.index + atom[0].length;
    if (after > limit - 1) {
      const isWords = !/^[<&]/.test(atom[0]);
      return isWords ? text.slice(0, end) + clip(atom[0], limit - end) : `${text.slice(0, end)}…`;
    }
    end = after;
  }
  return `${text.slice(0, end)}…`;
}
