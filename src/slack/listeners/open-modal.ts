import { putInto } from "../../store/jobs.ts";
import { rest } from "../../waiting.ts";
import { clickAnswer } from "../cards/answers.ts";
import { loadingModal, type Modal, sentenceModal } from "../cards/modal-blocks.ts";
import {
  comesBack,
  isClosed,
  isGone,
  isOurs,
  mayPass,
  NotKnownYet,
  slackErrorOf,
} from "../troubles.ts";
import { answer, type Desk, type Known, type Origin, visitorOf } from "./desk.ts";

/** A view, or the sentence that stands in its place. */
export type Filling = Modal | { sentence: string };

const tooLate = new Set([
  "expired_trigger_id",
  "exchanged_trigger_id",
  "invalid_trigger",
  "invalid_trigger_id",
  "trigger_exchanged",
  "trigger_expired",
]);

/** Nobody looks at an empty form for longer. */
const fillWithinMs = 20_000;
const unfilled =
  "Slack could not be reached to fill this form, so nothing was changed. Close it, and please try again.";

/**
 * Opens an empty view at once, alone or on top of another, then looks the person up and fills it. Where the filling
 * meets trouble it is tried again by itself: the view stays open, and whoever waits in front of it is told at last.
 */
export async function openModal(
  desk: Desk,
  origin: Origin,
  triggerId: string,
  title: string,
  fill: (visitor: Known) => Promise<Filling>,
  how: "open" | "push" = "open",
): Promise<void> {
  const viewId = origin.kept?.viewId ?? (await openEmpty(desk, origin, triggerId, title, how));
  if (!viewId) return;
  const again = !isOld(desk, origin);
  try {
    const visitor = await visitorOf(desk, origin.workspace, origin.user);
    const filling = visitor.kind === "person" ? await fill(visitor) : visitor;
    const view = "sentence" in filling ? sentenceModal(title, filling.sentence) : filling;
    await drawView(desk, origin.workspace, viewId, view);
    if (again && visitor.kind !== "person" && mayPass(visitor.reason))
      throw new NotKnownYet(visitor.reason);
  } catch (error) {
    if (comesBack(error) && again) throw error;
    desk.world.log.error("a form could not be filled", { workspace: origin.workspace, error });
    await giveUpOn(desk, origin, viewId, title);
  }
}

/** Remembers what it has opened, for a trigger serves once. */
async function openEmpty(
  desk: Desk,
  origin: Origin,
  triggerId: string,
  title: string,
  how: "open" | "push",
): Promise<string | undefined> {
  const viewId = await openView(desk, origin, triggerId, loadingModal(title), how);
  const { store } = desk.world;
  if (viewId && origin.kept) await store.write((q) => putInto(q, origin.requestKey, { viewId }));
  return viewId;
}

function isOld({ world }: Desk, { kept }: Origin): boolean {
  return !kept || world.now().getTime() - kept.askedAt.getTime() >= fillWithinMs;
}

async function giveUpOn(desk: Desk, origin: Origin, viewId: string, title: string): Promise<void> {
  try {
    await drawView(desk, origin.workspace, viewId, sentenceModal(title, unfilled));
  } catch {
    await answer(desk, origin, clickAnswer(unfilled));
  }
}

const drawTries = 3;
const drawAgainMs = 250;

/** Draws a view that is open, at a hiccup once more; whoever has closed it since needs to hear nothing of it. */
export async function drawView(
  desk: Desk,
  workspace: string,
  viewId: string,
  view: Modal,
): Promise<void> {
  const client = await desk.web.client(workspace);
  for (let tried = 1; ; tried += 1) {
    try {
      await client.views.update({ view_id: viewId, view });
      return;
    } catch (error) {
      if (slackErrorOf(error) === "not_found") return;
      if (tried >= drawTries || !comesBack(error)) throw error;
    }
    await rest(drawAgainMs * tried);
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
    const why = whyNotOpened(desk, origin, error);
    if (why === undefined) throw error;
    desk.world.log.warn("a form could not be opened", { workspace: origin.workspace, error });
    await answer(desk, origin, clickAnswer(why));
    return undefined;
  }
}

/** Undefined where it is worth another try: as long as the trigger lives, and Slack may take it yet. */
function whyNotOpened({ world }: Desk, { kept }: Origin, error: unknown): string | undefined {
  const reason = slackErrorOf(error);
  if (tooLate.has(reason ?? "")) return overdue;
  if (isOurs(error)) return unshown;
  if (isClosed(error) || isGone(error))
    return `Slack does not show this form here (${reason}), today or later. Nothing was changed. Whoever runs Fermata can look into it.`;
  const ageMs = kept ? world.now().getTime() - kept.askedAt.getTime() : 0;
  return comesBack(error) && ageMs > triggerMs ? overdue : undefined;
}

const triggerMs = 3_000;
const overdue =
  "Slack allows three seconds to open a form, and they were over. Nothing was changed. Please try again.";
const unshown =
  "This form could not be shown; the fault is on our side. Nothing was changed. Type the command instead.";
