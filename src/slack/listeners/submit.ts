import type { Person } from "../../domain/person.ts";
import { type Submitted, submitChange, submittedEarlier } from "../../flows/submit-change.ts";
import { inTime } from "../../waiting.ts";
import { clickAnswer, receivedAnswer } from "../cards/answers.ts";
import type { Message } from "../cards/message.ts";
import { offerChoice, type Wished } from "./choose.ts";
import { answer, type Desk, mention, type Origin } from "./desk.ts";
import { refused } from "./refuse.ts";
import { noSuchConnection } from "./show-status.ts";
import { whyTooLate } from "./too-late.ts";

/** After this long without an outcome the person is told that we are at it. */
const soonMs = 900;
const later = Symbol("not yet");

/** Submits a wish and tells the person what became of it: a card, a choice, or why not. */
export async function submitAndAnswer(
  desk: Desk,
  origin: Origin,
  by: Person,
  wish: Wished,
): Promise<void> {
  const { workspace, requestKey, channel } = origin;
  const late = await tooLateFor(desk, origin, wish);
  if (late) return answer(desk, origin, late);
  const heardAt = origin.kept?.askedAt;
  const { note: _note, ...asked } = wish;
  const from = { workspace, requestKey, by, channel, ...(heardAt && { heardAt }) };
  const submitting = submitChange(desk.world, { ...from, ...asked });
  await answerWhenDone(desk, origin, submitting, (submitted) =>
    wordsFor(desk, origin, by, wish, submitted),
  );
}

/** Answers with what came of it; whoever waits for that is told what they wait for. */
export async function answerWhenDone<Outcome>(
  desk: Desk,
  origin: Origin,
  doing: Promise<Outcome>,
  words: (outcome: Outcome) => Promise<Message>,
  meanwhile = "Looking at the platforms. Nothing has been changed yet.",
): Promise<void> {
  const slow = (await inTime(doing, soonMs, later)) === later;
  if (slow) await mention(desk, origin, clickAnswer(meanwhile));
  await answer(desk, origin, await words(await doing), slow);
}

/** What an earlier run of the same request has put on record stands. */
async function tooLateFor(
  { world }: Desk,
  origin: Origin,
  wish: Wished,
): Promise<Message | undefined> {
  const late = whyTooLate(origin, wish, world.now());
  return late && (await submittedEarlier(world, origin)) ? undefined : late;
}

async function wordsFor(
  desk: Desk,
  origin: Origin,
  by: Person,
  wish: Wished,
  submitted: Submitted,
): Promise<Message> {
  switch (submitted.kind) {
    case "submitted":
      return receivedAnswer({ ...submitted.change, note: wish.note });
    case "refused":
      return refused(desk, origin.workspace, by, submitted);
    case "ambiguous":
    case "none":
      return offerChoice(desk, origin, by, wish, submitted);
    case "no_connection":
      return noSuchConnection(submitted, { person: by });
  }
}
