import { isFields } from "../block-kit/check.ts";
import { personOf } from "../find.ts";
import { viewShape } from "../shapes/messages.ts";
import type { OpenView, Workspace } from "../state.ts";
import type { Delivery, FormValues, SubmitDelivery } from "../types.ts";
import {
  closeAll,
  isAnswer,
  pushView,
  readView,
  replaceView,
  closeView as takeAway,
} from "../views.ts";
import { type Deliver, formBody, notSent } from "./deliver.ts";
import { fillIn, incomplete, valuesOf } from "./form.ts";
import { idAs, interaction, newTrigger } from "./payload.ts";
import { viewOf } from "./press.ts";

const trouble = "We had some trouble connecting. Try again?";

/** A person presses the modal's submit button. */
export async function submit(
  workspace: Workspace,
  deliver: Deliver,
  form: { person: string; viewId: string; values: FormValues },
): Promise<SubmitDelivery> {
  const person = personOf(workspace, form.person);
  const view = viewOf(workspace, person.id, form.viewId);
  if (view.submit === undefined) throw new Error(`The view "${view.title}" has no submit button`);
  fillIn(view, form.values);
  const missing = incomplete(view);
  if (Object.keys(missing).length > 0) {
    showErrors(workspace, view, missing);
    return { ...notSent("Please fix the fields marked in red."), errors: missing };
  }
  const payload = {
    ...interaction(workspace, "view_submission", person, {
      as: idAs(person, form.person),
      inView: true,
    }),
    trigger_id: newTrigger(workspace, person.id, view.id),
    view: viewShape(view, workspace, valuesOf(view)),
    response_urls: [],
  };
  const delivery = await deliver({ body: formBody({ payload: JSON.stringify(payload) }) });
  if (delivery.error) return { ...delivery, shown: trouble };
  return obey(workspace, view, delivery);
}

/** Does what the answer to a submission says; an empty one closes this view. */
function obey(workspace: Workspace, view: OpenView, delivery: Delivery): SubmitDelivery {
  const refused: SubmitDelivery = { ...delivery, error: "invalid_response", shown: trouble };
  const answer = readAnswer(delivery.body);
  if (answer === undefined) return refused;
  switch (answer.response_action) {
    case undefined:
      takeAway(workspace, view);
      return delivery;
    case "clear":
      closeAll(workspace, view.person);
      return delivery;
    case "errors": {
      const errors = answer.errors;
      if (!isFields(errors) || !fitsFields(view, errors)) return refused;
      showErrors(workspace, view, errors);
      return { ...delivery, errors };
    }
    case "update":
    case "push": {
      const draft = readView(answer.view, "modal");
      if (isAnswer(draft)) return refused;
      const result =
        answer.response_action === "push"
          ? pushView(workspace, view, draft)
          : replaceView(workspace, view, draft);
      return result && isAnswer(result) ? refused : delivery;
    }
    default:
      return refused;
  }
}

/** Undefined when the body is neither empty nor a JSON object. */
export function readAnswer(body: string): Record<string, unknown> | undefined {
  if (body.trim() === "") return {};
  try {
    const json: unknown = JSON.parse(body);
    return isFields(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function fitsFields(
  view: OpenView,
  errors: Record<string, unknown>,
): errors is Record<string, string> {
  const inputs = view.blocks
    .filter((block) => block.type === "input")
    .map((block) => block.block_id);
  return Object.entries(errors).every(
    ([id, text]) => inputs.includes(id) && typeof text === "string",
  );
}

function showErrors(workspace: Workspace, view: OpenView, errors: Record<string, string>): void {
  view.errors = errors;
  workspace.changed();
}

/** A person cancels the modal; the bot only hears of it when it asked to. */
export async function closeView(
  workspace: Workspace,
  deliver: Deliver,
  closing: { person: string; viewId: string },
): Promise<Delivery> {
  const person = personOf(workspace, closing.person);
  const view = viewOf(workspace, person.id, closing.viewId);
  const payload = {
    ...interaction(workspace, "view_closed", person, {
      as: idAs(person, closing.person),
      inView: true,
    }),
    view: viewShape(view, workspace, valuesOf(view)),
    is_cleared: view.clearOnClose,
  };
  if (view.clearOnClose) closeAll(workspace, person.id);
  else takeAway(workspace, view);
  if (!view.notifyOnClose) return notSent("");
  return deliver({ body: formBody({ payload: JSON.stringify(payload) }) });
}
