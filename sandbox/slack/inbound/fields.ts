import { type Fields, isFields } from "../block-kit/check.ts";
import { elementsIn } from "../block-kit/limits.ts";
import type { Block, Option } from "../types.ts";

/** What a person can put into one element, and how Slack reports it. */

export type Typed = string | string[] | null;

export interface Field {
  blockId: string;
  actionId: string;
  type: string;
  element: Fields;
  block: Block;
}

export function fieldsIn(blocks: readonly Block[]): Field[] {
  return blocks.flatMap((block) =>
    elementsIn(block)
      .filter((element) => typeof element.action_id === "string")
      .map((element) => ({
        blockId: block.block_id ?? "",
        actionId: String(element.action_id),
        type: String(element.type),
        element,
        block,
      })),
  );
}

export const keyOf = (field: Field): string => `${field.blockId}\n${field.actionId}`;

const plain: Record<string, string> = {
  datepicker: "selected_date",
  timepicker: "selected_time",
  users_select: "selected_user",
  conversations_select: "selected_conversation",
  channels_select: "selected_channel",
  multi_users_select: "selected_users",
  multi_conversations_select: "selected_conversations",
  multi_channels_select: "selected_channels",
};
const initials: Record<string, string> = {
  datepicker: "initial_date",
  timepicker: "initial_time",
  users_select: "initial_user",
  conversations_select: "initial_conversation",
  channels_select: "initial_channel",
  multi_users_select: "initial_users",
  multi_conversations_select: "initial_conversations",
  multi_channels_select: "initial_channels",
};

/** Buttons and overflow menus hold nothing. */
export function holdsState(field: Field): boolean {
  return !/^(button|icon_button|workflow_button|overflow)$/.test(field.type);
}

/**
 * The element's state as in `state.values` and `actions`: `typed` undefined means untouched.
 * @throws when an option is chosen that was never on offer.
 */
export function stateOf(
  field: Field,
  typed: Typed | undefined,
  offered: readonly Option[],
): Fields {
  const { type, element } = field;
  const many = type.startsWith("multi_") || type === "checkboxes";
  const name = plain[type];
  if (name)
    return {
      type,
      [name]: typed === undefined ? (element[initials[type] ?? ""] ?? (many ? [] : null)) : typed,
    };
  if (type === "datetimepicker") {
    const value = typed === undefined ? element.initial_date_time : Number(typed);
    return { type, selected_date_time: value ?? null };
  }
  if (/select|radio_buttons|checkboxes|overflow/.test(type)) {
    const name = many ? "selected_options" : "selected_option";
    const initial = element[many ? "initial_options" : "initial_option"] ?? (many ? [] : null);
    return { type, [name]: typed === undefined ? initial : choose(field, typed, offered, many) };
  }
  const value = typed === undefined ? element.initial_value : typed === "" ? null : typed;
  return { type, value: value ?? null };
}

function choose(field: Field, typed: Typed, offered: readonly Option[], many: boolean): unknown {
  if (typed === null) return many ? [] : null;
  const known = [...optionsOf(field), ...offered];
  const chosen = [typed].flat().map((value) => {
    const option = known.find((one) => one.value === value || one.text.text === value);
    if (option) return option;
    const choices = known.map((one) => one.value).join(", ") || "nothing yet";
    throw new Error(`"${value}" is not on offer in ${field.actionId}: ${choices}`);
  });
  return many ? chosen : (chosen[0] ?? null);
}

function optionsOf(field: Field): Option[] {
  const { element } = field;
  const groups = Array.isArray(element.option_groups) ? element.option_groups : [];
  const lists = [
    element.options,
    element.initial_option,
    element.initial_options,
    ...groups.map((group) => isFields(group) && group.options),
  ];
  return lists.flat().filter(isFields) as unknown as Option[];
}

export function isEmpty(state: Fields): boolean {
  const { type: _, ...rest } = state;
  return Object.values(rest).every(
    (value) => value === null || value === "" || (Array.isArray(value) && value.length === 0),
  );
}
