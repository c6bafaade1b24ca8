import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covers } from "../../src/domain/glob.ts";
import { folded, foldedByLetter, normalText, withoutUnseen } from "../../src/domain/normal-text.ts";
import { cleanText } from "../../src/domain/words.ts";
import { escaped, harmless } from "../../src/slack/cards/text.ts";
import { share } from "../support/share.ts";

/** Letters, marks, emoji, figures and everything that hides, in any order. */
const strange = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."aAßẞİıςσΣǅŉᾳ\u0345éＳﬁ①²½…™ℹ️👩‍👩‍👧❤️1️⃣🏴󠁧󠁢󠁥󠁮󠁧󠁿".split(/(?:)/u),
        ..."\u00ad\u200b\u200d\u200e\u034f\ufe0f\u3164\uffa0\u115f\u2800\u00a0\u3000\ufeff\u0085",
        ..."\u0301\u0327\u0307\u20e3\u1ab0",
        ..."`*_~:’“”–‹!@ ",
        "👩‍👩‍👧",
        "1\ufe0f\u20e3",
      ),
      fc.string({ unit: "binary", minLength: 1, maxLength: 2 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("the one form of text", () => {
  it.each([
    ["Spr\u00ading", "Spring"],
    ["Spr\u200bing", "Spring"],
    ["Spr\u200eing", "Spring"],
    ["Spr\u034fing", "Spring"],
    ["Spr\u{e0041}ing", "Spring"],
    ["Spr\u3164ing", "Spring"],
    ["Spr\ufe0fing", "Spring"],
    ["Spr\ufeffing\u0000", "Spring"],
    ["Ｓpring　launch", "Spring launch"],
    ["Cafe\u00ad\u0301", "Café"],
    [" a\u00a0\u2800\u2003\n b\u0085", "a b"],
    ["\u00ad\u200b\u3164", ""],
    [`e${"\u0301".repeat(50)}`, "e\u0301\u0301\u0301\u0301".normalize("NFC")],
  ])("of %j is %j", (text, form) => {
    expect(normalText(text)).toBe(form);
  });

  it.each([
    "👩‍👩‍👧 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽 🇩🇪",
    "ℹ️ ⚠️ ▶️",
    "4² is not 42",
    "5½ %",
    "Loading…",
    "Ana’s “best” list",
  ])("keeps what says something: %s", (text) => {
    expect(normalText(text)).toBe(text);
  });

  it("is its own form, and is compared as what it came from", () => {
    fc.assert(
      fc.property(strange, (text) => {
        const form = normalText(text);
        expect(normalText(form)).toBe(form);
        expect(folded(form)).toBe(folded(text));
        expect(folded(folded(text))).toBe(folded(text));
        expect(foldedByLetter(form)).toBe(foldedByLetter(text));
      }),
      { numRuns: share(500, 3_000), examples: [["\u0130\u0307"]] },
    );
  });

  it("is the same for what is shown, typed and compared", () => {
    fc.assert(
      fc.property(strange, (name) => {
        const shown = harmless(name, 500);
        const onCard = escaped(name).mrkdwn.trim();
        for (const seen of [shown, onCard]) {
          const typed = folded(cleanText(seen));
          expect(typed).toBe(folded(name));
          if (!/[*?]/.test(typed)) expect(covers(typed, name)).toBe(true);
        }
      }),
      { numRuns: share(500, 3_000), examples: [["\u0130\u0307"]] },
    );
  });

  it("hides nothing from a pattern, wherever what nobody sees is put", () => {
    const unseen = fc.constantFrom(
      ..."\u00ad\u200b\u200c\u200e\u034f\u2060\ufe0f\u3164\u180e\u061c",
    );
    fc.assert(
      fc.property(fc.array(unseen, { maxLength: 30 }), (marks) => {
        const name = [..."Spring launch"]
          .map((letter, at) => `${marks[at] ?? ""}${letter}`)
          .join("");
        expect(covers("Spring*", name)).toBe(true);
        expect(covers(`${marks.join("")}spring launch`, name)).toBe(true);
      }),
    );
  });
});

describe("text as it is compared", () => {
  it.each([
    ["Straße", "STRASSE"],
    ["STRAẞE", "straße"],
    ["İNDİRİM", "indirim"],
    ["İ\u0327\u0307z", "i\u0327z"],
    ["\u0130\u0307", "i"],
    ["ΟΔΟΣ", "οδος"],
    ["ﬁnal", "FINAL"],
    ["Ana’s", "Ana's"],
    ["Q4–EU", "q4-eu"],
    ["❤️ Spring", "❤ spring"],
    ["∗Paused∗", "*paused*"],
  ])("takes %s and %s for the same", (one, other) => {
    expect(folded(one)).toBe(folded(other));
  });

  it.each([
    ["Sprinɡ", "Spring"],
    ["Sрring", "Spring"],
    ["Spring 1", "Spring l"],
  ])("does not take %s for %s, which only looks like it", (one, other) => {
    expect(folded(one)).not.toBe(folded(other));
  });

  it("lets a question mark stand for one letter, also for one that is two without case", () => {
    expect(covers("Gro?e*", "Große Aktion")).toBe(true);
    expect(covers("ΟΔΟΣ*", "ΟΔΟΣΑ")).toBe(true);
    expect(covers("gross*", "Große Aktion")).toBe(true);
  });
});

it("leaves lines and spaces alone where only what nobody sees has to go", () => {
  expect(withoutUnseen("  a\u00ad:\n\t- 👩‍👩‍👧\u200b")).toBe("  a:\n\t- 👩‍👩‍👧");
});
