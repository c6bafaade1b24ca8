import { type House, type HouseOptions, startHouse } from "../../sandbox/house.ts";
import { type MovedClock, movedClock } from "../../sandbox/moved-clock.ts";
import type { Block, Delivery, PretendMessage } from "../../sandbox/slack/types.ts";
import type { LoggedCall } from "../../sandbox/vendors/pretend.ts";
import { type VendorName, vendorNames } from "../../src/domain/campaign.ts";
import type { Change } from "../../src/domain/change.ts";
import { isEnded } from "../../src/domain/settle.ts";
import { listChanges, loadChange } from "../../src/store/changes.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";

export const outreach = "C0OUTREACH";
export const hour = 3_600_000;
export type Cast = "ana" | "ben" | "chi" | "dee" | "gus" | "sam";

/** A house with hands: people who type and press, and eyes for what they were shown. */
export interface Journey {
  house: House;
  clock: MovedClock;
  /** Types `/campaign …` and waits until the bot has nothing left to do. */
  types(person: Cast, text: string, channel?: string): Promise<Said>;
  /** Presses a button by its label, on the newest card unless told otherwise. */
  presses(person: Cast, label: string, on?: PretendMessage): Promise<Said>;
  /** Every card and thread line in the channel, oldest first. */
  cards(channel?: string): PretendMessage[];
  /** The newest card's words. */
  card(channel?: string): string;
  /** The change asked for last. */
  change(): Promise<Change>;
  changes(): Promise<Change[]>;
  /** Moves the clock step by step until that change has ended; two minutes and more pass at once. */
  untilEnded(stepMs?: number): Promise<Change>;
  passes(ms: number): Promise<void>;
  /** The vendor's own word for a campaign. */
  word(vendor: VendorName, id: string): string | undefined;
  /** Calls that could have changed something, as they arrived. */
  changing(vendor: VendorName): LoggedCall[];
  /** Every campaign's word at every vendor: "burki:42" → "paused". */
  words(): Record<string, string>;
  /** A new story in the same house: what was open has expired, Slack and the vendors are as on the first day. */
  begins(): Promise<void>;
  /** The audit chain is whole, from the first story to this one. */
  provesItsRecord(): Promise<void>;
  ends(): Promise<void>;
}

/** What somebody was told, and nobody else. */
interface Said {
  delivery: Delivery;
  /** The words of the ephemeral messages that are new or were replaced. */
  told: string;
  /** The newest of them. */
  message: PretendMessage | undefined;
}

export async function startJourney(options: Partial<HouseOptions> = {}): Promise<Journey> {
  const clock = movedClock();
  const house = await startHouse({ logLevel: "fatal", ...options, now: clock.now });
  const { slack, vendors, workspace } = house;

  async function tells(person: Cast, act: () => Promise<Delivery>): Promise<Said> {
    const before = new Map(slack.ephemerals(person).map((one) => [one.ts, one.edits]));
    const delivery = await act();
    await settled(house);
    const fresh = slack.ephemerals(person).filter(({ ts, edits }) => before.get(ts) !== edits);
    return { delivery, told: fresh.map(textOf).join("\n"), message: fresh.at(-1) };
  }

  const cardsIn = (channel = outreach) => slack.messages(channel).filter((one) => !one.threadTs);
  let begun = clock.now();
  const changes = () =>
    house.world.store.read((q) => listChanges(q, { workspace, since: begun, limit: 1000 }));
  const change = async () => {
    const all = await changes();
    const [last] = all.toSorted((a, b) => b.askedAt.getTime() - a.askedAt.getTime());
    if (!last) throw new Error("nothing was asked for yet");
    return last;
  };

  /** What waits expires, and so does the resume that a planned end then asks for. */
  async function everythingEnds(): Promise<void> {
    for (let days = 0; days < 10; days += 1) {
      clock.advance(24 * hour);
      await house.app().lookAtClock();
      await settled(house);
      if ((await changes()).every(({ state }) => isEnded(state))) return;
    }
    throw new Error("a change of the story before does not end");
  }

  return {
    house,
    clock,
    types: (person, text, channel = outreach) =>
      tells(person, () => slack.typeCommand(person, channel, `/campaign ${text}`)),
    presses(person, label, on = cardsIn().at(-1)) {
      if (!on) throw new Error("there is no card to press anything on");
      const { actionId, blockId } = buttonOn(on, label);
      const place = { channel: on.channel, ts: on.ts };
      return tells(person, () => slack.press(person, place, actionId, blockId));
    },
    cards: cardsIn,
    card: (channel) => textOf(cardsIn(channel).at(-1)),
    change,
    changes,
    async untilEnded(stepMs = 5_000) {
      const { id } = await change();
      for (let steps = 0; steps < 80; steps += 1) {
        const now = await house.world.store.read((q) => loadChange(q, workspace, id));
        if (now && isEnded(now.state)) return now;
        clock.advance(stepMs);
        await house.app().lookAtClock();
        await settled(house);
      }
      throw new Error(`the change ${id} does not end`);
    },
    async passes(ms) {
      clock.advance(ms);
      await house.app().lookAtClock();
      await settled(house);
    },
    word: (vendor, id) => vendors[vendor].campaigns().find((one) => one.id === id)?.word,
    changing: (vendor) => vendors[vendor].log().filter(({ changing }) => changing),
    words: () =>
      Object.fromEntries(
        vendorNames.flatMap((name) =>
          vendors[name].campaigns().map(({ id, word }) => [`${name}:${id}`, word] as const),
        ),
      ),
    async begins() {
      slack.reset();
      for (const vendor of Object.values(vendors)) vendor.reset();
      await everythingEnds();
      slack.reset();
      for (const vendor of Object.values(vendors)) vendor.reset();
      house.world.recentLists.clear();
      begun = clock.now();
    },
    async provesItsRecord() {
      const verdict = await verifyAudit(house.world.store);
      if (!verdict.ok) throw new Error(verdict.sentence);
    },
    ends: () => house.close(),
  };
}

/** Resolves when the bot has nothing left to do at this moment. */
export async function settled(house: House): Promise<void> {
  await house.app().worker.idle();
}

/** Every word a message says, blocks and fallback together. */
export function textOf(
  message: { text?: string; blocks?: readonly unknown[] } | undefined,
): string {
  const found: string[] = [message?.text ?? ""];
  const walk = (thing: unknown) => {
    if (Array.isArray(thing)) for (const one of thing) walk(one);
    else if (thing && typeof thing === "object") {
      for (const [name, value] of Object.entries(thing)) {
        if (name === "text" && typeof value === "string") found.push(value);
        else walk(value);
      }
    }
  };
  walk(message?.blocks ?? []);
  return found.join("\n");
}

interface Button {
  label: string;
  actionId: string;
  blockId: string | undefined;
  value: string;
}

/** Every button of a message, in the order in which it is seen. */
export function buttonsOn(message: { blocks: readonly Block[] } | undefined): Button[] {
  return (message?.blocks ?? []).flatMap((block) => {
    const { block_id: blockId, accessory, elements } = block;
    const found = [accessory, ...(Array.isArray(elements) ? elements : [])];
    return found.flatMap((element: unknown) => {
      const { type, action_id, value, text } = (element ?? {}) as Record<string, unknown>;
      if (type !== "button") return [];
      const label = String((text as { text?: unknown } | undefined)?.text);
      return [{ label, actionId: String(action_id), blockId, value: String(value) }];
    });
  });
}

export function labelsOn(message: { blocks: readonly Block[] } | undefined): string[] {
  return buttonsOn(message).map(({ label }) => label);
}

export function buttonOn(message: PretendMessage, label: string): Button {
  const all = buttonsOn(message);
  const found = all.find((one) => one.label === label);
  if (found) return found;
  throw new Error(
    `No button “${label}”; there is: ${all.map((one) => one.label).join(", ") || "none"}. ${textOf(message)}`,
  );
}
