import { describe, expect, it } from "vitest";
import type { ActionRule } from "../../src/domain/action-rule.ts";
import { type Action, actions, type Phase } from "../../src/domain/campaign.ts";
import type { LastAttempt } from "../../src/domain/change.ts";
import { hasCalled, mayHaveActed } from "../../src/domain/next-move.ts";
import {
  checkedWords,
  type Outcome,
  outcomeWords,
  sightOf,
} from "../../src/flows/outcome-words.ts";
import { type FailureFacts, type FailureKind, mayHaveLeft } from "../../src/vendors/failure.ts";
import { aCampaign, aTarget } from "../domain/builders.ts";

const rules: Record<Action, ActionRule> = {
  pause: { from: ["running"], reaches: ["paused"], pending: ["scheduled"] },
  resume: { from: ["paused"], reaches: ["running"], pending: ["scheduled"] },
  cancel: { from: ["running", "paused"], reaches: ["cancelled"], pending: ["scheduled"] },
};

const statuses: Partial<Record<FailureKind, number>> = {
  unauthorized: 401,
  payment: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  refused: 400,
  rate_limited: 429,
  redirected: 307,
};
const facts = (kind: FailureKind, status = statuses[kind]): FailureFacts => ({
  kind,
  vendor: "burki",
  ...(status !== undefined && { status }),
});

const turnedAway: FailureFacts[] = [
  ...(["unauthorized", "payment", "forbidden", "not_found", "conflict", "refused"] as const),
  ...(["rate_limited", "redirected", "bad_answer"] as const),
].map((kind) => facts(kind, statuses[kind] ?? 200));
const neverLeft = (["held_back", "blocked", "unavailable"] as const).map((kind) => facts(kind));

/** Everything that can be known of our calls: how many, what came of the last one, and why just now. */
interface Calls {
  name: string;
  attempts: number;
  lastAttempt?: LastAttempt;
  refusal?: FailureFacts;
}
const everyCall: Calls[] = [
  { name: "no call", attempts: 0 },
  ...([1, 2] as const).flatMap((attempts): Calls[] => [
    ...(["open", "accepted", "unclear", "refused", "unsent"] as const).map((lastAttempt) => ({
      name: `${attempts} calls, the last ${lastAttempt}`,
      attempts,
      lastAttempt,
    })),
    ...[...turnedAway, ...neverLeft].map(
      (refusal): Calls => ({
        name: `${attempts} calls, the last ${refusal.kind} just now`,
        attempts,
        lastAttempt: mayHaveLeft(refusal) ? "refused" : "unsent",
        refusal,
      }),
    ),
  ]),
];

const phases: Phase[] = [
  ...(["running", "paused", "scheduled", "completed", "draft", "cancelled", "unknown"] as const),
];
type Look = { name: string; sight: (action: Action) => Outcome["sight"] };
const everySight: Look[] = [
  { name: "nothing read", sight: () => ({ kind: "none" }) },
  ...phases.map((phase) => ({
    name: `a read of ${phase}`,
    sight: (action: Action) => sightOf(rules[action], aCampaign({ phase, word: `W-${phase}` })),
  })),
  { name: "an end", sight: () => ({ kind: "shows", word: "W-completed", as: "ended" }) },
  ...(["not_found", "unauthorized", "unavailable", "rate_limited", "held_back", "unclear"] as const)
    .concat()
    .map((kind) => ({
      name: `a read that was ${kind}`,
      sight: () => ({ kind: "unread" as const, facts: facts(kind) }),
    })),
  {
    name: "an account that cannot be opened",
    sight: () => ({ kind: "closed", why: "This connection has been removed." }),
  },
];

const pairs = actions.flatMap((action) =>
  everyCall.flatMap((call) => everySight.map((look) => ({ action, call, look }))),
);

function said({ action, call, look }: (typeof pairs)[number]): { outcome: Outcome; words: string } {
  const { name: _, refusal, ...known } = call;
  const target = aTarget(known);
  const outcome = { action, target, rule: rules[action], sight: look.sight(action), refusal };
  return { outcome, words: outcomeWords(outcome) };
}

/** What a text claims, so that no two of its claims can be at odds. */
function claims(words: string) {
  return {
    nothingSent: /nothing was sent/i.test(words),
    sent: /accepted the|refused (the|to)|turned .* away|We asked/.test(words),
    unknown: /We do not know yet|not known to be/.test(words),
    done: /^(Paused|Resumed|Cancelled)\./.test(words),
    already: /was \w+ already/.test(words),
    ended: /it has ended/.test(words),
    unchanged: /Nothing was changed/.test(words),
    somebody: /somebody|someone may|undid/i.test(words),
    knowsNone: /knows no such campaign/.test(words),
    shows: /\bshows\b/.test(words),
    wasNot: /was not (paused|resumed|cancelled)/.test(words),
  };
}

describe("the words of an outcome, for every pair of what was sent and what was read", () => {
  it("are there, whole, and one text each", () => {
    for (const pair of pairs) {
      const { words } = said(pair);
      expect(words, pair.call.name).toMatch(/^[A-Z“].*\.$/);
      expect(words).not.toMatch(/undefined|null|\s\s|\.\.|!/);
      const sentences = words.split(/(?<=\.) /);
      expect(new Set(sentences).size, words).toBe(sentences.length);
    }
  });

  it("never say that nothing was sent where a call has left, nor the other way round", () => {
    for (const pair of pairs) {
      const { outcome, words } = said(pair);
      const { nothingSent, sent } = claims(words);
      if (hasCalled(outcome.target)) expect(nothingSent, words).toBe(false);
      else expect([nothingSent, sent], words).toEqual([true, false]);
    }
  });

  it("claim one end, and no other beside it", () => {
    for (const pair of pairs) {
      const { words } = said(pair);
      const { unknown, done, already, ended, unchanged, nothingSent } = claims(words);
      const ends = [unknown, done, already, ended, unchanged || (nothingSent && !already)];
      const other = words.includes("That is not what was asked.");
      expect([...ends, other].filter(Boolean).length, words).toBe(1);
    }
  });

  it("do not know where a call may have acted and nothing shows that it has", () => {
    for (const pair of pairs) {
      const { outcome, words } = said(pair);
      if (!mayHaveActed(outcome.target)) continue;
      const as = outcome.sight.kind === "shows" ? outcome.sight.as : undefined;
      const { unknown, done, unchanged, wasNot } = claims(words);
      expect(unchanged || wasNot, words).toBe(false);
      expect(done, words).toBe(as === "target");
      if (as === undefined) expect(unknown, words).toBe(true);
    }
  });

  it("never blame anybody, and never name a campaign that is both gone and shown", () => {
    for (const pair of pairs) {
      const { words } = said(pair);
      const { somebody, knowsNone, shows } = claims(words);
      expect(somebody, words).toBe(false);
      const read = pair.look.name === "a read that was not_found";
      if (read) expect(knowsNone && shows, words).toBe(false);
    }
  });

  it("never advise to try again where the call may have acted", () => {
    for (const pair of pairs) {
      const { outcome, words } = said(pair);
      if (mayHaveActed(outcome.target)) expect(words).not.toMatch(/\btry again\b/i);
    }
  });

  it("say that it was refused where it was, and hold the vendor's own word where one was read", () => {
    for (const pair of pairs) {
      const { outcome, words } = said(pair);
      const { sight, target } = outcome;
      if (target.lastAttempt === "refused" && !mayHaveActed(target)) {
        expect(words).toMatch(/refused/);
      }
      if (sight.kind === "shows") expect(words).toContain(sight.word);
    }
  });
});

const words = (parts: Partial<Outcome>) =>
  outcomeWords({
    action: "pause",
    target: aTarget(),
    rule: rules.pause,
    sight: { kind: "none" },
    ...parts,
  });
const reads = (phase: Phase, word = phase.toUpperCase()) =>
  sightOf(rules.pause, aCampaign({ phase, word }));
const once = (lastAttempt: LastAttempt) => aTarget({ attempts: 1, lastAttempt });

describe("the words of an outcome", () => {
  it("say what was done, and what is true of every success", () => {
    const caution = "Calls already handed out may still be placed.";
    const rule = { ...rules.pause, caution };
    expect(words({ target: once("accepted"), sight: reads("paused"), rule })).toBe(
      "Paused. Burki shows PAUSED. Calls already handed out may still be placed.",
    );
  });

  it("call a stop a stop where that is the vendor's word", () => {
    const rule = { ...rules.cancel, label: "Stop (can be restarted)" };
    const sight = sightOf(rule, aCampaign({ phase: "cancelled", word: "STOPPED" }));
    expect(words({ action: "cancel", target: once("accepted"), rule, sight })).toBe(
      "Stopped. Burki shows STOPPED.",
    );
  });

  it("say that nothing was sent when it was so already", () => {
    expect(words({ sight: reads("paused") })).toBe(
      "It was paused already, so nothing was sent. Burki shows PAUSED.",
    );
  });

  it("do not call a scheduled campaign running", () => {
    const rule: ActionRule = { from: ["paused"], reaches: ["scheduled", "running"] };
    const sight = sightOf(rule, aCampaign({ phase: "scheduled", word: "scheduled" }));
    expect(words({ action: "resume", rule, sight })).toContain("scheduled already");
  });

  it.each<[string, Partial<Outcome>, string]>([
    [
      "a state in which it cannot be done",
      { sight: reads("completed") },
      "Burki shows this campaign as COMPLETED. Nothing was sent. Burki cannot pause a campaign in that state.",
    ],
    [
      "the vendor's own reason for that",
      { sight: reads("draft"), why: "It has never been started." },
      "Burki shows this campaign as DRAFT. Nothing was sent. It has never been started.",
    ],
    [
      "a state that was waited for",
      { sight: reads("scheduled"), waited: true },
      "Burki shows this campaign as SCHEDULED. Nothing was sent. Burki cannot pause a campaign in that state, and that did not change while we waited.",
    ],
    [
      "a call that was answered with 400",
      { target: once("refused"), refusal: facts("refused"), sight: reads("running") },
      "Burki refused to pause “Spring launch” as it is now (400). Burki still shows RUNNING. Nothing was changed. Check its state here or in Burki.",
    ],
    [
      "a call that was accepted and shows no sign",
      { target: once("accepted"), sight: reads("running") },
      "Burki accepted the pause. Burki still shows RUNNING. It is not known to be paused. Look at it in Burki, or check again.",
    ],
    [
      "a call that was accepted and did not stay, with the platform's own reason",
      { target: once("accepted"), sight: reads("draft"), cause: "Last log entry: it broke." },
      "Burki accepted the pause. Burki shows DRAFT. That is not what was asked. Nothing more was sent. Last log entry: it broke.",
    ],
    [
      "a resume of what had nothing left",
      {
        action: "resume",
        target: once("accepted"),
        sight: { kind: "shows", word: "completed", as: "ended" },
      },
      "Burki accepted the resume. Burki shows completed. So it has ended: nothing was left to send.",
    ],
    [
      "an unclear call, after which the campaign is gone",
      { target: once("unclear"), sight: { kind: "unread", facts: facts("not_found") } },
      "We asked Burki to pause it and got no clear answer. It could not be read after that: Burki knows no such campaign as “Spring launch” (404). We do not know yet whether “Spring launch” was paused. It may have been deleted. See what there is: /campaign list burki.",
    ],
    [
      "an accepted call, after which the platform is down",
      { target: once("accepted"), sight: { kind: "unread", facts: facts("unavailable", 503) } },
      "Burki accepted the pause. It could not be read after that: Burki has a fault of its own at the moment (503). We do not know yet whether “Spring launch” was paused. Check again in a few minutes.",
    ],
    [
      "an unclear call, after which the connection is gone",
      {
        target: once("unclear"),
        sight: { kind: "closed", why: "This connection has been removed." },
      },
      "We asked Burki to pause it and got no clear answer. This connection has been removed. We do not know yet whether “Spring launch” was paused.",
    ],
    [
      "a call that we held back ourselves",
      { target: once("unsent"), refusal: { ...facts("held_back"), retryAfterMs: 5_000 } },
      "Burki has not answered for a while, so we hold our calls back for 5 seconds. Nothing was sent. Try again in a few minutes.",
    ],
  ])("for %s", (_what, parts, expected) => {
    expect(words(parts)).toBe(expected);
  });

  it.each<[Phase, RegExp]>([
    ["paused", /shows W, so the pause has taken effect\.$/],
    ["running", /shows W, so the pause has not taken effect\.$/],
    ["unknown", /still not known whether/],
  ])("for what Check again finds: %s", (phase, expected) => {
    const sight = sightOf(rules.pause, aCampaign({ phase, word: "W" }));
    expect(checkedWords("pause", aTarget(), "W", sight)).toMatch(expected);
  });
});
