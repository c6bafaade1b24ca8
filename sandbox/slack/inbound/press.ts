import { newResponseUrl } from "../api/response-url.ts";
import type { Fields } from "../block-kit/check.ts";
import { channelOf, messageAt, personOf } from "../find.ts";
import { messageShape, viewShape } from "../shapes/messages.ts";
import type { OpenView, Workspace } from "../state.ts";
import type {
  Block,
  Delivery,
  FormValues,
  Place,
  PretendMessage,
  PretendPerson,
} from "../types.ts";
import { type Deliver, formBody } from "./deliver.ts";
import { type Field, fieldsIn, holdsState, keyOf, stateOf, type Typed } from "./fields.ts";
import { fillIn, valuesOf } from "./form.ts";
import { channelName, idAs, interaction, newTrigger } from "./payload.ts";

export interface Press {
  person: string;
  place: Place;
  actionId: string;
  blockId: string | undefined;
  selected: Typed | undefined;
  values: FormValues | undefined;
}

/** A person presses a button or picks from a menu: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export async function press(workspace: Workspace, deliver: Deliver, act: Press): Promise<Delivery> {
  const person = personOf(workspace, act.person);
  const payload =
    "viewId" in act.place
      ? inView(workspace, person, act, viewOf(workspace, person.id, act.place.viewId))
      : inMessage(workspace, person, act, act.place);
  const delivery = await deliver({ body: formBody({ payload: JSON.stringify(payload) }) });
  return delivery.error ? { ...delivery, shown: "This did not work. Please try again." } : delivery;
}

export function viewOf(workspace: Workspace, person: string, viewId: string): OpenView {
  const home = workspace.homes.get(person);
  const view = [...workspace.views, ...(home ? [home] : [])].find(
    (one) => one.id === viewId && one.person === person,
  );
  if (!view) throw new Error(`${personOf(workspace, person).name} has no view ${viewId} open`);
  return view;
}

function inView(workspace: Workspace, person: PretendPerson, act: Press, view: OpenView): Fields {
  fillIn(view, act.values ?? {});
  const field = findField(view.blocks, act);
  if (holdsState(field) && act.selected !== undefined) view.typed[keyOf(field)] = act.selected;
  const offered = view.offered.get(field.actionId) ?? [];
  return {
    ...interaction(workspace, "block_actions", person, {
      as: idAs(person, act.person),
      inView: view.type === "modal",
    }),
    container: { type: "view", view_id: view.id },
    trigger_id: newTrigger(workspace, person.id, view.type === "modal" ? view.id : undefined),
    view: viewShape(view, workspace, valuesOf(view)),
    actions: [action(workspace, field, stateOf(field, act.selected, offered))],
  };
}

function inMessage(
  workspace: Workspace,
  person: PretendPerson,
  act: Press,
  place: { channel: string; ts: string },
): Fields {
  const channel = channelOf(workspace, place.channel);
  const message = messageAt(workspace, channel.id, place.ts, person.id);
  const hidden = channel.isPrivate && !channel.members.includes(person.id);
  if (!message || hidden)
    throw new Error(`${person.name} sees no message ${place.ts} in ${channel.name}`);
  const ephemeral = message.visibleTo !== undefined;
  const field = findField(message.blocks, act);
  const state = stateOf(field, act.selected, []);
  return {
    ...interaction(workspace, "block_actions", person, { as: idAs(person, act.person) }),
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    trigger_id: newTrigger(workspace, person.id),
    channel: { id: channel.id, name: channelName(channel) },
    ...(ephemeral ? {} : { message: messageShape(message, workspace) }),
    state: { values: messageState(message, field, state) },
    response_url: newResponseUrl(workspace, "actions", {
      channel: channel.id,
      person: person.id,
      original: { ts: message.ts, ephemeral },
    }),
    actions: [action(workspace, field, state)],
  };
}

function messageState(
  message: PretendMessage,
  pressed: Field,
  state: Fields,
): Record<string, Fields> {
  const values: Record<string, Fields> = {};
  for (const field of fieldsIn(message.blocks).filter(holdsState)) {
    const own = keyOf(field) === keyOf(pressed) ? state : stateOf(field, undefined, []);
    values[field.blockId] = { ...values[field.blockId], [field.actionId]: own };
  }
  return values;
}

function findField(blocks: readonly Block[], act: Press): Field {
  const fields = fieldsIn(blocks);
  const found = fields.find(
    (field) => field.actionId === act.actionId && (act.blockId ?? field.blockId) === field.blockId,
  );
  if (found) return found;
  const names = fields.map((field) => field.actionId).join(", ") || "none";
  throw new Error(`Nothing to press is called "${act.actionId}"; there is: ${names}`);
}

/** Buttons report themselves, everything else what was chosen. */
function action(workspace: Workspace, field: Field, state: Fields): Fields {
  const { element } = field;
  const about = {
    action_id: field.actionId,
    block_id: field.blockId,
    action_ts: workspace.newTs(),
  };
  if (!field.type.includes("button") || field.type === "radio_buttons")
    return {
      ...about,
      ...state,
      ...(element.placeholder ? { placeholder: element.placeholder } : {}),
    };
  const shown = ["text", "value", "url", "style", "confirm"].filter(
    (name) => element[name] !== undefined,
  );
  return {
    ...about,
    type: field.type,
    ...Object.fromEntries(shown.map((name) => [name, element[name]])),
  };
}
