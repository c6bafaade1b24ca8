import fc from "fast-check";

/** Names that have broken somebody's bot before. */
export const known = [
  "<!channel>",
  "<!here|here>",
  "<!subteam^S0ALL>",
  "<@U0ANA>",
  "<#C0SALES|x>",
  "<https://evil.example|Burki>",
  "<mailto:a@b.example>",
  "&lt;!channel&gt;",
  "&amp;lt;",
  "*bold* _it_ ~no~ `code` ```pre```",
  "\n> quoted\n```\nblock\n```",
  ":white_check_mark: Paused :+1:",
  "✅ Done",
  "\u202Etxet desrever\u202C",
  "\u2066isolated\u2069 \u200Ezero\u200Bwidth\uFEFF\u2060",
  "חורף 24 שלום",
  "مرحبا بالعالم",
  "👩‍👩‍👧‍👦👍🏽🏴󠁧󠁢󠁥󠁮󠁧󠁿🇩🇪",
  `e${"\u0301".repeat(5000)}`,
  "\u0000\u0007\u001B[31m",
  "\uD800 lone \uDFFF",
  "\r\n\t\u2028\u2029\u0085",
  "",
  "   ",
  '{"id":1}',
  "a".repeat(10_000),
  "<".repeat(10_000),
  "&".repeat(10_000),
  "👩‍👩‍👧‍👦".repeat(2_000),
  "<!date^1^{date}|x>".repeat(600),
];

/** Those, pieces of those glued together, and anything at all. */
export const hostile = fc.oneof(
  fc.constantFrom(...known),
  fc
    .array(fc.constantFrom(...known), { minLength: 2, maxLength: 5 })
    .map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
);
