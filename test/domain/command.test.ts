import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCommand } from "../../src/domain/command.ts";
import { usages } from "../../src/domain/usages.ts";
import { cleanText, splitWords } from "../../src/domain/words.ts";
import { minutesAfter, monday } from "./builders.ts";

const parse = (text: string) => parseCommand(text, { now: monday, zone: "Europe/Berlin" });

/** How many characters regular expressions that go on from a place look at, as far as these are found by it. */
function signsSearched(act: () => unknown): number {
  const { exec } = RegExp.prototype;
  let signs = 0;
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    const from = this.lastIndex;
    const found = exec.call(this, text);
    signs += this.global ? (found?.index ?? text.length) - from + 1 : 0;
    return found;
  };
  try {
    act();
  } finally {
    RegExp.prototype.exec = exec;
  }
  return signs;
}

const burki42 = { kind: "exact", connection: "burki", id: "42" };
const spring = { kind: "name", text: "Spring launch", quoted: false };

describe("parseCommand", () => {
  it("opens the form when nothing is typed", () => {
    expect(parse("  ")).toEqual({ kind: "open_modal" });
  });

  it("never throws, whatever is typed", () => {
    const word = fc.constantFrom(
      "pause",
      "resume",
      "for",
      "until",
      "because",
      "2h",
      ",",
      '"',
      "burki:",
      "18:00",
      "mon",
      ...[
        "`",
        "`burki:42`",
        "\n",
        ":ambulance:",
        ":x",
        "and",
        "till",
        "in 2 hours",
        "6/7/2026",
        "„",
        "「",
      ],
      ...[
        "<https://app.woodpecker.co/panel#/campaigns/1>",
        "https://x.example/campaigns/%",
        "-",
        "•",
        "utc",
      ],
    );
    const typed = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.oneof(word, fc.string()), { maxLength: 12 }).map((words) => words.join(" ")),
    );
    fc.assert(
      fc.property(typed, (text) => {
        expect(parse(text)).toHaveProperty("kind");
      }),
    );
  });
});

describe("a change", () => {
  it.each(["pause", "resume", "cancel"])("is asked for with %s", (action) => {
    expect(parse(`${action} burki:42`)).toEqual({ kind: "change", action, targets: [burki42] });
  });

  it("does not care about capitals", () => {
    expect(parse("PAUSE Burki:42 FOR 2H BECAUSE Wrong price")).toEqual({
      kind: "change",
      action: "pause",
      targets: [{ kind: "exact", connection: "Burki", id: "42" }],
      until: minutesAfter(120),
      reason: "Wrong price",
    });
  });

  it("takes a name of several words without quotation marks", () => {
    expect(parse("pause Spring launch for 2h because wrong price")).toMatchObject({
      targets: [spring],
      until: minutesAfter(120),
      reason: "wrong price",
    });
  });

  it("takes several targets of every kind", () => {
    const command = parse(
      "pause burki:42, 1881, “Hello, world”, INSUREIT-Re-31885c09-3493, Spring launch",
    );
    expect(command).toMatchObject({
      targets: [
        burki42,
        { kind: "id", id: "1881" },
        { kind: "name", text: "Hello, world", quoted: true },
        { kind: "id", id: "INSUREIT-Re-31885c09-3493" },
        spring,
      ],
    });
  });

  it("takes a quoted name behind a connection", () => {
    expect(parse('pause burki:"Spring launch"')).toMatchObject({
      targets: [{ kind: "exact", connection: "burki", id: "Spring launch" }],
    });
  });

  it("pays no attention to commas too many", () => {
    expect(parse("pause ,burki:42,,")).toMatchObject({ targets: [burki42] });
  });

  it("takes everything after because as the reason, as it was typed", () => {
    expect(parse("resume burki:42 because Ana, Ben said “go” for 2h")).toMatchObject({
      reason: "Ana, Ben said “go” for 2h",
    });
    expect(parse("resume burki:42 because “wrong price”")).toMatchObject({ reason: "wrong price" });
  });

  it("leaves because alone inside quotation marks", () => {
    expect(parse('pause "just because"')).toEqual({
      kind: "change",
      action: "pause",
      targets: [{ kind: "name", text: "just because", quoted: true }],
    });
  });
});

describe("the end of a pause", () => {
  it.each([
    ["for 90s", minutesAfter(1.5)],
    ["for 1d12h", minutesAfter(36 * 60)],
    ["until 18:00", new Date("2027-01-04T17:00:00Z")],
    ["until tomorrow 9:00", new Date("2027-01-05T08:00:00Z")],
    ["until Wed 09:00", new Date("2027-01-06T08:00:00Z")],
    ["until 2027-01-04T20:00Z", new Date("2027-01-04T20:00:00Z")],
    ["until 2027-01-04 20:00", new Date("2027-01-04T19:00:00Z")],
  ])("may be said as %s", (clause, until) => {
    expect(parse(`pause burki:42 ${clause} because x`)).toMatchObject({
      targets: [burki42],
      until,
    });
  });

  it.each(["Deals for kids", "Open until stocks last", "for"])(
    "is not looked for in the name %s",
    (name) => {
      expect(parse(`pause ${name}`)).toEqual({
        kind: "change",
        action: "pause",
        targets: [{ kind: "name", text: name, quoted: false }],
      });
    },
  );

  it.each([
    ["pause burki:42 for 2x", "“2x” is not a duration I can read."],
    ["pause Spring launch for 0h", "“0h” is not a duration I can read."],
    ["pause Spring launch for 91d", "90 days at most"],
    ['pause "Spring launch" for ages', "“ages” is not a duration I can read."],
    ["pause burki:42 until", "“” is not a time I can read."],
    ["pause Spring launch until 25:00", "“25:00” is not a time I can read."],
    ["pause Spring launch until 2020-01-01", "“2020-01-01” has already passed."],
    ["pause burki:42 for 2h until 18:00", "Say either for how long or until when, and only once."],
    [
      "resume burki:42 for 2h",
      "Only a pause can end by itself: resume takes no “for” and no “until”.",
    ],
    ["cancel burki:42 until 18:00", "Only a pause can end by itself"],
  ])("is questioned in words: %s", (text, sentence) => {
    expect(parse(text)).toMatchObject({
      kind: "not_understood",
      sentence: expect.stringContaining(sentence),
    });
  });
});

describe("a very long command", () => {
  it.each(['"x ', "`x ", "'x ", "「x ", "„x ", 'a:"x ', "«", '" '])(
    "is looked through once for each kind of quotation mark, however many it has: %s",
    (part) => {
      const text = cleanText(`pause ${part.repeat(16_000 / part.length - 6)}`);
      expect(signsSearched(() => splitWords(text))).toBeLessThan(text.length * 9);
    },
  );

  it.each(["for 2h ", "until mon ", '" ', "<@", 'a:"', ","])(
    "is read like any other: %s and again",
    (part) => {
      expect(parse(`pause a ${part.repeat(10_000)}`)).toHaveProperty("kind");
    },
  );
});

describe("a change that cannot be read", () => {
  it.each([
    ["pause", "Say which campaign to pause."],
    ["resume because it is time", "Say which campaign to resume."],
    ["pause for 2h", "Say which campaign to pause."],
    ["pause burki:42 because", "Say the reason after “because”"],
    [
      `pause burki:42 because ${"x".repeat(501)}`,
      "The reason has 501 characters; 500 is the most.",
    ],
    ["cancel burki:42, burki:43", "Cancelling is done one campaign at a time."],
    ["pause burki:42 burki:43", "Put a comma between campaigns"],
    [
      `pause ${Array.from({ length: 51 }, (_, at) => `burki:${at}`)}`,
      "These are 51 campaigns; 50 at once is the most.",
    ],
  ])("says so, and that nothing was changed: %s", (text, sentence) => {
    expect(parse(text)).toMatchObject({
      kind: "not_understood",
      sentence: expect.stringMatching(/Nothing was changed\.$/),
      usage: [expect.stringContaining("/campaign")],
    });
    expect(parse(text)).toHaveProperty("sentence", expect.stringContaining(sentence));
  });
});

describe("a word nobody knows", () => {
  it("brings the usage of the nearest one", () => {
    expect(parse("puase burki:42")).toEqual({
      kind: "not_understood",
      sentence: "“puase” is not a word I know. Did you mean pause? Nothing was changed.",
      usage: [usages.pause],
    });
  });

  it("is known from other tools", () => {
    expect(parse("stop burki:42")).toMatchObject({
      usage: [usages.stop, usages.pause, usages.cancel],
    });
  });

  it.each(["xyzzyplugh", "constructor", "__proto__"])(
    "brings all usages when nothing is near: %s",
    (word) => {
      expect(parse(word)).toMatchObject({
        kind: "not_understood",
        sentence: `“${word}” is not a word I know. These are the words I know. Nothing was changed.`,
        usage: Object.values(usages),
      });
    },
  );

  it("is cut when it is very long", () => {
    expect(parse("x".repeat(5000))).toHaveProperty(
      "sentence",
      expect.stringMatching(/^.{100,120}$/),
    );
  });
});

describe("a view", () => {
  it.each([
    ["status", { kind: "status", targets: [] }],
    ["status burki:42, Spring launch", { kind: "status", targets: [burki42, spring] }],
    ["history burki:42", { kind: "history", targets: [burki42] }],
    ["list", { kind: "list" }],
    ["list Burki", { kind: "list", connection: "Burki" }],
    ["list Paused", { kind: "list", phase: "paused" }],
    ["list sales-eu canceled", { kind: "list", connection: "sales-eu", phase: "cancelled" }],
    ["list running, sales-eu", { kind: "list", connection: "sales-eu", phase: "running" }],
    ["connect", { kind: "connect" }],
    ["connect Woodpecker", { kind: "connect", vendor: "woodpecker" }],
    ["connections", { kind: "connections" }],
    ["digest", { kind: "digest" }],
    ["policy", { kind: "policy" }],
    ["help", { kind: "help" }],
    ["HELP Pause", { kind: "help", topic: "pause" }],
  ])("%s", (text, command) => {
    expect(parse(text)).toEqual(command);
  });

  it.each([
    ["status burki:42 burki:43", "Put a comma between campaigns", usages.status],
    ["list burki talkdesk", "one connection and one state", usages.list],
    ["list paused running", "one connection and one state", usages.list],
    ["connect woodpeker", "Did you mean woodpecker?", usages.connect],
    [
      "connect mailchimp",
      "The vendors are peachdesk, burki, woodpecker, sarvam, talkdesk.",
      usages.connect,
    ],
  ])("that cannot be read says how: %s", (text, sentence, usage) => {
    expect(parse(text)).toEqual({
      kind: "not_understood",
      sentence: expect.stringContaining(sentence),
      usage: [usage],
    });
  });
});
