import { refusalAnswer } from "../cards/answers.ts";
import { sentenceModal } from "../cards/modal-blocks.ts";
import type { SlackWeb } from "../web.ts";
import type { Place } from "./installs.ts";

/**
 * Words for somebody whose workspace we do not serve. There is no token to speak with, so they go by the request's
 * own address or as its answer, which this gives: a form is replaced, a list of options stays empty.
 */
export async function turnAway(
  body: Readonly<Record<string, unknown>>,
  place: Place | undefined,
  answer: SlackWeb["answer"],
): Promise<unknown> {
  return tellDirectly(body, place ? notHere : nowhere, answer);
}

/** The same with any words. */
export async function tellDirectly(
  body: Readonly<Record<string, unknown>>,
  sentence: string,
  answer: SlackWeb["answer"],
): Promise<unknown> {
  if (body.type === "view_submission")
    return { response_action: "update", view: sentenceModal("Not sent", sentence) };
  if (body.type === "block_suggestion") return { options: [] };
  if (typeof body.response_url !== "string") return undefined;
  const message = { response_type: "ephemeral", replace_original: false };
  await answer(body.response_url, { ...message, ...refusalAnswer(sentence) });
  return undefined;
}

const notHere =
  "Fermata is not installed here (any more). Nothing was done. Whoever manages the apps of this workspace can install it.";
const nowhere =
  "Slack did not say in which workspace this happened, so nothing was done. Please type /campaign in a channel of your workspace.";
