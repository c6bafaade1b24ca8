import { z } from "zod";
import { actions } from "../../domain/campaign.ts";
import type { ChangeCommand } from "../../domain/change-command.ts";
import type { Person } from "../../domain/person.ts";
import type { TargetText } from "../../domain/target-text.ts";
import type { Candidate, NotFound } from "../../flows/find-wished.ts";
import { type Submitted, submitChange } from "../../flows/submit-change.ts";
import { rememberChoices } from "../../store/choices.ts";
import {
  clickAnswer,
  noConnectionAnswer,
  receivedAnswer,
  refusalAnswer,
} from "../cards/answers.ts";
import { chooserAnswer, noMatchAnswer } from "../cards/find-answers.ts";
import type { Message } from "../cards/message.ts";
import { answer, type Desk, type Origin } from "./desk.ts";

/** A wish as it is kept behind a chooser's button. */
export const keptWish = z.object({
  action: z.enum(actions),
  targets: z.array(
    z.union([
      z.object({ kind: z.literal("exact"), connection: z.string(), id: z.string() }),
      z.object({ kind: z.literal("id"), id: z.string() }),
      z.object({ kind: z.literal("name"), text: z.string(), quoted: z.boolean() }),
    ]),
  ),
  reason: z.string().optional(),
  until: z.coerce.date().optional(),
});

type Wished = Omit<ChangeCommand, "kind">;

/** A kept wish, its missing parts left out instead of undefined. */
export function withoutHoles({ reason, until, ...rest }: z.infer<typeof keptWish>): Wished {
  return { ...rest, ...(reason !== undefined && { reason }), ...(until && { until }) };
}

/** After this long without an outcome the person is told that we are at it. */
const soonMs = 900;

/** Submits a wish and tells the person what became of it: a card, a choice, or why not. */
export async function submitAndAnswer(
  desk: Desk,
  origin: Origin,
  by: Person,
  wish: Wished,
): Promise<void> {
  const submitting = submitChange(desk.world, {
    workspace: origin.workspace,
    requestKey: origin.requestKey,
    by,
    channel: origin.channel,
    ...wish,
  });
  const first = await Promise.race([submitting, soon()]);
  if (first === "later")
    await answer(
      desk,
      origin,
      clickAnswer("Looking at the platforms. Nothing has been changed yet."),
    );
  const submitted = first === "later" ? await submitting : first;
  const message = await wordsFor(desk, origin, by, wish, submitted);
  if (message) await answer(desk, origin, message, first === "later");
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
): Promise<Message | undefined> {
  switch (submitted.kind) {
    case "submitted":
      return receivedAnswer(submitted.change);
    case "refused":
      return refusalAnswer(submitted.sentence);
    case "ambiguous":
      return choose(desk, origin, by, wish, submitted);
    case "none":
      return noMatchAnswer(submitted.text, submitted.nearest);
    case "no_connection":
      return submitted.known.length === 0
        ? noConnectionAnswer(by.admin)
        : refusalAnswer(
            `There is no connection named ${submitted.name}. Nothing was changed.`,
            `Connected are: ${submitted.known.join(", ")}.`,
          );
  }
}

/** Each candidate becomes a whole wish of its own, so that a button carries nothing but an id. */
async function choose(
  desk: Desk,
  origin: Origin,
  by: Person,
  wish: Wished,
  { text, candidates }: Extract<NotFound, { kind: "ambiguous" }>,
): Promise<Message> {
  const { world } = desk;
  const setId = world.newId("set");
  const choices = candidates.map((candidate) => ({ id: world.newId("cho"), candidate }));
  await world.store.write((q) =>
    rememberChoices(
      q,
      choices.map(({ id, candidate }) => ({
        workspace: origin.workspace,
        id,
        person: by.id,
        setId,
        wish: { ...wish, targets: narrowed(wish.targets, text, candidate) },
        createdAt: world.now(),
      })),
    ),
  );
  return chooserAnswer({
    text,
    action: wish.action,
    candidates: choices.map(({ id, candidate }) => ({
      choiceId: id,
      campaign: candidate,
      word: candidate.word,
    })),
  });
}

function narrowed(
  targets: readonly TargetText[],
  text: string,
  candidate: Candidate,
): TargetText[] {
  const exact: TargetText = {
    kind: "exact",
    connection: candidate.connection,
    id: candidate.campaign.id,
  };
  return targets.map((target) => (textOf(target) === text ? exact : target));
}

function textOf(target: TargetText): string {
  return target.kind === "name" ? target.text : target.id;
}
