import sets from "emojibase-data/en/shortcodes/iamcal.json" with { type: "json" };
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { withTypedEmoji } from "../../src/domain/emoji.ts";
import { emojiNames } from "../../src/domain/emoji-names.ts";
import { folded, foldedByLetter, normalText } from "../../src/domain/normal-text.ts";

const pairs = [
  [":ambulance: Ops", "🚑 Ops"],
  [":wave::skin-tone-3: Welcome", "👋🏼 Welcome"],
  [":+1:", "👍"],
  [":thumbsup:", "👍"],
  [":heart:", "❤️"],
  [":flag-de: Q4", "🇩🇪 Q4"],
  [":de: Q4", "🇩🇪 Q4"],
  [":flag-england:", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"],
  [":technologist::skin-tone-5:", "🧑🏾‍💻"],
  [":male-detective::skin-tone-6:", "🕵🏿‍♂️"],
  [":handshake::skin-tone-2-4:", "🫱🏻‍🫲🏽"],
  [":handshake::skin-tone-2:", "🤝🏻"],
  [":people_holding_hands::skin-tone-2-3:", "🧑🏻‍🤝‍🧑🏼"],
  [":couple_with_heart::skin-tone-2-6:", "🧑🏻‍❤️‍🧑🏿"],
  [":rocket::skin-tone-2:", "🚀🏻"],
  [":hash:", "#️⃣"],
  ["Ops:ambulance:", "Ops🚑"],
  [":ambulance:Ops", "🚑Ops"],
  [":AMBULANCE:", "🚑"],
] as const;

const iamcal = z.record(z.string(), z.union([z.string(), z.array(z.string())])).parse(sets);
const lines = Object.entries(iamcal).map(
  ([points, names]) => `${points} ${[names].flat().join(" ")}`,
);

describe("Slack's codes for emoji", () => {
  it.each(pairs)("%s, typed, is %s", (typed, emoji) => {
    expect(withTypedEmoji(typed)).toBe(emoji);
  });

  it.each(pairs)("%s is compared as %s is", (code, emoji) => {
    expect(folded(code)).toBe(folded(emoji));
    expect(foldedByLetter(code)).toBe(foldedByLetter(emoji));
  });

  it.each([
    ":our-logo:",
    ":not an emoji:",
    "18:00:30",
    "::",
    ":skin-tone-7:",
    "a:v:2",
    "burki:100:7",
  ])("%s is none, and stays as it was typed", (typed) => {
    expect(withTypedEmoji(typed)).toBe(typed);
  });

  it("are known as our own cards draw them", () => {
    expect(folded("∶ambulance∶ Ops")).toBe(folded("🚑 Ops"));
  });

  it("leave letters alone that are drawn as an emoji", () => {
    expect(folded(":tm:")).toBe(":tm:");
    expect(normalText(withTypedEmoji("Acme:tm:"))).toBe("Acme™️");
  });

  it("are all that Slack has, as `emojibase-data` lists them; new ones are written into emoji-names.ts like this", () => {
    expect(emojiNames.trim().split("\n")).toEqual(lines);
  });

  it("are found for every emoji and skin tone, by every name", () => {
    for (const [points, names] of Object.entries(iamcal)) {
      const emoji = String.fromCodePoint(
        ...points.split("-").map((one) => Number.parseInt(one, 16)),
      );
      for (const name of [names].flat()) {
        expect(withTypedEmoji(`:${name}: x`).replaceAll("\uFE0F", ""), name).toBe(
          `${emoji} x`.replaceAll("\uFE0F", ""),
        );
        const dark = normalText(withTypedEmoji(`:${name}::skin-tone-6:`));
        expect(dark, name).toContain("🏿");
      }
    }
  });

  it("change nothing when a text is compared a second time", () => {
    const piece = fc.constantFrom(
      ...[
        ":",
        "::",
        "ambulance",
        ":x:",
        ":tm:",
        ":one:",
        ":a",
        "b:",
        "skin-tone-3",
        ":wave:",
        "∶",
        "：",
        "1",
      ],
      ...["ab", "Ⓜ", ":m:", "🚑", "\u200D", "\uFE0F", "-", "_", "+1", " "],
    );
    const text = fc.array(piece, { maxLength: 14 }).map((all) => all.join(""));
    fc.assert(
      fc.property(text, (one) => {
        expect(folded(folded(one))).toBe(folded(one));
        expect(foldedByLetter(foldedByLetter(one))).toBe(foldedByLetter(one));
        expect(normalText(normalText(one))).toBe(normalText(one));
      }),
      { numRuns: 3_000 },
    );
  });
});
