import type { Block, FormValues } from "../../wire.ts";
import type { ElementSpec } from "./element-spec.ts";

export type FieldValue = string | string[] | null;

/** What a field holds before anybody touches it. `channel` is where the person is. */
export function initialOf(element: ElementSpec, channel: string): FieldValue {
  if (element.initial_options) return element.initial_options.map(({ value }) => value ?? "");
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

/** The element of an input block, or the field beside a section. */
export function fieldsOf(block: Block): ElementSpec[] {
  const named = [block.element, block.accessory, ...asList(block.elements)] as ElementSpec[];
  const still = ["button", "overflow", "image", "mrkdwn", "plain_text"];
  return named.filter((one) => one && !still.includes(one.type) && one.action_id);
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Fields are known by their action id; two of them in one form never share it. */
export function valuesOf(
  blocks: readonly Block[],
  touched: FormValues,
  channel: string,
): FormValues {
  const fields = blocks.flatMap(fieldsOf);
  return Object.fromEntries(
    fields.map((one) => {
      const value = touched[one.action_id];
      return [one.action_id, value === undefined ? initialOf(one, channel) : value];
    }),
  );
}
