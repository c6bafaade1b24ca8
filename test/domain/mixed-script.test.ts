import { describe, expect, it } from "vitest";
import { lookAlikeIn, lookAlikesIn } from "../../src/domain/mixed-script.ts";

describe("a name that may pass for another", () => {
  it.each([
    ["Sрring launch", "mixes Latin and Cyrillic letters: “Sрring”"],
    ["Launch Sрr\u00ading", "mixes Latin and Cyrillic letters: “Sрring”"],
    ["Αpril", "mixes Latin and Greek letters: “Αpril”"],
    ["Ηоrа", "mixes Latin, Cyrillic and Greek letters: “Ηоrа”"],
    ["Sprinɡ", "has a letter that is drawn like another one: “Sprinɡ”"],
    ["ꜱpring", "has a letter that is drawn like another one: “ꜱpring”"],
    ["Q4 2O26", "has a letter among digits: “2O26”"],
    ["Q4 20З6", "has a letter among digits: “20З6”"],
    ["l0an offer", "has a nought among letters: “l0an”"],
    ["Batch 1٤", "mixes digits of several scripts: “1٤”"],
  ])("is pointed out: %s", (name, why) => {
    expect(lookAlikeIn(name)).toBe(`This name ${why} may not be what it looks like.`);
  });

  it.each([
    "Spring launch",
    "Осень Sale",
    "Осенняя распродажа 2026",
    "Φθινόπωρο 2026",
    "春のセールSale2026",
    "봄Sale",
    "İndirim Günü ışık",
    "Beyoncé naïve Ærø Łódź Straße",
    "Sale🎉2026 👩‍👩‍👧",
    "B2B Q4 H1N1 3D v2 a11y l10n 10off T-Mobile",
    "50µg 10kΩ",
    "مرحبا 2026",
    "חורף-24 iPhone",
    "الحملة ٢٠٢٦",
    "A²",
    "20г 2й А4",
    "Ɓala ŋɔ ɛ",
    "",
  ])("is not pointed out: %s", (name) => {
    expect(lookAlikeIn(name)).toBeUndefined();
  });

  it("is pointed out once, however often it stands there", () => {
    expect(lookAlikesIn(["Sрring", "Sрring", "Spring"])).toHaveLength(1);
  });
});
