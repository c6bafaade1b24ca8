import { setTimeout as sleep } from "node:timers/promises";
import type { PretendMessage } from "../../sandbox/slack/types.ts";
import type { PretendVendor } from "../../sandbox/vendors/pretend.ts";
import type { Policy } from "../../src/domain/policy.ts";
import { rule } from "../../src/domain/policy.ts";
import { buttonsOn, textOf } from "../support/journey.ts";
import type { Stage } from "./stage.ts";

/** Anybody stops, one other agrees to a start, two to an end; Dee starts by herself. */
export const loadPolicy: Policy = {
  version: 1,
  rules: [
    rule("anybody may pause", { action: ["pause"], requester: ["members"] }, "allow"),
    rule("admins may resume", { action: ["resume"], requester: ["admins"] }, "allow"),
    rule(
      "a resume needs one more",
      { action: ["resume"], requester: ["members"] },
      { approve: { from: ["members"], count: 1 } },
    ),
    rule(
      "a cancel needs two more",
      { action: ["cancel"], requester: ["members"] },
      { approve: { from: ["members"], count: 2 } },
    ),
  ],
};

const people = ["ana", "ben", "chi", "dee"] as const;
const perVendor = 24;

const kinds = {
  peachdesk: { id: (n: number) => String(1000 + n), running: "running", paused: "paused" },
  burki: { id: (n: number) => String(1000 + n), running: "running", paused: "paused" },
  woodpecker: { id: (n: number) => String(1000 + n), running: "RUNNING", paused: "PAUSED" },
  sarvam: { id: (n: number) => `camp-f${n}`, running: "active", paused: "paused" },
  talkdesk: { id: (n: number) => `f${n}`, running: "RUNNING", paused: "PAUSED" },
};

/** What a busy office types and presses, drawn by chance. */
export interface Load {
  /** So many wishes and presses at nearly the same time; resolves when each was answered or will never be. */
  burst(wishes: number, presses: number): Promise<void>;
  /** Decides whatever waits, once round. */
  decide(waiting: readonly string[]): Promise<void>;
}

export function createLoad({ house }: Stage, random: () => number): Load {
  const { slack, vendors } = house;
  const added = new Map<string, number>();
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

  function add({ name, add: put }: PretendVendor): void {
    const n = added.get(name) ?? 0;
    added.set(name, n + 1);
    const { id, running, paused } = kinds[name];
    const word = n % 2 === 0 ? running : paused;
    put({ id: id(n), name: `Fault campaign ${n}`, word, total: 100_000 });
  }
  for (const vendor of Object.values(vendors)) {
    for (let n = 0; n < perVendor; n += 1) add(vendor);
  }

  /** Something that makes sense for what the campaign shows just now. */
  function wish(): { person: (typeof people)[number]; text: string } {
    const vendor = any(Object.values(vendors));
    const { running, paused } = kinds[vendor.name];
    const able = vendor
      .campaigns()
      .filter(
        ({ name, word }) => name.startsWith("Fault") && (word === running || word === paused),
      );
    const campaign = any(able);
    const person = any(people);
    if (random() < 0.12) {
      add(vendor);
      return { person, text: `cancel ${vendor.name}:${campaign.id} because it is over` };
    }
    const target = `${vendor.name}:${campaign.id}`;
    if (campaign.word === paused) return { person, text: `resume ${target}` };
    if (random() < 0.75) return { person, text: `pause ${target}` };
    // What Dee resumes waits for nobody, so the planned end of her pauses is carried out as well.
    return person === "dee"
      ? { person, text: `pause ${target} for 20s` }
      : { person, text: `pause ${target} for 3h because of lunch` };
  }

  async function type(): Promise<void> {
    await sleep(random() * 120);
    const { person, text } = wish();
    await slack.typeCommand(person, "outreach", `/campaign ${text}`);
  }

  /** A card may have been drawn anew, without its buttons, in the meantime. */
  async function press(card: PretendMessage, person: string, label: string): Promise<void> {
    const button = buttonsOn(card).find((one) => one.label === label);
    if (!button) return;
    const place = { channel: card.channel, ts: card.ts };
    try {
      await slack.press(person, place, button.actionId, button.blockId);
    } catch {
      return;
    }
    if (label === "Deny") await fillIn(person, button.value);
  }

  async function fillIn(person: string, change: string): Promise<void> {
    for (let looks = 0; looks < 20; looks += 1) {
      const form = slack.views(person).find((view) => view.privateMetadata === change);
      if (form) {
        const { errors } = await slack.submit(person, form.id, {}).catch(() => ({ errors: {} }));
        if (errors && slack.views(person).includes(form)) await slack.closeView(person, form.id);
        return;
      }
      await sleep(25);
    }
  }

  function waitingCards(): PretendMessage[] {
    return slack
      .messages("outreach")
      .filter((card) => buttonsOn(card).some(({ label }) => label === "Approve"));
  }

  function decision(card: PretendMessage): Promise<void> {
    const chance = random();
    const label = chance < 0.5 ? "Approve" : chance < 0.75 ? "Deny" : "Withdraw";
    return press(card, any(people), label);
  }

  return {
    async burst(wishes, presses) {
      const cards = waitingCards();
      const pressed = Array.from({ length: cards.length > 0 ? presses : 0 }, async () => {
        await sleep(random() * 120);
        await decision(any(cards));
      });
      await Promise.all([...Array.from({ length: wishes }, type), ...pressed]);
    },
    async decide(waiting) {
      const cards = waitingCards().filter((card) =>
        waiting.some((change) => textOf(card).includes(change)),
      );
      await Promise.all(cards.flatMap((card) => [decision(card), decision(card)]));
    },
  };
}
