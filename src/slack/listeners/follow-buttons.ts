import type { Change } from "../../domain/change.ts";
import type { Person } from "../../domain/person.ts";
import type { PolicyAction } from "../../domain/policy.ts";
import { maySee } from "../../domain/rights.ts";
import { checkAgain } from "../../flows/check-again.ts";
import { type Followed, tryAgain } from "../../flows/follow-change.ts";
import { undoChange } from "../../flows/undo-change.ts";
import { loadChange } from "../../store/changes.ts";
import { takeChoice } from "../../store/choices.ts";
import { clickAnswer, receivedAnswer, refusalAnswer } from "../cards/answers.ts";
import type { Message } from "../cards/message.ts";
import { NotKnownYet } from "../troubles.ts";
import { readWish } from "./choose.ts";
import { answer, askingVisitor, type Desk } from "./desk.ts";
import { type ChangePress, notHere, onChangePress, onPress } from "./press.ts";
import { refused } from "./refuse.ts";
import { keyOf } from "./review-buttons.ts";
import { submitAndAnswer } from "./submit.ts";
import { whyTooLate } from "./too-late.ts";

/** Reads the campaigns of unknown outcome once more and draws the card with what they show. */
export const checkAgainButton = (desk: Desk) =>
  onChangePress(desk, async (press) => {
    const { person, policy } = press.visitor;
    const leave = maySee(person, policy.policy);
    if (!leave.ok) return answer(desk, press.origin, refusalAnswer(leave.sentence));
    const sentences = await checkAgain(desk.world, keyOf(press), person.id);
    if (!sentences) return answer(desk, press.origin, refusalAnswer(notHere));
    const words =
      sentences.length > 0 ? sentences.join(" ") : "There is nothing left to check here.";
    await answer(desk, press.origin, clickAnswer(words));
  });

export const tryAgainButton = (desk: Desk) =>
  onChangePress(
    desk,
    (press) =>
      asks(
        desk,
        press,
        ({ stop, action }) => (stop ? "stop" : action),
        (by) =>
          tryAgain(
            desk.world,
            keyOf(press),
            by,
            press.origin.requestKey,
            press.origin.kept?.askedAt,
          ),
      ),
    "pause",
  );

export const undoButton = (desk: Desk) =>
  onChangePress(desk, (press) =>
    asks(
      desk,
      press,
      ({ action }) => (action === "pause" ? "resume" : "pause"),
      (by) => undoChange(desk.world, keyOf(press), by, press.origin.kept?.askedAt),
    ),
  );

/** What follows a change is asked for by whoever pressed, with the user groups on which that hangs. */
async function asks(
  desk: Desk,
  press: ChangePress,
  actionOf: (change: Change) => PolicyAction,
  follow: (by: Person) => Promise<Followed | undefined>,
): Promise<void> {
  const { workspace, changeId } = keyOf(press);
  const change = await desk.world.store.read((q) => loadChange(q, workspace, changeId));
  if (!change) return answer(desk, press.origin, refusalAnswer(notHere));
  const does = actionOf(change);
  const action = does === "stop" ? "pause" : does;
  const late = whyTooLate(press.origin, { action }, desk.world.now());
  if (late) return answer(desk, press.origin, late);
  const by = await askingVisitor(desk, workspace, press.visitor, does);
  // Known from a short while ago is enough to stop something, and not to start it.
  if (by.kind !== "person") throw new NotKnownYet("no answer");
  return answerFollowed(desk, press, follow(by.person));
}

async function answerFollowed(
  desk: Desk,
  { origin, visitor }: ChangePress,
  following: Promise<Followed | undefined>,
): Promise<void> {
  const followed = await following;
  const words =
    followed?.kind === "refused"
      ? await refused(desk, origin.workspace, visitor.person, followed)
      : followedWords(followed);
  await answer(desk, origin, words);
}

function followedWords(followed: Exclude<Followed, { kind: "refused" }> | undefined): Message {
  if (!followed) return refusalAnswer(notHere);
  if (followed.kind === "submitted") return receivedAnswer(followed.change, followed.lost);
  if (followed.kind === "nothing_to_do") return refusalAnswer(followed.sentence);
  return refusalAnswer(
    "The campaign is no longer found under its connection. Nothing was changed.",
  );
}

/** One of several campaigns that a name fitted. Its button works once, for the person who was asked. */
export const chooseTarget = (desk: Desk) =>
  onPress(
    desk,
    async ({ origin, visitor, id }) => {
      const { world } = desk;
      const choice = await world.store.write((q) =>
        takeChoice(q, origin.workspace, visitor.person.id, id),
      );
      const wish = readWish(choice?.wish);
      if (!wish) {
        const sentence =
          "This choice was made already, or it is no longer open. Nothing was changed. Type the command again if you still need it.";
        return answer(desk, origin, refusalAnswer(sentence));
      }
      const by = await askingVisitor(desk, origin.workspace, visitor, wish.action);
      if (by.kind !== "person") return answer(desk, origin, refusalAnswer(by.sentence));
      await submitAndAnswer(desk, origin, by.person, wish);
    },
    "pause",
  );
