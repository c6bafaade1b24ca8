import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clip,
  clipMrkdwn,
  code,
  escaped,
  harmless,
  mrkdwn,
  preformatted,
} from "../../../src/slack/cards/text.ts";
import { nameOf, when, who } from "../../../src/slack/cards/words.ts";
import { hostile } from "./hostile.ts";

describe("text from outside", () => {
  it("is escaped when it is put into a template, and what stands there is not", () => {
    expect(mrkdwn`*${"a <!channel> & b"}*`.mrkdwn).toBe("*a &lt;!channel&gt; &amp; b*");
  });

  it("is escaped once, also in a template inside a template", () => {
    const inner = mrkdwn`“${"a & b"}”`;
    expect(mrkdwn`${inner}!`.mrkdwn).toBe("“a &amp; b”!");
  });

  it.each([
    ["*Paused*", "∗Paused∗"],
    ["_Paused_ q3_renewals_eu", "ˍPausedˍ q3_renewals_eu"],
    ["`PAUSED`", "'PAUSED'"],
    [":white_check_mark: 14:04:05", "∶white_check_mark∶ 14:04:05"],
  ])("cannot format, nor draw a check mark: %s", (typed, shown) => {
    expect(escaped(typed).mrkdwn).toBe(shown);
  });

  it("E37: keeps emoji whole, and loses what reverses or hides text", () => {
    expect(escaped("👩‍👩‍👧 \u202Eevil\u202C z\u200Bero").mrkdwn).toBe("👩‍👩‍👧 evil zero");
  });

  it("becomes one line", () => {
    expect(escaped("one\r\n\ttwo\u2028three").mrkdwn).toBe("one two three");
  });

  it("is composed, so that equal names look and count alike", () => {
    expect(escaped("Cafe\u0301").mrkdwn).toBe("Café");
  });

  it("E36: cannot look like Slack's own syntax even where Slack does not parse", () => {
    expect(harmless("<!channel> 3 < 4 <https://x.example>", 99)).toBe(
      "‹!channel> 3 < 4 ‹https://x.example>",
    );
  });

  it("cannot end a code span or a code block", () => {
    expect(code("a`b<").mrkdwn).toBe("`a'b&lt;`");
    expect(preformatted(["```", "<!here>"]).mrkdwn).toBe("```\n'''\n&lt;!here&gt;\n```");
  });
});

describe("cutting", () => {
  it("E37: cuts between graphemes and says that something is missing", () => {
    expect(clip("👍🏽👍🏽👍🏽", 10)).toBe("👍🏽👍🏽…");
    expect(clip("short", 10)).toBe("short");
  });

  it("breaks neither an escape nor a mention nor a date", () => {
    const text = mrkdwn`${"&&&&"} ${who("S0MARKETING")} ${when(new Date(0))}`.mrkdwn;
    for (let limit = 1; limit <= text.length; limit += 1) {
      const cut = clipMrkdwn(text, limit);
      expect(cut.length).toBeLessThanOrEqual(limit);
      expect(cut.replace(/&amp;|<[^<>]+>/g, "")).not.toMatch(/[&<>]/);
    }
  });

  it("never exceeds its limit, whatever the text", () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 400 }), (text, limit) => {
        expect(harmless(text, limit).length).toBeLessThanOrEqual(limit);
        expect(clipMrkdwn(escaped(text).mrkdwn, limit).length).toBeLessThanOrEqual(limit);
        expect(harmless(text, limit).isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("words for what is not plain text", () => {
  it("names groups, admins and members, and lets nothing else through as a mention", () => {
    expect(["S0A", "U0A", "admins", "members"].map((id) => who(id).mrkdwn)).toEqual([
      "<!subteam^S0A>",
      "<@U0A>",
      "an admin",
      "any member",
    ]);
    expect(who("S1>  <!channel").mrkdwn).toBe("S1&gt; &lt;!channel");
  });

  it("calls a campaign by its id when it has no name", () => {
    expect(nameOf({ id: "42", name: " \u200B " })).toBe("campaign 42");
    expect(nameOf({ id: "42", name: "42" })).toBe("campaign 42");
  });

  it("bears a date that is none", () => {
    expect(when(new Date(Number.NaN)).mrkdwn).toBe("an unknown time");
  });
});
