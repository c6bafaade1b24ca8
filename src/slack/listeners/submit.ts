import type { Person } from "../../domain/person.ts";
import { type Submitted, submitChange } from "../../flows/submit-change.ts";
import { clickAnswer, receivedAnswer, refusalAnswer } from "../cards/answers.ts";
import { noMatchAnswer } from "../cards/find-answers.ts";
import type { Message } from "../cards/message.ts";
import { offerChoice, type Wished } from "./choose.ts";
import { answer, type Desk, type Origin } from "./desk.ts";
import { noSuchConnection } from "./show-status.ts";

/** After this long without an outcome the person is told that we are at it. */
const soonMs = 900;

/** Submits a wish and tells the person what became of it: a card, a choice, or why not. */
export async function submitAndAnswer(
  desk: Desk,
  origin: Origin,
  by: Person,
  wish: Wished,
): Promise<void> {
  const { workspace, requestKey, channel } = origin;
  const submitting = submitChange(desk.world, { workspace, requestKey, by, channel, ...wish });
  const slow = (await Promise.race([submitting, soon()])) === "later";
  if (slow) {
    const sentence = "Looking at the platforms. Nothing has been changed yet.";
    await answer(desk, origin, clickAnswer(sentence));
  }
  const message = await wordsFor(desk, origin, by, wish, await submitting);
  await answer(desk, origin, message, slow);
}

function soon(): Promise<"later"> {
  return new Promise((resolve) => {
    setTimeout(() => resolve("later"), soonMs).unref();
  });
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
      return receivedAnswer(submitted.change);
    case "refused":
      return refusalAnswer(submitted.sentence);
    case "ambiguous":
      return offerChoice(desk, origin, by, wish, submitted);
    case "none":
      return noMatchAnswer(submitted.text, submitted.nearest, submitted.unread);
    case "no_connection":
      return noSuchConnection(submitted, { person: by });
  }
}
