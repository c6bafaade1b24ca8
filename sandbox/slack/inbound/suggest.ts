import { isFields } from "../block-kit/check.ts";
import { personOf } from "../find.ts";
import { viewShape } from "../shapes/messages.ts";
import type { Workspace } from "../state.ts";
import type { Option } from "../types.ts";
import { type Deliver, formBody } from "./deliver.ts";
import { fieldsIn } from "./fields.ts";
import { valuesOf } from "./form.ts";
import { readAnswer } from "./modal.ts";
import { idAs, interaction } from "./payload.ts";
import { viewOf } from "./press.ts";

const shortestQuery = 3;

/** A person types into an external select; what comes back is what can be chosen. */
export async function suggest(
  workspace: Workspace,
  deliver: Deliver,
  ask: { person: string; viewId: string; actionId: string; query: string },
): Promise<Option[]> {
  const person = personOf(workspace, ask.person);
  const view = viewOf(workspace, person.id, ask.viewId);
  const field = fieldsIn(view.blocks).find((one) => one.actionId === ask.actionId);
  if (!field?.type.includes("external_select"))
    throw new Error(`The view "${view.title}" has no external select "${ask.actionId}"`);
  if (ask.query.length < Number(field.element.min_query_length ?? shortestQuery)) return [];
  const payload = {
    ...interaction(workspace, "block_suggestion", person, {
      as: idAs(person, ask.person),
      inView: true,
    }),
    container: { type: "view", view_id: view.id },
    action_id: field.actionId,
    block_id: field.blockId,
    value: ask.query,
    view: viewShape(view, workspace, valuesOf(view)),
  };
  const delivery = await deliver({ body: formBody({ payload: JSON.stringify(payload) }) });
  const options = delivery.error ? [] : readOptions(delivery.body);
  view.offered.set(field.actionId, [...(view.offered.get(field.actionId) ?? []), ...options]);
  return options;
}

function readOptions(body: string): Option[] {
  const answer = readAnswer(body) ?? {};
  const groups = [answer.option_groups].flat().filter(isFields);
  const lists = [answer.options, ...groups.map((group) => group.options)];
  return (lists.flat().filter(isFields) as unknown as Option[]).slice(0, 100);
}
