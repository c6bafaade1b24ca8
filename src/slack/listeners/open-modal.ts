import { clickAnswer } from "../cards/answers.ts";
import { loadingModal, type Modal, sentenceModal } from "../cards/modal-blocks.ts";
import { slackErrorOf } from "../web.ts";
import { answer, type Desk, type Origin, type Visitor, visitorOf } from "./desk.ts";

type Known = Extract<Visitor, { kind: "person" }>;

/** A view, or the sentence that stands in its place. */
export type Filling = Modal | { sentence: string };

const closed = new Set([
  "expired_trigger_id",
  "exchanged_trigger_id",
  "invalid_trigger_id",
  "trigger_expired",
]);

/** Opens an empty view at once, then looks the person up and fills it. */
export async function openModal(
  desk: Desk,
  origin: Origin,
  triggerId: string,
  title: string,
  fill: (visitor: Known) => Promise<Filling>,
): Promise<void> {
  const { views } = desk.web.client(origin.workspace);
  const opened = await views
    .open({ trigger_id: triggerId, view: loadingModal(title) })
    .catch((error: unknown) => {
      if (closed.has(slackErrorOf(error) ?? "")) return undefined;
      throw error;
    });
  const viewId = opened?.view?.id;
  if (!viewId) {
    return answer(
      desk,
      origin,
      clickAnswer(
        "Slack allows three seconds to open a form, and they were over. Please try again.",
      ),
    );
  }
  const visitor = await visitorOf(desk, origin.workspace, origin.user);
  const filling = visitor.kind === "person" ? await fill(visitor) : { sentence: visitor.sentence };
  const view = "sentence" in filling ? sentenceModal(title, filling.sentence) : filling;
  await views.update({ view_id: viewId, view });
}
