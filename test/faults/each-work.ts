import type { Fault, PretendMessage, PretendWorkspace } from "../../sandbox/slack/types.ts";
import type { Change } from "../../src/domain/change.ts";
import { type Policy, rule } from "../../src/domain/policy.ts";
import { connectVendor } from "../../src/flows/connect-vendor.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { actionIds } from "../../src/slack/cards/ids.ts";
import { listChanges } from "../../src/store/changes.ts";
import { digestsIn, setsDigest } from "../support/digest.ts";
import { installIn } from "../support/install.ts";
import {
  type Cast,
  type Journey,
  labelsOn,
  outreach,
  settled,
  startJourney,
  textOf,
} from "../support/journey.ts";

const minute = 60_000;
const members = ["members"];
const admins = ["admins"];
const dee = "U0DEE00004";
const ben = "U0BEN00002";
const taken = (word: string, within: string, otherwise: "revert" | "keep") =>
  rule(
    `${word} acts first`,
    { action: ["pause"], campaign: [`${word}*`] },
    { ratify: { from: members, within, otherwise } },
  );
const asks = { action: ["resume", "cancel"] as const, requester: members };
const policy: Policy = {
  version: 1,
  admins: [dee],
  rules: [
    taken("Lapsing", "10m", "revert"),
    taken("Answered", "4h", "keep"),
    rule("members may pause", { action: ["pause"], requester: members }, "allow"),
    rule("admins may stop", { action: ["stop"], requester: admins }, "allow"),
    rule(
      "soon",
      { ...asks, action: [...asks.action], campaign: ["Expire*"] },
      { approve: { from: [ben] }, expires: "10m" },
    ),
    rule(
      "reminded",
      { ...asks, action: [...asks.action], campaign: ["Remind*"] },
      { approve: { from: [ben] }, expires: "8h", remind: ["10m"], notify: [ben] },
    ),
    rule(
      "somebody agrees",
      { ...asks, action: [...asks.action] },
      { approve: { from: members }, expires: "8h" },
    ),
  ],
};

/** What somebody asked for or was promised, and how it has to have ended once Slack is back. */
interface Work {
  kind: string;
  /** With Slack well: what is there before. */
  before?(): Promise<unknown>;
  /** With Slack away: what is typed, pressed or sent. What has no such thing comes due by itself. */
  meanwhile?(): Promise<unknown>;
  /** Whether it has come to its end, in the world and before people's eyes. */
  ended(): Promise<boolean> | boolean;
}

export interface EachWork {
  journey: Journey;
  works: readonly Work[];
  /** Slack is away for the people who have all this work, or back again. */
  slackIs(fault: Fault | null): void;
  /** The forms that were not taken while Slack was away, for their senders were told so. */
  sendAgain(): Promise<void>;
  /** Milliseconds of moved time from a pause being typed to its card, in a workspace that Slack serves well. */
  aHealthyPause(): Promise<number>;
  /** What one person was told, message by message. */
  told(person: Cast): string[];
}

/** Two workspaces with the same bot, and one piece of every kind of work in the first. */
export async function eachWork(slackTimeoutMs: number): Promise<EachWork> {
  const journey = await startJourney({ oauth: true, random: () => 0.5, slackTimeoutMs });
  const { house, clock } = journey;
  const { slack, vendors, world } = house;
  const nordwind = slack.workspace("Nordwind");
  for (const where of [slack.workspace(slack.team.id), nordwind]) await joins(where);

  async function joins(where: PretendWorkspace): Promise<void> {
    const person = where.people.find(({ isAdmin }) => isAdmin)?.id ?? "";
    await installIn(house, { person, where: where.team.id });
    const workspace = where.team.id;
    for (const vendor of ["burki", "peachdesk", "sarvam"] as const) {
      const { url: baseUrl, options, secret } = vendors[vendor];
      const by = "the test";
      const named = { workspace, vendor, name: vendor, baseUrl, options, secret, by };
      const made = await connectVendor(world, named, { check: true });
      if (made.kind !== "connected") throw new Error(JSON.stringify(made));
    }
    await applyPolicy(world, {
      workspace,
      policy: where === nordwind ? { ...policy, admins: [person] } : policy,
      by: person,
    });
    await settled(house);
  }

  let campaigns = 400;
  const add = (name: string, word: string, vendor: "burki" | "sarvam" | "peachdesk" = "burki") => {
    campaigns += 1;
    const id = vendor === "sarvam" ? `camp-${campaigns}` : String(campaigns);
    vendors[vendor].add({ id, name, word });
    return { id, name, vendor, typed: `${vendor}:${id}` };
  };
  type Thing = ReturnType<typeof add>;
  const word = ({ vendor, id }: Thing) => journey.word(vendor, id);
  const about = async ({ name }: Thing): Promise<Change[]> =>
    (
      await world.store.read((q) => listChanges(q, { workspace: slack.team.id, limit: 500 }))
    ).filter(({ targets }) => targets.some(({ campaign }) => campaign.name === name));
  const first = async (thing: Thing): Promise<Change | undefined> =>
    (await about(thing)).toSorted((a, b) => a.askedAt.getTime() - b.askedAt.getTime())[0];
  const cardsOf = ({ name }: Thing): PretendMessage[] =>
    journey.cards().filter((one) => textOf(one).includes(name));
  const card = (thing: Thing, label: string) =>
    cardsOf(thing).find((one) => labelsOn(one).includes(label));
  const told = (person: Cast) =>
    [...slack.ephemerals(person), ...slack.messages(`@${person}`)].map(textOf);
  const late = (person: Cast, words: RegExp) =>
    told(person).some((one) => /You asked this 3\d minutes ago/.test(one) && words.test(one));
  const thread = () =>
    slack
      .messages(outreach)
      .filter(({ threadTs }) => threadTs)
      .map(textOf)
      .join("\n");
  const types = (person: Cast, text: string) => journey.types(person, text);
  const presses = (person: Cast, label: string, thing: Thing) =>
    journey.presses(person, label, card(thing, label));
  /** What was not taken, in words beside the field, stays open and is sent once more when Slack is back. */
  const sentAgain: (() => Promise<void>)[] = [];
  const submits = async (person: Cast, view: string, values: Record<string, string | string[]>) => {
    const { errors } = await slack.submit(person, view, values);
    if (!errors) return;
    const words = Object.values(errors).join();
    if (!words.includes("nothing was done")) throw new Error(`it was not taken: ${words}`);
    sentAgain.push(async () => void (await slack.submit(person, view, values)));
  };
  /** The form that a press opens, and its id. */
  const opens = async (person: Cast, act: () => Promise<unknown>): Promise<string> => {
    await act();
    return slack.views(person).at(-1)?.id ?? "";
  };
  const shows = (thing: Thing, words: RegExp) =>
    cardsOf(thing).some((one) => words.test(textOf(one)));
  const isDigestDue = () => new Date(clock.now().getTime() + 12 * minute);

  const ids: Record<string, string> = {};
  const paused = add("Typed pause", "running");
  const resumed = add("Typed resume", "paused");
  const stopped = add("Stopped", "active", "sarvam");
  const agreed = add("Agreed", "paused");
  const denied = add("Denied", "paused");
  const withdrawn = add("Withdrawn", "paused");
  const formed = add("Formed", "running");
  const timed = add("Timed", "running");
  const expiring = add("Expire", "paused");
  const reminded = add("Remind", "paused");
  const reverted = add("Lapsing one", "running");
  const reversed = add("Answered badly", "running");
  const ratified = add("Answered well", "running");
  const undone = add("Undone", "running");
  const extended = add("Extended", "running");
  const failing = add("Failing", "running");
  const undoing = add("Undoing", "created", "peachdesk");
  let digests = 0;

  const works: Work[] = [
    {
      kind: "a digest",
      async before() {
        digests = digestsIn(journey).length;
        const time = isDigestDue().toLocaleTimeString("en-GB", {
          ...{ timeZone: "Europe/Berlin", hour: "2-digit", minute: "2-digit" },
        });
        await setsDigest(journey, "dee", { time });
      },
      ended: () => digestsIn(journey).length === digests + 1,
    },
    {
      kind: "a pause, typed",
      meanwhile: () => types("chi", `pause ${paused.typed}`),
      ended: () =>
        word(paused) === "paused" && shows(paused, /Paused/) && late("chi", /Typed pause/),
    },
    {
      kind: "a resume, typed",
      meanwhile: () => types("chi", `resume ${resumed.typed}`),
      ended: async () =>
        late("chi", /too long ago for a resume/) && (await about(resumed)).length === 0,
    },
    {
      kind: "an emergency stop, typed",
      meanwhile: () => types("dee", "stop all in sarvam because wrong price"),
      ended: () => word(stopped) === "paused" && late("dee", /stop/i),
    },
    {
      kind: "an Approve",
      before: () => types("ana", `resume ${agreed.typed}`),
      meanwhile: () => presses("ben", "Approve", agreed),
      ended: async () =>
        (await first(agreed))?.state === "done" &&
        late("ben", /Approved/) &&
        word(agreed) === "running",
    },
    {
      kind: "a Deny, sent with its form",
      async before() {
        await types("ana", `resume ${denied.typed}`);
        ids.deny = await opens("dee", () => presses("dee", "Deny", denied));
      },
      meanwhile: () => submits("dee", ids.deny ?? "", { reason: "not today" }),
      ended: async () => (await first(denied))?.state === "denied" && shows(denied, /not today/),
    },
    {
      kind: "a Withdraw",
      before: () => types("ana", `resume ${withdrawn.typed}`),
      meanwhile: () => presses("ana", "Withdraw", withdrawn),
      ended: async () =>
        (await first(withdrawn))?.state === "withdrawn" && shows(withdrawn, /Withdrawn/),
    },
    {
      kind: "a form with a pause, sent",
      async before() {
        ids.form = await opens("ana", () => types("ana", ""));
        const found = await slack.suggest("ana", ids.form, actionIds.campaigns, "formed");
        ids.formed = found[0]?.value ?? "";
      },
      meanwhile: () =>
        submits("ana", ids.form ?? "", {
          ...{ campaigns: [ids.formed ?? ""], reason: "wrong price", length: "for 2h" },
        }),
      ended: () => word(formed) === "paused" && shows(formed, /Paused/),
    },
    {
      kind: "the planned end of a pause",
      before: () => types("ana", `pause ${timed.typed} for 12m`),
      ended: async () =>
        (await about(timed)).some(
          ({ action, state }) => action === "resume" && state === "waiting",
        ) && card(timed, "Approve") !== undefined,
    },
    {
      kind: "an expiry",
      before: () => types("ana", `resume ${expiring.typed}`),
      ended: async () => (await first(expiring))?.state === "expired" && shows(expiring, /Expired/),
    },
    {
      kind: "a reminder",
      before: () => types("ana", `resume ${reminded.typed}`),
      ended: () => (thread().match(/<@U0BEN00002>[^\n]*/g)?.length ?? 0) >= 2,
    },
    {
      kind: "the end of the time to ratify, taking back",
      before: () => types("ana", `pause ${reverted.typed}`),
      ended: async () =>
        (await first(reverted))?.ratified?.kind === "reverted" && word(reverted) === "running",
    },
    {
      kind: "a Reverse, sent with its form",
      async before() {
        await types("ana", `pause ${reversed.typed}`);
        await journey.passes(2_000);
        ids.reverse = await opens("ben", () => presses("ben", "Reverse", reversed));
      },
      meanwhile: () => submits("ben", ids.reverse ?? "", { reason: "the price was right" }),
      ended: async () =>
        (await first(reversed))?.ratified?.kind === "reversed" && word(reversed) === "running",
    },
    {
      kind: "a Ratify",
      async before() {
        await types("ana", `pause ${ratified.typed}`);
        await journey.passes(2_000);
      },
      meanwhile: () => presses("ben", "Ratify", ratified),
      ended: async () => (await first(ratified))?.ratified?.kind === "ratified",
    },
    {
      kind: "an Undo",
      before: () => types("chi", `pause ${undone.typed}`),
      meanwhile: () => presses("chi", "Undo", undone),
      ended: () => late("chi", /too long ago/) && word(undone) === "paused",
    },
    {
      kind: "an Extend, sent with its form",
      async before() {
        await types("chi", `pause ${extended.typed} for 4h`);
        ids.extend = await opens("chi", () => presses("chi", "Extend", extended));
      },
      meanwhile: () => submits("chi", ids.extend ?? "", { until: "8h" }),
      ended: async () => (await about(extended)).length === 2 && shows(extended, /Extended by/),
    },
    {
      kind: "a Try again",
      async before() {
        vendors.burki.faults.set({ kind: "status", status: 400, on: "change" });
        await types("chi", `pause ${failing.typed}`);
        vendors.burki.faults.set(null);
      },
      meanwhile: () => presses("chi", "Try again", failing),
      ended: () => word(failing) === "paused" && shows(failing, /Paused/),
    },
    {
      kind: "news of a success that did not stay so",
      async before() {
        vendors.peachdesk.setWord(undoing.id, "syncing");
        await types("ana", `pause ${undoing.typed}`);
      },
      ended: () => /now shows running/.test(thread()) && shows(undoing, /did not stay paused/i),
    },
    {
      kind: "a form asked for while Slack is away",
      meanwhile: () => types("gus", "digest"),
      ended: () => told("gus").length > 0,
    },
  ];

  let healthy = 900;
  return {
    journey,
    works,
    told,
    slackIs: (fault) => slack.faults.set(fault && { ...fault, team: slack.team.id }),
    async sendAgain() {
      for (const send of sentAgain.splice(0)) await send();
    },
    async aHealthyPause() {
      healthy += 1;
      vendors.burki.add({ id: String(healthy), name: `Healthy ${healthy}`, word: "running" });
      const from = clock.now().getTime();
      await nordwind.typeCommand("ana", "C0NORDOUTR", `/campaign pause burki:${healthy}`);
      await settled(house);
      const isShown = () =>
        nordwind
          .messages("C0NORDOUTR")
          .some((one) => textOf(one).includes(`Healthy ${healthy}`) && /Paused/.test(textOf(one)));
      for (let tries = 0; tries < 120 && !isShown(); tries += 1) await journey.passes(500);
      return clock.now().getTime() - from;
    },
  };
}
