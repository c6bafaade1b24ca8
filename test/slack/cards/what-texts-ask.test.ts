import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emptyScope } from "../../../src/domain/stop-scope.ts";
import { withAge } from "../../../src/slack/cards/age-words.ts";
import { approvalCall } from "../../../src/slack/cards/approval-call.ts";
import { calledDirectlyNotice } from "../../../src/slack/cards/called-directly.ts";
import { changeCard, changedNotice, endNotice } from "../../../src/slack/cards/change-card.ts";
import { clauseQuestion } from "../../../src/slack/cards/clause-question.ts";
import { digestCard } from "../../../src/slack/cards/digest-card.ts";
import { chooserAnswer, noMatchAnswer } from "../../../src/slack/cards/find-answers.ts";
import { givenUpNotice } from "../../../src/slack/cards/given-up-notice.ts";
import { leftOutNotice } from "../../../src/slack/cards/left-out.ts";
import { lostNotice } from "../../../src/slack/cards/lost-words.ts";
import { fitted, type Message, says } from "../../../src/slack/cards/message.ts";
import { onboardingCard } from "../../../src/slack/cards/onboarding-card.ts";
import { pauseStaysNotice } from "../../../src/slack/cards/pause-end.ts";
import {
  actedFirstNotice,
  notReversedNotice,
  unansweredNotice,
} from "../../../src/slack/cards/ratify-words.ts";
import { detailsOf, redactedCard } from "../../../src/slack/cards/redacted-card.ts";
import { redactedDigest } from "../../../src/slack/cards/redacted-digest.ts";
import { nothingRunsAnswer, stopAnswer } from "../../../src/slack/cards/stop-answer.ts";
import { mrkdwn } from "../../../src/slack/cards/text.ts";
import { unshownAnswer } from "../../../src/slack/cards/unshown.ts";
import { mayDecideAnswer, movedAnswer } from "../../../src/slack/cards/whispers.ts";
import { everyAnswer } from "./every-answer.ts";
import { everyCard } from "./every-card.ts";
import { aChange, anOutcome, aTarget, minutesLater, noon } from "./samples.ts";

const verdict = {
  kind: "ratify",
  rule: "act first",
  from: ["admins"],
  withinMs: 43_200_000,
  otherwise: "keep",
} as const;
const owed = aChange({
  state: "done",
  verdict,
  targets: [anOutcome("done")],
  ratifyBy: minutesLater(720),
});
const waiting = aChange();
const done = aChange({ state: "done", targets: [anOutcome("done")] });
const failed = aChange({
  state: "failed",
  targets: [anOutcome("failed", { sentence: "Not paused." })],
});
const digest = {
  at: noon,
  counts: [],
  paused: [],
  changed: [],
  waiting: [waiting],
  owed: [owed],
  unreadable: [],
};
const day = { date: "2026-11-22", zone: "Europe/Berlin" };
const near = { choiceId: "cho_1", campaign: aTarget(), word: "RUNNING" };
const calling = { called: ["U0BEN"], now: noon };

/** Every way to build a message, with what its text has to say to its reader. `null`: it asks for nothing and tells of everything in its text. */
const asks: Record<string, readonly (readonly [Message, RegExp | null])[]> = {
  changeCard: [
    [changeCard(waiting), /has to approve or deny it/],
    [changeCard(waiting, { copy: true }), /You are asked to approve or deny it/],
    [changeCard(owed), /Somebody other than the asker has to ratify or reverse it by/],
    [changeCard(owed, { copy: true }), /done\. .+ You are asked to ratify or reverse it by/],
    [changeCard(failed), /Press Try again/],
    [changeCard(done), /^Pause .+: done\. [^.]+\.$/],
  ],
  endNotice: [
    [endNotice(done), /done\. [^.]+\.$/],
    [endNotice(owed), /has to ratify or reverse it/],
    [endNotice(failed), /Press Try again/],
    [endNotice(aChange({ state: "needs_attention" })), /Press Check again/],
    [endNotice(aChange({ state: "expired" })), /Press Ask again/],
  ],
  changedNotice: [[changedNotice(done, aTarget({ watch: "unconfirmed" })), /Press Check again/]],
  redactedCard: [
    [redactedCard(waiting), /approve or deny/],
    [redactedCard(owed), /ratify or reverse/],
  ],
  detailsOf: [[detailsOf(waiting), /approve or deny/]],
  approvalCall: [
    [approvalCall(waiting, { calling: "asked", ...calling }), /Press Approve or Deny/],
    [
      approvalCall(waiting, { calling: "escalated", ...calling }),
      /you are asked now.+Press Approve or Deny/,
    ],
  ],
  actedFirstNotice: [[actedFirstNotice(owed), /has to be ratified or reversed/]],
  unansweredNotice: [[unansweredNotice({ ...owed, ratified: { kind: "kept", at: noon } }), null]],
  notReversedNotice: [[notReversedNotice(owed, "Nothing was."), null]],
  movedAnswer: [
    [
      movedAnswer("chg_1", [{ target: aTarget(), word: "PAUSED", at: noon }]),
      /Press Approve anyway or Deny/,
    ],
  ],
  mayDecideAnswer: [
    [mayDecideAnswer(waiting, mrkdwn`you are an admin`, {}), /Press Approve or Deny/],
  ],
  calledDirectlyNotice: [
    [calledDirectlyNotice([]), /Ask again in a channel/],
    [calledDirectlyNotice(["U0BEN"]), null],
  ],
  clauseQuestion: [
    [
      clauseQuestion({ action: "pause", clause: "in burki", limit: "cho_1", reason: "cho_2" }),
      /Is it a limit of the pause, or part of the reason\?/,
    ],
  ],
  chooserAnswer: [
    [chooserAnswer({ text: "spring", action: "pause", candidates: [near, near] }), /Which one\?/],
    [chooserAnswer({ text: "spring", candidates: [near], unread: ["burki"] }), /Is this the one\?/],
  ],
  noMatchAnswer: [
    [
      noMatchAnswer({ text: "x", action: "pause", nearest: [near] }),
      /Press the nearest name that you mean/,
    ],
    [noMatchAnswer({ text: "x", nearest: [] }), null],
  ],
  digestCard: [
    [
      digestCard(digest, day),
      /1 change waiting for approval\. 1 change .+ to be ratified or reversed/,
    ],
  ],
  redactedDigest: [
    [redactedDigest(digest, day), /waiting for approval\. .+ to be ratified or reversed/],
  ],
  stopAnswer: [[stopAnswer({ ...waiting, stop: true }), /It waits for approval/]],
  nothingRunsAnswer: [[nothingRunsAnswer(emptyScope), null]],
  leftOutNotice: [
    [leftOutNotice({ ...emptyScope, taken: ["burki:1"] }), /Look at the cards of those/],
    [leftOutNotice({ ...emptyScope, beyond: 2 }), /Type the command again for those/],
  ],
  lostNotice: [[lostNotice([{ campaign: "burki:43", why: "It is gone." }]), null]],
  pauseStaysNotice: [[pauseStaysNotice(done, "Resume it yourself."), /Resume it yourself/]],
  givenUpNotice: [[givenUpNotice(done, "It failed."), /The log of this time says why/]],
  unshownAnswer: [[unshownAnswer(done, "card"), /`\/campaign history` says how it stands/]],
  onboardingCard: [[onboardingCard(), /Three steps are next:\n.*Connect a platform/]],
  withAge: [
    [
      withAge(changeCard(waiting), { askedAt: noon, slackAway: true }, minutesLater(30)),
      /You asked this 30 minutes ago[\s\S]*approve or deny/,
    ],
  ],
  says: [[says(mrkdwn`Hello.`), null]],
  fitted: [[fitted(mrkdwn`Hello.`, []), /Hello\./]],
};

/** Answers that only the asker sees are what they were asked for, and their texts are looked at in `answers.test.ts`. */
const onlyAnswers = [
  ...["receivedAnswer", "notUnderstoodAnswer", "refusalAnswer", "clickAnswer", "notYoursAnswer"],
  ...[
    "noConnectionAnswer",
    "connectedAnswer",
    "digestSetAnswer",
    "policySavedAnswer",
    "awayAnswer",
  ],
  ...["standInNotice", "whoIsAwayAnswer", "backAnswer", "notAwayAnswer", "closedChannelNotice"],
  ...[
    "connectionsAnswer",
    "lookingAnswer",
    "doctorAnswer",
    "unknownConnectionAnswer",
    "helpAnswer",
  ],
  ...["historyAnswer", "listAnswer", "policyAnswer", "statusAnswer"],
];

/** What a button asks for has to be in the words too, for whoever hears only these. */
const said: Record<string, RegExp> = {
  Approve: /approv/i,
  "Approve anyway": /Approve anyway/,
  Ratify: /ratif/i,
  "Check again": /Check again|approv|ratif/,
  "Try again": /Try again|Check again|approv|ratif/,
  "Ask again": /Ask again/,
  "As a limit": /limit/,
};

const all = [
  ...Object.entries(everyCard),
  ...Object.entries(everyAnswer),
  ...Object.entries(asks).flatMap(([name, rows]) =>
    rows.map(([message], place): [string, Message] => [`${name} ${place + 1}`, message]),
  ),
];

const rows = Object.entries(asks).flatMap(([name, table]) =>
  table.map(([message, words], place) => ({ name, place, message, words })),
);

describe("the text of a message", () => {
  it.each(rows)("says what is asked of its reader: $name, $place", ({ message, words }) => {
    if (words) expect(message.text).toMatch(words);
    else
      expect(JSON.stringify(message.blocks[0])).toContain(
        JSON.stringify(message.text).slice(1, -1),
      );
  });

  it.each(all)("names what the buttons beside it ask for: %s", (_, { text, blocks }) => {
    for (const label of labelsOf(blocks)) expect(text).toMatch(said[label] ?? /./);
  });

  it("is looked at here for every function that makes one", () => {
    expect([...Object.keys(asks), ...onlyAnswers].sort()).toEqual(
      buildersIn("src/slack/cards").sort(),
    );
    // It picks the card of a channel, of an outsider's channel, or of one person.
    expect(buildersIn("src/slack/deliver")).toEqual(["cardFor"]);
  });

  it("tells a letter that asks somebody to ratify from the news of a finished pause", () => {
    expect(changeCard(owed, { copy: true }).text).not.toBe(changeCard(done).text);
    expect(endNotice(owed).text).not.toBe(endNotice(done).text);
  });
});

function labelsOf(blocks: Message["blocks"]): string[] {
  const buttons = JSON.stringify(blocks).matchAll(
    /"type":"button","text":\{"type":"plain_text","text":"([^"]+)"/g,
  );
  return [...buttons].map(([, label = ""]) => label);
}

/** Exported functions whose result is a message, by name. */
function buildersIn(folder: string): string[] {
  return readdirSync(folder).flatMap((file) => {
    const exported = readFileSync(`${folder}/${file}`, "utf8").split(/^export /m);
    return exported.flatMap((source) => {
      const [, name] = /^(?:async )?function (\w+)/.exec(source) ?? [];
      const [, result = ""] = /\): ([\w<>| ]+) \{\n/.exec(source) ?? [];
      return name !== undefined && /^(?:Promise<)?Message\b/.test(result) ? [name] : [];
    });
  });
}
