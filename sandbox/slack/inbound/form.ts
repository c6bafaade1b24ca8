import type { Fields } from "../block-kit/check.ts";
import type { OpenView } from "../state.ts";
import type { FormValues } from "../types.ts";
import { type Field, fieldsIn, holdsState, isEmpty, keyOf, stateOf } from "./fields.ts";

/** Puts values into the fields of a view; a name that fits no field is a mistake and throws. */
export function fillIn(view: OpenView, values: FormValues): void {
  const fields = fieldsIn(view.blocks);
  for (const [name, value] of Object.entries(values)) {
    const field =
      fields.find((one) => one.blockId === name) ?? fields.find((one) => one.actionId === name);
    if (!field) {
      const names = fields.map((one) => `${one.blockId}/${one.actionId}`).join(", ");
      throw new Error(`The view "${view.title}" has no field "${name}": ${names}`);
    }
    view.typed[keyOf(field)] = value;
  }
}

export type StateValues = Record<string, Record<string, Fields>>;

export function valuesOf(view: OpenView): StateValues {
  const values: StateValues = {};
  for (const field of fieldsIn(view.blocks).filter(holdsState)) {
    const block = values[field.blockId] ?? {};
    block[field.actionId] = fieldState(view, field);
    values[field.blockId] = block;
  }
  return values;
}

function fieldState(view: OpenView, field: Field): Fields {
  return stateOf(field, view.typed[keyOf(field)], view.offered.get(field.actionId) ?? []);
}

/** What Slack's own client refuses before the bot hears of it, by block. */
export function incomplete(view: OpenView): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const field of fieldsIn(view.blocks)) {
    if (field.block.type !== "input") continue;
    const complaint = complaintAbout(field, fieldState(view, field));
    if (complaint) errors[field.blockId] = complaint;
  }
  return errors;
}

function complaintAbout(field: Field, state: Fields): string | undefined {
  if (isEmpty(state))
    return field.block.optional === true ? undefined : "Please complete this required field.";
  const text = state.value;
  if (typeof text !== "string") return undefined;
  const least = Number(field.element.min_length ?? 0);
  const most = Number(field.element.max_length ?? 3000);
  if (text.length < least) return `Must be at least ${least} characters.`;
  return text.length > most ? `Must be at most ${most} characters.` : undefined;
}
