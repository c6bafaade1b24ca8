import { clickAnswer } from "../cards/answers.ts";
import { loadingModal, type Modal, sentenceModal } from "../cards/modal-blocks.ts";
import { slackErrorOf } from "../troubles.ts";
import { answer, type Desk, type Known, type Origin, visitorOf } from "./desk.ts";

/** A view, or the sentence that stands in its place. */
export type Filling = Modal | { sentence: string };

const tooLate = new Set([
  "expired_trigger_id",
  "exchanged_trigger_id",
  "invalid_trigger_id",
  "trigger_expired",
]);

/** Opens an empty view at once, alone or on top of another, then looks the person up and fills it. */
export async function openModal(
  desk: Desk,
  origin: Origin,
  triggerId: string,
  title: string,
  fill: (visitor: Known) => Promise<Filling>,
  how: "open" | "push" = "open",
): Promise<void> {
  const viewId = await openView(desk, origin, triggerId, loadingModal(title), how);
  if (!viewId) return;
  const visitor = await visitorOf(desk, origin.workspace, origin.user);
  const filling = visitor.kind === "person" ? await fill(visitor) : { sentence: visitor.sentence };
  const view = "sentence" in filling ? sentenceModal(title, filling.sentence) : filling;
  await drawView(desk, origin.workspace, viewId, view);
}

/** Draws a view that is open; whoever has closed it since needs to hear nothing of it. */
export async function drawView(
  desk: Desk,
  workspace: string,
  viewId: string,
  view: Modal,
): Promise<void> {
  const client = await desk.web.client(workspace);
  try {
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    if (slackErrorOf(error) !== "not_found") throw error;
  }
}

/** Opens a view and gives its id; when the trigger is too old, the person is told so instead. */
export async function openView(
  desk: Desk,
  origin: Origin,
  triggerId: string,
  view: Modal,
  how: "open" | "push" = "open",
): Promise<string | undefined> {
  const client = await desk.web.client(origin.workspace);
  try {
    const wanted = { trigger_id: triggerId, view };
    const opened = await (how === "push" ? client.views.push(wanted) : client.views.open(wanted));
    return opened.view?.id;
  } catch (error) {
    if (!tooLate.has(slackErrorOf(error) ?? "")) throw error;
  }
  const sentence =
    "Slack allows three seconds to open a form, and they were over. Nothing was changed. Please try again.";
  await answer(desk, origin, clickAnswer(sentence));
  return undefined;
}
