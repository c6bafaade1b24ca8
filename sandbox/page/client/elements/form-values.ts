import type { Block, FormValues } from "../../wire.ts";
import type { ElementSpec } from "./element-spec.ts";

export type FieldValue = string | string[] | null;

/** What a field holds before anybody touches it. `channel` is where the person is. */
export function initialOf(element: ElementSpec, channel: string): FieldValue {
  if (element.initial_options) return element.initial_options.map(({ value }) => value ?? "");
  const many = element.initial_users ?? element.initial_channels ?? element.initial_conversations;
  if (many) return many;
  const conversation = element.default_to_current_conversation ? channel : undefined;
  const one =
    element.initial_option?.value ??
    element.initial_value ??
    element.initial_time ??
    element.initial_date ??
    element.initial_user ??
    element.initial_channel ??
    element.initial_conversation ??
    conversation;
  return one ?? (isMany(element) ? [] : null);
}

export const isMany = ({ type }: ElementSpec): boolean =>
  type === "checkboxes" || type.startsWith("multi_");

/**
 * Under which name a field's value is kept and sent: its block's id, which is unique in a form as an
 * action id is not; the action id where a block has several fields.
 */
export function nameOfField(block: Block, actionId: string): string {
  return block.block_id && fieldsOf(block).length === 1 ? block.block_id : actionId;
}

/** The fields of a block: of an input, beside a section, or among actions. */
function fieldsOf(block: Block): ElementSpec[] {
  const among = Array.isArray(block.elements) ? block.elements : [];
  const all = [block.element, block.accessory, ...among] as (ElementSpec | undefined)[];
  return all
    .filter((one) => one !== undefined)
    .filter((one) => one.action_id && !still.has(one.type));
}

const still: ReadonlySet<string> = new Set(["button", "overflow", "image", "mrkdwn", "plain_text"]);

export function valuesOf(
  blocks: readonly Block[],
  touched: FormValues,
  channel: string,
): FormValues {
  const values: FormValues = {};
  for (const block of blocks) {
    for (const element of fieldsOf(block)) {
      const name = nameOfField(block, element.action_id);
      const value = touched[name];
      values[name] = value === undefined ? initialOf(element, channel) : value;
    }
  }
  return values;
}
