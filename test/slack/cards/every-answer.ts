import { parseCommand } from "../../../src/domain/command.ts";
import type { Person } from "../../../src/domain/person.ts";
import { builtInPolicy, type Policy, rule } from "../../../src/domain/policy.ts";
import { subcommands } from "../../../src/domain/usages.ts";
import { type Account, whatYouMay } from "../../../src/domain/what-you-may.ts";
import {
  clickAnswer,
  connectedAnswer,
  digestSetAnswer,
  noConnectionAnswer,
  notUnderstoodAnswer,
  notYoursAnswer,
  policySavedAnswer,
  receivedAnswer,
  refusalAnswer,
} from "../../../src/slack/cards/answers.ts";
import {
  awayAnswer,
  backAnswer,
  notAwayAnswer,
  standInNotice,
  whoIsAwayAnswer,
} from "../../../src/slack/cards/away-answers.ts";
import { closedChannelNotice } from "../../../src/slack/cards/closed-channel-notice.ts";
import { connectionsAnswer } from "../../../src/slack/cards/connections-answer.ts";
import { doctorAnswer, lookingAnswer } from "../../../src/slack/cards/doctor-answer.ts";
import {
  chooserAnswer,
  noMatchAnswer,
  unknownConnectionAnswer,
} from "../../../src/slack/cards/find-answers.ts";
import { type HelpHere, helpAnswer } from "../../../src/slack/cards/help-answer.ts";
import { historyAnswer } from "../../../src/slack/cards/history-answer.ts";
import { listAnswer } from "../../../src/slack/cards/list-answer.ts";
import type { Message } from "../../../src/slack/cards/message.ts";
import { placeNotes } from "../../../src/slack/cards/place-notes.ts";
import { policyAnswer } from "../../../src/slack/cards/policy-answer.ts";
import { rightsLines } from "../../../src/slack/cards/rights-words.ts";
import { statusAnswer } from "../../../src/slack/cards/status-answer.ts";
import { aChange, anOutcome, aTarget, minutesLater, noon, targetAt } from "./samples.ts";

const typo = parseCommand("paus burki:42", { now: noon, zone: "UTC" });
const running = { id: "42", name: "Spring launch", phase: "running", word: "RUNNING" } as const;
const draft = {
  id: "43",
  name: "Winback",
  phase: "draft",
  word: "DRAFT",
  note: "It has never run.",
} as const;

const ana: Person = { id: "U0ANA", kind: "member", admin: false, groups: [], zone: "UTC" };
const accounts: Account[] = [
  { connectionId: "con_1", connection: "burki", vendor: "burki", cannot: [] },
  { connectionId: "con_2", connection: "calls", vendor: "talkdesk", cannot: ["cancel"] },
];
/** At once and answered for after, in steps, not at all, and by the connection. */
const manyKinds: Policy = {
  version: 1,
  rules: [
    rule("a", { action: ["stop"] }, { ratify: { from: ["admins", "S0LEADS"] } }),
    rule("b", { action: ["pause"], connection: ["calls"] }, "deny"),
    rule("c", { action: ["pause"] }, "allow"),
    rule(
      "d",
      { action: ["resume"] },
      {
        approve: [{ from: ["S0MARKETING"], count: 2, self: true }, { from: ["admins", "U0BEN"] }],
      },
    ),
    rule("e", { action: ["cancel"], requester: ["S0LEADS", "U0BEN"] }, "allow"),
  ],
};

const names = { S0MARKETING: "@marketing", S0LEADS: "@leads", U0BEN: "Ben Okafor" };

function helpFor(person: Person, policy = builtInPolicy): HelpHere {
  const rights = rightsLines(person, whatYouMay(policy, person, accounts, noon), names);
  return { may: subcommands, rights, notes: [] };
}

const benIsAway = { person: "U0BEN", standIn: "U0DEE", until: minutesLater(180) };

/** Every answer that only its asker sees, by name. */
export const everyAnswer: Record<string, Message> = {
  "a channel is archived": closedChannelNotice("C0APPROVALS", "is_archived"),
  "a channel without us": closedChannelNotice("C0APPROVALS", "not_in_channel"),
  "a channel where only some may post": closedChannelNotice("C0APPROVALS", "restricted_action"),
  "on record": receivedAnswer({
    action: "pause",
    targets: [aTarget()],
    until: minutesLater(120),
  }),
  "not understood": notUnderstoodAnswer(
    typo.kind === "not_understood" ? typo : { kind: "not_understood", sentence: "", usage: [] },
  ),
  refused: refusalAnswer(
    "Burki cannot cancel a campaign. Nothing was changed.",
    "Pause it instead: /campaign pause burki:42",
  ),
  "pressed too late": clickAnswer("This is already approved. Nothing more to do.", {
    alreadyBy: "U0BEN",
    at: minutesLater(2),
  }),
  "pressed without the right": notYoursAnswer(
    "The policy asks other people to decide this. Your press was not counted.",
    { deed: "decide", from: ["S0MARKETING", "U0DEE", "admins"] },
    ana,
    { S0MARKETING: "@marketing", U0DEE: "Dee <Larsson>" },
  ),
  "pressed where nobody can": notYoursAnswer(
    "The policy has changed since this was asked.",
    { deed: "decide", from: [] },
    ana,
  ),
  "asked without the right, among many others": notYoursAnswer(
    "No rule of the policy lets you pause “Spring launch”. Nothing was changed.",
    { deed: "ask", from: ["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8"] },
    ana,
  ),
  "nothing connected, for an admin": noConnectionAnswer(true),
  "nothing connected, for a member": noConnectionAnswer(false),
  connected: connectedAnswer({ name: "sales-eu", vendor: "woodpecker", campaigns: 12 }),
  "digest on": digestSetAnswer({
    on: true,
    channel: "C0SALES",
    time: "09:00",
    zone: "Europe/Berlin",
  }),
  "digest off": digestSetAnswer({ on: false }),
  "policy saved": policySavedAnswer(4),
  "which one": chooserAnswer({
    text: "spring",
    action: "pause",
    candidates: [
      { choiceId: "cho_1", campaign: aTarget(), word: "RUNNING" },
      { choiceId: "cho_2", campaign: targetAt(2, "talkdesk"), word: "ACTIVE" },
    ],
  }),
  "no match": noMatchAnswer({
    text: "sprnig",
    action: "pause",
    nearest: [
      { choiceId: "cho_1", campaign: aTarget() },
      { choiceId: "cho_2", campaign: targetAt(2, "sarvam") },
    ],
    unread: ["talkdesk"],
  }),
  "no such id": noMatchAnswer({ text: "99", asId: true, nearest: [{ campaign: aTarget() }] }),
  "one, and perhaps more": chooserAnswer({
    text: "webinar",
    action: "resume",
    candidates: [{ choiceId: "cho_1", campaign: aTarget(), word: "paused" }],
    unread: ["talkdesk"],
  }),
  "a change that leaves campaigns out": receivedAnswer(aChange(), [
    { campaign: "burki:43", why: "The connection burki has been removed." },
  ]),
  "no match and nothing near": noMatchAnswer({ text: "zzz", nearest: [] }),
  "no such connection": unknownConnectionAnswer("burky", ["burki", "sales-eu"]),
  status: statusAnswer(
    [
      {
        ref: aTarget(),
        campaign: running,
        progress: {
          done: 1200,
          total: 4000,
          failed: 3,
          inFlight: 10,
          note: "counted every minute",
        },
      },
      { ref: targetAt(3, "burki"), campaign: draft },
      { ref: targetAt(4, "talkdesk"), unreadable: "Talkdesk did not answer within 15 seconds." },
    ],
    minutesLater(4),
  ),
  "status of nothing": statusAnswer([], noon),
  list: listAnswer([
    { connection: "burki", vendor: "burki", campaigns: [running, draft] },
    { connection: "sales-eu", vendor: "woodpecker", campaigns: [] },
    {
      connection: "calls",
      vendor: "talkdesk",
      campaigns: [],
      unreadable: "Talkdesk refused the key.",
    },
  ]),
  "list, narrowed": listAnswer([{ connection: "burki", vendor: "burki", campaigns: [running] }], {
    connection: "burki",
    phase: "running",
  }),
  connections: connectionsAnswer(
    [
      {
        name: "burki",
        vendor: "burki",
        hint: "9f3a",
        connectedAt: noon,
        connectedBy: "U0ADA",
        campaigns: 4,
      },
      {
        name: "calls",
        vendor: "talkdesk",
        hint: "77c1",
        connectedAt: noon,
        connectedBy: "the command line",
        broken: "Talkdesk refused the key. Connect it again to replace the key.",
      },
    ],
    true,
  ),
  "no connections": connectionsAnswer([]),
  "a look is taken": lookingAnswer(),
  "all is well": doctorAnswer([
    { what: "policy", ok: true, sentence: "Version 3 holds." },
    { what: "Slack", ok: true, sentence: "Slack answers and takes the token." },
  ]),
  "not all is well": doctorAnswer([
    { what: "policy", ok: true, sentence: "The built-in one holds." },
    {
      what: "policy channel",
      channel: "C0APPROVALS",
      ok: false,
      sentence:
        "It is archived. Cards go to where they were asked for, or else to the asker. Unarchive it, or name another channel in the policy.",
    },
    {
      what: "connection sales-eu",
      ok: false,
      sentence:
        "Woodpecker does not accept our key any more (401). Nothing was changed. An admin can reconnect it: /campaign connect woodpecker.",
    },
  ]),
  history: historyAnswer(
    [
      aChange({ state: "done", targets: [anOutcome("done")] }),
      aChange({ id: "chg_6A1", state: "expired", action: "resume" }),
    ],
    "burki:42",
  ),
  "history of nothing": historyAnswer([]),
  away: awayAnswer(benIsAway, { told: true }),
  "away, where the stand-in is away and was not told": awayAnswer(benIsAway, {
    standInUntil: minutesLater(60),
    told: false,
  }),
  "somebody's stand-in": standInNotice(benIsAway),
  "who is away": whoIsAwayAnswer([
    benIsAway,
    { person: "U0CHI", standIn: "U0ANA", until: minutesLater(60) },
  ]),
  "nobody is away": whoIsAwayAnswer([]),
  back: backAnswer(benIsAway, true),
  "back, said by an admin": backAnswer(benIsAway, false),
  "not away": notAwayAnswer(),
  "somebody else is not away": notAwayAnswer("U0BEN"),
  help: helpAnswer(undefined, helpFor(ana)),
  "help for an admin, where others read along": helpAnswer(undefined, {
    ...helpFor({ ...ana, admin: true }),
    notes: placeNotes({ elsewhere: "C0SALES", external: true, special: true, connected: true }),
  }),
  "help for a guest": helpAnswer(undefined, {
    ...helpFor({ ...ana, kind: "guest" }),
    may: ["help"],
  }),
  "help for an outsider": helpAnswer(undefined, {
    ...helpFor({ ...ana, kind: "stranger" }),
    may: ["help"],
  }),
  "help under a policy of many kinds": helpAnswer(undefined, helpFor(ana, manyKinds)),
  "help about pause": helpAnswer("pause", helpFor(ana)),
  "help about what only admins may": helpAnswer("digest", {
    ...helpFor(ana),
    rights: [],
    whyNot: "Only admins may do this.",
  }),
  "help where nothing is connected": helpAnswer(undefined, {
    ...helpFor(ana),
    rights: [],
    notes: placeNotes({ external: false, special: false, connected: false }),
  }),
  "help about nothing known": helpAnswer("teapots", helpFor(ana)),
  policy: policyAnswer('version: 1\nrules:\n  - name: "<any> `pause`"\n    then: allow\n', true),
};
