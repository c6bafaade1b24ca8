import type { House } from "../../sandbox/house.ts";
import type { PretendMessage } from "../../sandbox/slack/types.ts";
import type { LoggedCall } from "../../sandbox/vendors/pretend.ts";
import type { Action, VendorName } from "../../src/domain/campaign.ts";
import { buttonsOn, outreach, textOf } from "../support/journey.ts";

/** Words of the two states between which campaigns are moved here. */
const words: Record<VendorName, { running: string; paused: string }> = {
  peachdesk: { running: "running", paused: "paused" },
  burki: { running: "running", paused: "paused" },
  woodpecker: { running: "RUNNING", paused: "PAUSED" },
  sarvam: { running: "active", paused: "paused" },
  talkdesk: { running: "RUNNING", paused: "PAUSED" },
};

const inOneChange = 50;
const numbered = ["peachdesk", "burki", "woodpecker"];

/** So many campaigns more at one vendor, all of them where this action can be asked of them; gives their ids. */
export function addCampaigns(
  { vendors }: House,
  vendor: VendorName,
  { count, from, action }: { count: number; from: number; action: "pause" | "resume" },
): string[] {
  const word = action === "pause" ? words[vendor].running : words[vendor].paused;
  return Array.from({ length: count }, (_, place) => {
    const number = from + place;
    const id = numbered.includes(vendor) ? String(number) : `many-${number}`;
    vendors[vendor].add({ id, name: `Many ${number}`, word });
    return id;
  });
}

/** True once a read shows what was asked; a resumed campaign of Sarvam's may wait for its hours. */
export function shows(vendor: VendorName, action: Action, word: string | undefined): boolean {
  const { running, paused } = words[vendor];
  if (action === "pause") return word === paused;
  return word === running || (vendor === "sarvam" && word === "scheduled");
}

/** Asks for all of them in changes of fifty, the most that can be typed at once; each waits for somebody's approval. Gives their cards. */
export async function askFor(
  { slack }: House,
  action: Action,
  targets: readonly string[],
): Promise<PretendMessage[]> {
  const cards = () =>
    slack.messages(outreach).filter((one) => !one.threadTs && one.user === slack.botUserId);
  const before = cards().length;
  const changes = Math.ceil(targets.length / inOneChange);
  for (let place = 0; place < changes; place += 1) {
    const some = targets.slice(place * inOneChange, (place + 1) * inOneChange).join(", ");
    await slack.typeCommand("ana", outreach, `/campaign ${action} ${some} because prices changed`);
    for (let tries = 0; cards().length <= before + place; tries += 1) {
      if (tries > 300) {
        const told = slack.ephemerals("ana").at(-1);
        throw new Error(`no card for a ${action} of ${some.slice(0, 60)}…: ${textOf(told)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return cards().slice(before);
}

export async function approveAll(
  { slack }: House,
  cards: readonly PretendMessage[],
): Promise<void> {
  for (const card of cards) {
    const button = buttonsOn(card).find(({ label }) => label === "Approve");
    if (!button) throw new Error("there is a card without Approve");
    const place = { channel: card.channel, ts: card.ts };
    await slack.press("ben", place, button.actionId, button.blockId);
  }
}

/** How many calls there were about each of these campaigns. */
export function callsPer(ids: readonly string[], log: readonly LoggedCall[]): Map<string, number> {
  const counted = new Map(ids.map((id) => [id, 0]));
  for (const { path } of log) {
    const [id] = path.split(/[/?]/).filter((part) => counted.has(part));
    if (id !== undefined) counted.set(id, (counted.get(id) ?? 0) + 1);
  }
  return counted;
}
