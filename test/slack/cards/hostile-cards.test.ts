import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endStates, openStates } from "../../../src/domain/change.ts";
import {
  clickAnswer,
  connectedAnswer,
  notUnderstoodAnswer,
  receivedAnswer,
  refusalAnswer,
} from "../../../src/slack/cards/answers.ts";
import { campaignSuggestions } from "../../../src/slack/cards/campaign-suggestions.ts";
import { changeButtons } from "../../../src/slack/cards/change-buttons.ts";
import { changeCard, endNotice } from "../../../src/slack/cards/change-card.ts";
import { connectModal } from "../../../src/slack/cards/connect-modal.ts";
import { connectionsAnswer } from "../../../src/slack/cards/connections-answer.ts";
import { denyReasonModal } from "../../../src/slack/cards/deny-reason-modal.ts";
import { digestCard } from "../../../src/slack/cards/digest-card.ts";
import { doctorAnswer } from "../../../src/slack/cards/doctor-answer.ts";
import {
  chooserAnswer,
  noMatchAnswer,
  unknownConnectionAnswer,
} from "../../../src/slack/cards/find-answers.ts";
import { type HelpHere, helpAnswer } from "../../../src/slack/cards/help-answer.ts";
import { historyAnswer } from "../../../src/slack/cards/history-answer.ts";
import { listAnswer } from "../../../src/slack/cards/list-answer.ts";
import { sentenceModal } from "../../../src/slack/cards/modal-blocks.ts";
import { policyAnswer } from "../../../src/slack/cards/policy-answer.ts";
import { rightsLines } from "../../../src/slack/cards/rights-words.ts";
import { statusAnswer } from "../../../src/slack/cards/status-answer.ts";
import { messageFaults, modalFaults, valuesOf } from "../../support/block-kit.ts";
import { share } from "../../support/share.ts";
import { expectHarmless } from "./harmless.ts";
import { hostile } from "./hostile.ts";
import { aChange, anOutcome, aTarget, aVote, noon } from "./samples.ts";

/** A connection and approvers of these names, none of which is an id. */
function hostileHelp(name: string, other: string): HelpHere {
  const asks = {
    connections: [name, other],
    verdict: { kind: "approve", rule: name, steps: [], expiresAfterMs: 1 },
    whoCan: [],
  } as const;
  const steps = [{ from: [name, other], count: 2, self: false }];
  const refused = { kind: "deny", rule: name, sentence: other } as const;
  const answers = [
    { ...asks, verdict: { ...asks.verdict, steps } },
    { connections: [other], verdict: refused, whoCan: [name] },
  ];
  const by = { id: "U0ANA", kind: "member", admin: false, groups: [], zone: name } as const;
  const rights = rightsLines(by, [{ actions: ["pause"], answers }]);
  return { may: ["help"], rights, notes: [], whyNot: other };
}

/** Two texts a run: three hundred in each property of the whole. */
const runs = { numRuns: share(30, 150) };
const states = fc.constantFrom(...openStates, ...endStates);

describe("E36, E37: whatever people and platforms call things", () => {
  it("the card of a change stays valid and mentions nobody else", () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        states,
        fc.integer({ min: 1, max: 50 }),
        (name, reason, state, many) => {
          const campaign = { id: name.slice(0, 60), name };
          const target = anOutcome(state === "waiting" ? "queued" : "failed", {
            campaign,
            connection: reason,
            before: name,
            after: reason,
            sentence: `${name} ${reason}`,
            note: `${reason} ${name}`,
            ...(many % 2 && { watch: "watching" as const, watchFor: name, watchUntil: noon }),
            ...(many % 3 === 0 && {
              watch: "overtaken" as const,
              overtaken: { change: name, action: "resume" as const, by: reason },
            }),
          });
          const targets = Array.from({ length: many }, () => target);
          const votes = Array.from({ length: many }, () => aVote("U0BEN", { reason }));
          const change = aChange({ state, reason, targets, votes });
          const texts = { [target.id]: name };
          const card = changeCard(change, {
            cautions: texts,
            details: true,
            mentionAsker: true,
          });
          expect(messageFaults(card)).toEqual([]);
          expectHarmless(card);
          const buttons = changeButtons(change, { details: true }).length;
          expect(valuesOf(card.blocks, "value")).toEqual(Array(buttons).fill(change.id));
          for (const message of [
            endNotice(change),
            historyAnswer(Array(many).fill(change), name),
          ]) {
            expect(messageFaults(message)).toEqual([]);
            expectHarmless(message);
          }
        },
      ),
      runs,
    );
  });

  it("the digest stays valid and mentions nobody else", () => {
    fc.assert(
      fc.property(hostile, hostile, fc.integer({ min: 1, max: 20 }), (name, other, many) => {
        const campaign = { id: other, name };
        const target = aTarget({ campaign, connection: other });
        const list = <Item>(one: Item) => Array.from({ length: many }, () => one);
        const waiting = list(0).map((_, place) =>
          aChange({ id: `chg_${place}`, reason: other, targets: [target] }),
        );
        const digest = {
          at: noon,
          counts: list({
            name,
            vendor: "burki" as const,
            running: 1,
            paused: 2,
            failed: 3,
            other: 4,
          }),
          paused: list({ target, by: other, since: noon }),
          changed: list(aChange({ state: "done", targets: [target] })),
          waiting,
          owed: [],
          unreadable: list({ name, vendor: "burki" as const, sentence: other }),
        };
        const card = digestCard(digest, { date: other, zone: name });
        expect(messageFaults(card)).toEqual([]);
        expectHarmless(card);
      }),
      runs,
    );
  });

  it("every answer stays valid and mentions nobody else", () => {
    fc.assert(
      fc.property(hostile, hostile, fc.integer({ min: 0, max: 12 }), (name, other, many) => {
        const campaign = { id: other, name, phase: "unknown" as const, word: name, note: other };
        const ref = aTarget({ campaign: { id: other, name }, connection: name });
        const list = <Item>(one: Item) => Array.from({ length: many }, () => one);
        const answers = [
          receivedAnswer({ action: "pause", targets: [ref, ...list(ref)] }),
          notUnderstoodAnswer({
            kind: "not_understood",
            sentence: name,
            usage: list(other).slice(0, 11),
          }),
          refusalAnswer(name, other),
          clickAnswer(name, { alreadyBy: other, at: noon }),
          connectedAnswer({ name, vendor: "burki", campaigns: many }),
          noMatchAnswer({
            text: name,
            asId: many > 6,
            nearest: list(0).map((_, place) => ({ choiceId: `cho_${place}`, campaign: ref })),
            unread: list(other),
          }),
          receivedAnswer(
            { action: "pause", targets: [ref], note: name },
            list({ campaign: name, why: other }),
          ),
          unknownConnectionAnswer(name, list(other)),
          unknownConnectionAnswer(name, list(other), true),
          statusAnswer(
            list({ ref, campaign, progress: { done: many, note: name }, unreadable: other }),
            noon,
          ),
          listAnswer(list({ connection: name, vendor: "burki", campaigns: list(campaign) }), {
            connection: other,
          }),
          connectionsAnswer(
            list({
              name,
              vendor: "burki",
              hint: other,
              connectedAt: noon,
              connectedBy: name,
              broken: other,
            }),
            true,
          ),
          doctorAnswer(list({ what: name, channel: other, ok: many > 6, sentence: other })),
          helpAnswer(name, hostileHelp(name, other)),
          policyAnswer(`${name}\n${other}`),
          chooserAnswer({
            text: name,
            candidates: list(0).map((_, place) => ({
              choiceId: `cho_${place}`,
              campaign: ref,
              word: other,
            })),
            unread: list(other),
          }),
        ];
        for (const answer of answers) {
          expect(messageFaults(answer)).toEqual([]);
          expectHarmless(answer);
        }
      }),
      runs,
    );
  });

  it("every modal stays valid", () => {
    fc.assert(
      fc.property(hostile, hostile, (name, other) => {
        const field = { name: "key", label: name, hint: other, required: true, secret: true };
        const modals = [
          denyReasonModal("chg_1", name),
          sentenceModal(name, other),
          connectModal({ vendor: "burki", channel: "C1", fields: [field] }),
        ];
        for (const modal of modals) {
          expect(modalFaults(modal)).toEqual([]);
          expectHarmless(modal);
        }
        const campaign = aTarget({ campaign: { id: other, name }, connection: other });
        const { options } = campaignSuggestions([{ value: "con_1:42", campaign, word: name }]);
        expectHarmless(options);
        for (const text of valuesOf(options, "text")) expect(text.length).toBeLessThanOrEqual(75);
      }),
      runs,
    );
  });
});
