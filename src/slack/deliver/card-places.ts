import type { Change } from "../../domain/change.ts";
import { changeCard } from "../cards/change-card.ts";
import type { Message } from "../cards/message.ts";
import { redactedCard } from "../cards/redacted-card.ts";
import { isClosed, isOurs, isUnknown } from "../troubles.ts";
import { cardContext } from "./card-context.ts";
import { noteClosed, noteOpen } from "./closed-channel.ts";
import type { Voice } from "./in-thread.ts";
import { keeperOf } from "./keeper.ts";
import { postInTurn, turnFor } from "./post.ts";
import type { PostMemory } from "./post-memory.ts";

/** What it takes to show one change. */
export interface Show extends Voice {
  memory: PostMemory;
  change: Change;
  /** Draw it also where this version of it is shown already: who reads there has changed. */
  anew: boolean;
  /** Somebody looks for it: see whether it is still there, and post it where none is left. */
  sought: boolean;
}

/** Names and reasons stay among the people of the workspace. */
export async function cardFor(
  { change, ...voice }: Show,
  channel: string,
  copy = false,
): Promise<Message> {
  const external = await voice.channels.isExternal(change.workspace, channel);
  if (external) return redactedCard(change);
  return changeCard(change, { ...(await cardContext(voice, change)), copy });
}

/** Who could put right why none of these took it is looked up only then. */
async function* withKeeper(show: Show, places: ReadonlySet<string>): AsyncGenerator<string> {
  yield* places;
  const keeper = await keeperOf(show, show.change.workspace);
  if (keeper !== undefined && !places.has(keeper)) yield keeper;
}

/**
 * Posts the card where it belongs; where that is closed to us, where it was typed; then to the asker alone, then to
 * an admin, whoever installed us if that is one, for silence is worse. Undefined if nobody at all can be reached.
 */
export async function postCard(
  show: Show,
): Promise<{ channel: string; ts: string; to: string } | undefined> {
  const { world, web, change } = show;
  const { workspace, id, channel: home, askedIn, askedBy } = change;
  const places = new Set([home, askedIn, askedBy].filter((place) => place !== undefined));
  let unknown: unknown;
  for await (const channel of withKeeper(show, places)) {
    const place = { workspace, channel, who: id, importance: "card" } as const;
    try {
      web.untilRested(turnFor(place));
      const card = await cardFor(show, channel);
      const posted = await postInTurn(web, place, card);
      if (channel === home) await noteOpen(world, { workspace, channel });
      return { ...posted, to: channel };
    } catch (error) {
      const never = isClosed(error) || isOurs(error);
      if (!never && !(show.nextBest && isUnknown(error))) throw error;
      if (!never) unknown = error;
      // Where somebody types without us, nothing has been closed: we were never there.
      if (isClosed(error) && channel === home && askedIn !== undefined)
        await noteClosed(world, { workspace, channel }, error);
    }
  }
  if (unknown !== undefined) throw unknown;
  world.log.error("a card was left out, nobody can be reached", { workspace, change: id });
  return undefined;
}
