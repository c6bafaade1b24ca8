import { vi } from "vitest";
import type { PretendMessage, PretendView } from "../../sandbox/slack/types.ts";
import { type Cast, type Journey, outreach, settled, textOf } from "./journey.ts";

/** What a busy machine may need. */
export const patience = { timeout: 10_000 };

/** Moves the clock to that moment, forwards or back, and waits until the bot has done what is due. */
export async function comes(journey: Journey, moment: string | Date): Promise<void> {
  journey.clock.set(new Date(moment));
  await journey.house.app().lookAtClock();
  await settled(journey.house);
}

/** Types `/campaign digest`; what opens in front of that person. */
export async function opensDigest(
  journey: Journey,
  person: Cast,
  channel = outreach,
): Promise<PretendView> {
  await journey.types(person, "digest", channel);
  const view = journey.house.slack.views(person).at(-1);
  if (!view) throw new Error(`nothing opened for ${person}`);
  return view;
}

/** Sets the digest through its form; gives what the person was told, in the channel or directly. */
export async function setsDigest(
  journey: Journey,
  person: Cast,
  wish: { time: string; channel?: string } | "off",
): Promise<string> {
  const { slack } = journey.house;
  const view = await opensDigest(journey, person);
  const told = () => [...slack.ephemerals(person), ...slack.messages(`@${person}`)];
  const before = new Set(told());
  const values =
    wish === "off"
      ? { on: "off" }
      : { on: "on", channel: wish.channel ?? outreach, time: wish.time };
  const { errors } = await slack.submit(person, view.id, values);
  if (errors) throw new Error(JSON.stringify(errors));
  const news = () => told().filter((one) => !before.has(one));
  return vi.waitUntil(() => news().map(textOf).join("\n"), patience);
}

/** Every digest that was posted in a channel (or in `@ana`'s direct messages), the oldest first. */
export function digestsIn(journey: Journey, channel = outreach): PretendMessage[] {
  return journey.house.slack.messages(channel).filter(({ text }) => isDigest(text));
}

/** The local days those digests are for, as their titles say: "Sunday 28 March". */
export function daysIn(journey: Journey, channel = outreach): string[] {
  return digestsIn(journey, channel).map(({ text }) => isDigest(text)?.[1] ?? "");
}

function isDigest(text: string): RegExpExecArray | null {
  return /^Campaigns on ([^:]+):/.exec(text);
}
