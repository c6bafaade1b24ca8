import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/domain/change.ts";
import { says } from "../../../src/slack/cards/message.ts";
import {
  actedFirstNotice,
  notReversedNotice,
  ratifyLines,
  unansweredNotice,
} from "../../../src/slack/cards/ratify-words.ts";
import { joined } from "../../../src/slack/cards/text.ts";
import { textOf } from "../../support/journey.ts";
import { aChange, anOutcome, minutesLater } from "./samples.ts";

const verdict = {
  kind: "ratify",
  rule: "act first",
  from: ["admins"],
  withinMs: 43_200_000,
  otherwise: "keep",
} as const;
const due = { ratifyBy: minutesLater(720) };
const acted = (over: Partial<Change> = {}) =>
  aChange({ state: "done", verdict, targets: [anOutcome("done")], ...due, ...over });
const notified = { verdict: { ...verdict, notify: ["U0DEE", "S0LEADS"] } };
const answered = (kind: "ratified" | "reversed" | "kept" | "reverted", by?: string) => ({
  ratified: { kind, at: minutesLater(300), ...(by !== undefined && { by }) },
});

const linesOf = (change: Change) => textOf(says(joined(ratifyLines(change), "\n")));

describe("the lines of a change that acted first", () => {
  it("ask somebody to answer for it, by when", () => {
    const line = linesOf(acted());
    expect(line).toContain("by <@U0ANA> at");
    expect(line).toContain("no approval asked. It has to be ratified or reversed before ");
    expect(line).toMatch(/before <!date.+> by an admin, not by the asker\./);
  });

  it("are none where a rule lets it be, and where it changed nothing", () => {
    expect(ratifyLines(aChange())).toEqual([]);
    expect(ratifyLines(acted({ state: "failed", targets: [anOutcome("failed")] }))).toEqual([]);
  });

  it.each([
    ["ratified", "U0BEN", /Ratified by <@U0BEN> at/],
    ["reversed", "U0BEN", /Reversed by <@U0BEN> at .+: what it paused is being resumed\./],
    ["kept", undefined, /Nobody ratified it by <!date.+ It is kept as it is\./],
    ["reverted", undefined, /Nobody ratified it by <!date.+so what it paused is being resumed\./],
  ] as const)("say what came of it: %s", (kind, by, words) => {
    expect(linesOf(acted(answered(kind, by)))).toMatch(words);
  });
});

describe("what is said in the thread of a change that acted first", () => {
  it("calls those whom its rule wants to know", () => {
    const words = textOf(actedFirstNotice(acted(notified)));
    expect(words).toContain(
      "<@U0DEE> <!subteam^S0LEADS> Pause “Spring launch” on Burki, by <@U0ANA>",
    );
  });

  it("calls them once more when nobody has answered, and the asker where it calls nobody", () => {
    const late = answered("kept");
    const called = textOf(unansweredNotice(acted({ ...notified, ...late })));
    expect(called).toContain("⚠️ <@U0DEE> <!subteam^S0LEADS>");
    expect(called).not.toContain("<@U0ANA>");
    expect(textOf(unansweredNotice(acted(late)))).toContain("⚠️ <@U0ANA>");
  });

  it("calls whoever reversed it, or the asker, when that led to nothing", () => {
    const why = "None of them stands paused.";
    const reversed = notReversedNotice(acted(answered("reversed", "U0BEN")), why);
    expect(textOf(reversed)).toContain("<@U0BEN>");
    expect(textOf(reversed)).toContain(`nothing was resumed. ${why}`);
    expect(textOf(notReversedNotice(acted(answered("reverted")), why))).toContain("<@U0ANA>");
  });
});
