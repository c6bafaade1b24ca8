import type { Change } from "../../../src/domain/change.ts";
import { approvalCall } from "../../../src/slack/cards/approval-call.ts";
import {
  type ChangeCardContext,
  changeCard,
  endNotice,
} from "../../../src/slack/cards/change-card.ts";
import type { Message } from "../../../src/slack/cards/message.ts";
import { aChange, anOutcome, aTarget, aVote, minutesLater, targetAt } from "./samples.ts";

const both = [
  aVote("U0BEN"),
  aVote("U0CHI", { at: minutesLater(3), reason: "checked the price list" }),
];
const approved = { votes: both };
const allowed = { verdict: { kind: "allow", rule: "any full member may pause" } } as const;
const caution = {
  cautions: { "chg_7Q2.1": "Up to 10 calls already handed out may still be placed." },
};
const actsFirst = {
  verdict: {
    kind: "ratify",
    rule: "act first, answer for it after",
    from: ["admins", "S0LEADS"],
    withinMs: 43_200_000,
    otherwise: "keep",
  },
  ratifyBy: minutesLater(720),
  decidedAt: minutesLater(0),
} as const;
const three = [
  targetAt(1, "burki", { state: "done", after: "PAUSED", attempts: 1, checkedAt: minutesLater(4) }),
  targetAt(2, "woodpecker", { state: "already", after: "PAUSED", checkedAt: minutesLater(4) }),
  targetAt(3, "sarvam", {
    state: "failed",
    attempts: 1,
    sentence: "Not paused. Sarvam answered with an error (503) four times.",
    checkedAt: minutesLater(4),
  }),
];

function card(over: Partial<Change>, about: ChangeCardContext = {}): Message {
  return changeCard(aChange(over), about);
}

/** Every face a change can have, by name. */
export const everyCard: Record<string, Message> = {
  "waiting for the first of two": card({}, caution),
  "waiting for one more": card({ votes: [aVote("U0BEN")], until: minutesLater(120) }),
  "waiting, with a note about the campaign, and Details": card(
    {
      action: "resume",
      targets: [aTarget({ before: "PAUSED", note: "It has never run before." })],
    },
    { details: true },
  ),
  "waiting, with names, a stand-in, what is at stake and a campaign that moved": card(
    {
      votes: [aVote("U0BEN", { instead: "U0CHI", reason: "checked the price list" })],
      targets: [
        aTarget({
          reach: { queued: 142, at: minutesLater(1) },
          since: { word: "COMPLETED", at: minutesLater(2) },
        }),
      ],
    },
    {
      names: { S0MARKETING: "@marketing", U0ANA: "Ana Ferrer", U0CHI: "Chi Nguyen" },
      away: { U0CHI: minutesLater(2_700) },
      details: true,
    },
  ),
  "waiting, and others called": card({
    escalatedAt: minutesLater(60),
    verdict: {
      kind: "approve",
      rule: "one after the other",
      steps: [
        { from: ["S0MARKETING"], count: 1, self: false, chain: 0 },
        { from: ["admins"], count: 1, self: true, chain: 0 },
      ],
      expiresAfterMs: 14_400_000,
      onTimeout: { escalate: ["U0DEE"] },
    },
  }),
  "a copy for one person": card({}, { copy: true, details: true }),
  "a copy when somebody else has decided": card(
    { ...approved, state: "done", decidedAt: minutesLater(3), targets: [anOutcome("done")] },
    { copy: true, details: true },
  ),
  "waiting for somebody who is away": card(
    {},
    {
      standIns: [{ person: "U0BEN", standIn: "U0DEE", until: minutesLater(180) }],
      names: { U0BEN: "Ben Okafor", U0DEE: "Dee <Larsson>" },
    },
  ),
  "waiting to cancel": card({ action: "cancel" }),
  "waiting, three campaigns": card({
    targets: [targetAt(1, "burki"), targetAt(2, "woodpecker"), targetAt(3, "sarvam")],
  }),
  "waiting, two campaigns of which one tells what is at stake": card({
    targets: [
      targetAt(1, "burki", { reach: { queued: 219, inFlight: 0, at: minutesLater(1) } }),
      targetAt(2, "woodpecker"),
    ],
  }),
  "approved by three": card({
    state: "approved",
    votes: [...both, aVote("U0DEE")],
    verdict: {
      kind: "approve",
      rule: "three pairs of eyes",
      steps: [{ from: ["S0MARKETING", "admins"], count: 3, self: false }],
      expiresAfterMs: 14_400_000,
    },
  }),
  approved: card({ ...approved, state: "approved" }),
  "approved without anybody": card({ ...allowed, state: "approved" }),
  "running, trying": card({
    ...approved,
    state: "running",
    targets: [aTarget({ state: "trying" })],
  }),
  "running, reading back": card({
    ...approved,
    state: "running",
    targets: [aTarget({ state: "trying", attempts: 1 }), targetAt(2, "sarvam")],
  }),
  "running, unknown": card({
    ...approved,
    state: "running",
    targets: [aTarget({ state: "unknown", attempts: 1, checkedAt: minutesLater(4) })],
  }),
  done: card({
    ...approved,
    state: "done",
    until: minutesLater(120),
    targets: [anOutcome("done", { sentence: "Paused. Burki shows PAUSED." })],
  }),
  "done, without a sentence, with a caution and Undo": card(
    { ...allowed, state: "done", targets: [anOutcome("done")] },
    { ...caution, undo: true, mentionAsker: true },
  ),
  "done until later, with Undo, Extend and Details": card(
    { ...allowed, state: "done", until: minutesLater(120), targets: [anOutcome("done")] },
    { undo: true, extend: true, details: true },
  ),
  "done, and its end put off by a newer change": card(
    { ...allowed, state: "done", until: minutesLater(120), targets: [anOutcome("done")] },
    { extendedBy: "chg_8R3", details: true },
  ),
  "done already": card({
    ...allowed,
    state: "done",
    targets: [
      anOutcome("already", {
        attempts: 0,
        sentence: "It was paused already, so nothing was sent. Burki shows PAUSED.",
      }),
    ],
  }),
  "done, said so but not proven": card({
    ...allowed,
    state: "done",
    targets: [anOutcome("unknown")],
  }),
  "partly done": card({ ...approved, state: "partly", targets: three }),
  "partly done and partly not known": card({
    ...approved,
    state: "partly",
    targets: [...three, targetAt(4, "talkdesk", { state: "needs_attention", attempts: 2 })],
  }),
  "failed, refused": card({
    ...approved,
    state: "failed",
    targets: [
      anOutcome("refused", {
        after: "DRAFT",
        attempts: 0,
        sentence:
          "Burki shows this campaign as DRAFT. Nothing was sent. It has never been started.",
      }),
    ],
  }),
  failed: card({
    ...allowed,
    state: "failed",
    targets: [
      aTarget({
        state: "failed",
        attempts: 1,
        sentence:
          "Nothing was changed. Burki refused the key (401). An admin can reconnect it: /campaign connect burki.",
      }),
    ],
  }),
  "needs a look": card({
    ...approved,
    state: "needs_attention",
    targets: [anOutcome("needs_attention", { after: "RUNNING" })],
  }),
  denied: card({
    state: "denied",
    votes: [aVote("U0BEN", { kind: "deny", reason: "It ends tomorrow anyway." })],
  }),
  "denied without a reason": card({ state: "denied", votes: [aVote("U0BEN", { kind: "deny" })] }),
  expired: card({ state: "expired" }),
  withdrawn: card({ state: "withdrawn" }, { mentionAsker: true }),
  superseded: card({ state: "superseded", follows: "chg_6A1" }),
  "superseded by another account": card({
    ...approved,
    state: "superseded",
    targets: [
      aTarget({
        sentence:
          "The connection burki was changed after this was asked. Nothing was sent. Ask again.",
      }),
    ],
  }),
  "approved and not begun in time": card({
    ...approved,
    state: "expired",
    decidedAt: minutesLater(3),
    targets: [
      aTarget({
        sentence:
          "This could not be begun within 15 minutes after it was agreed to. Nothing was sent. Ask again if it is still wanted.",
      }),
    ],
  }),
  "done, and watched because its contacts are still loading": card({
    ...allowed,
    state: "done",
    targets: [
      anOutcome("done", {
        watch: "watching",
        watchFor: "the contacts are still loading",
        watchUntil: minutesLater(124),
        sentence: "Paused. Peachdesk AI shows PAUSED.",
      }),
    ],
  }),
  "already so, and watched": card({
    ...allowed,
    state: "done",
    targets: [
      anOutcome("already", {
        attempts: 0,
        watch: "watching",
        sentence: "It was paused already, so nothing was sent. Burki shows PAUSED.",
      }),
    ],
  }),
  "resumed, and watched": card({
    ...allowed,
    action: "resume",
    state: "done",
    targets: [
      anOutcome("done", {
        after: "RUNNING",
        watch: "watching",
        sentence: "Resumed. Burki shows RUNNING.",
      }),
    ],
  }),
  "done, and could not be confirmed": card({
    ...allowed,
    state: "done",
    targets: [
      anOutcome("done", {
        watch: "unconfirmed",
        sentence:
          "It could not be confirmed that it stayed paused: Burki does not know it any more (404). It was probably deleted there. Look in Burki.",
      }),
    ],
  }),
  "done, and overtaken": card({
    ...allowed,
    state: "done",
    targets: [
      anOutcome("done", {
        watch: "overtaken",
        overtaken: { change: "chg_9", action: "resume", by: "U0BEN" },
        sentence: "Resumed since by the change chg_9.",
      }),
    ],
  }),
  "done, and ended since": card({
    ...allowed,
    action: "resume",
    state: "done",
    targets: [
      anOutcome("done", {
        after: "COMPLETED",
        watch: "ended",
        sentence:
          "Burki accepted the resume. Burki shows COMPLETED. So it has ended: nothing was left to send.",
      }),
    ],
  }),
  "done, and each of its campaigns otherwise by now": card({
    ...allowed,
    state: "done",
    targets: [
      targetAt(1, "peachdesk", { state: "done", attempts: 1, after: "paused", watch: "settled" }),
      targetAt(2, "peachdesk", {
        ...{ state: "done", attempts: 1, after: "paused", watch: "overtaken" },
        overtaken: { change: "chg_9", action: "resume", by: "U0BEN" },
      }),
      targetAt(3, "peachdesk", { state: "done", attempts: 1, after: "completed", watch: "ended" }),
      targetAt(4, "peachdesk", { state: "already", after: "paused", watch: "unconfirmed" }),
    ],
  }),
  "done, and watched": card({
    ...allowed,
    state: "done",
    targets: [
      anOutcome("done", { watch: "watching", sentence: "Paused. Peachdesk AI shows paused." }),
    ],
  }),
  "done, and settled": card({
    ...allowed,
    state: "done",
    targets: [
      anOutcome("done", { watch: "settled", sentence: "Paused. Peachdesk AI shows paused." }),
    ],
  }),
  "done, and undone by its platform": card({
    ...allowed,
    state: "done",
    targets: [
      anOutcome("done", {
        watch: "changed",
        after: "running",
        sentence:
          "It did not stay paused: Peachdesk AI showed paused, and now shows running. Peachdesk AI may have undone it, or somebody changed it there.",
      }),
    ],
  }),
  "fifty campaigns": card({
    ...approved,
    state: "running",
    targets: Array.from({ length: 50 }, (_, place) =>
      targetAt(
        place + 1,
        "woodpecker",
        place < 30 ? { state: "done", after: "PAUSED", attempts: 1 } : {},
      ),
    ),
  }),
  "acted first, while it is being carried out": card({
    ...actsFirst,
    state: "running",
    targets: [aTarget({ state: "trying", attempts: 1 })],
  }),
  "an emergency stop, nobody has answered for it yet": card({
    ...actsFirst,
    stop: true,
    state: "partly",
    targets: three,
  }),
  "an emergency stop, verified and ratified": card({
    ...actsFirst,
    stop: true,
    state: "done",
    targets: three.slice(0, 2),
    ratified: { kind: "ratified", by: "U0BEN", at: minutesLater(300) },
  }),
  "acted first, reversed": card({
    ...actsFirst,
    state: "done",
    targets: [anOutcome("done")],
    ratified: { kind: "reversed", by: "U0BEN", at: minutesLater(300) },
  }),
  "acted first, and nobody answered": card({
    ...actsFirst,
    state: "done",
    targets: [anOutcome("done")],
    ratified: { kind: "kept", at: minutesLater(720) },
  }),
  "acted first, and lapsed": card({
    ...actsFirst,
    state: "done",
    targets: [anOutcome("done")],
    ratified: { kind: "reverted", at: minutesLater(720) },
  }),
  "a copy of what acted first, while it waits for an answer": card(
    { ...actsFirst, state: "done", targets: [anOutcome("done")] },
    { names: { S0LEADS: "@leads" }, copy: true, details: true },
  ),
  "a copy of what acted first, when somebody has answered": card(
    {
      ...actsFirst,
      state: "failed",
      targets: three.slice(2),
      ratified: { kind: "ratified", by: "U0BEN", at: minutesLater(300) },
    },
    { copy: true, details: true },
  ),
  "the call at the start": approvalCall(aChange(), {
    calling: "asked",
    called: ["S0MARKETING", "U0BEN"],
    now: minutesLater(0),
  }),
  "the call that reminds": approvalCall(aChange({ votes: both.slice(0, 1) }), {
    calling: "waiting",
    called: ["S0MARKETING"],
    now: minutesLater(100),
  }),
  "the call when others are asked too": approvalCall(aChange(), {
    calling: "escalated",
    called: ["U0DEE"],
    now: minutesLater(200),
  }),
  "the line in the thread at the end": endNotice({
    ...aChange(),
    ...allowed,
    state: "done",
    targets: [anOutcome("done")],
  }),
};
