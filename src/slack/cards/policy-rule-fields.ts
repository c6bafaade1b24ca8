import type { InputBlock, InputBlockElement, PlainTextOption } from "@slack/types";
import { option } from "./blocks.ts";
import { input, valueId } from "./modal-blocks.ts";

const longestText = 3_000;

/** What a form cannot hold: Slack takes 3,000 characters in a text field. */
export function fits(lines: readonly string[]): boolean {
  return lines.join("\n").length <= longestText && lines.every((line) => !line.includes("\n"));
}

interface Look {
  id: string;
  label: string;
  hint?: string;
  optional?: boolean;
}

/** A field of text, optional unless told otherwise. */
export function textField(look: Look & { value?: string; multiline?: boolean }): InputBlock {
  const { value, multiline, ...rest } = look;
  const element: InputBlockElement = {
    type: "plain_text_input",
    action_id: valueId,
    max_length: multiline ? longestText : 80,
    ...(multiline && { multiline }),
    ...(value && { initial_value: value }),
  };
  return input({ optional: true, ...rest, element });
}

/** Check boxes for some of a few words. */
export function boxesField(
  look: Look & { options: readonly PlainTextOption[]; chosen: readonly string[] },
): InputBlock {
  const { options, chosen, ...rest } = look;
  const initial = options.filter(({ value }) => chosen.includes(value ?? ""));
  return input({
    optional: true,
    ...rest,
    element: {
      type: "checkboxes",
      action_id: valueId,
      options: [...options],
      ...(initial.length > 0 && { initial_options: initial }),
    },
  });
}

/** One of several, with one chosen already. */
export function choiceField(
  look: Look & { options: readonly (readonly [value: string, label: string])[]; chosen: string },
): InputBlock {
  const { options, chosen, ...rest } = look;
  const all = options.map(([value, label]) => option(label, value));
  const initial = all.find(({ value }) => value === chosen);
  return input({
    ...rest,
    element: {
      type: "static_select",
      action_id: valueId,
      options: all,
      ...(initial && { initial_option: initial }),
    },
  });
}

const isPerson = (one: string) => /^[UW][A-Z0-9]+$/.test(one);

/** People from a list, and a text beside it for groups and words such as `admins`. */
export function peopleFields(look: {
  id: string;
  label: string;
  words: string;
  from: readonly string[];
}): InputBlock[] {
  const { id, label, words, from } = look;
  const people = from.filter(isPerson);
  const others = from.filter((one) => !isPerson(one));
  return [
    input({
      id: `${id}_people`,
      label: `${label}: people`,
      optional: true,
      element: {
        type: "multi_users_select",
        action_id: valueId,
        ...(people.length > 0 && { initial_users: people }),
      },
    }),
    textField({
      id: `${id}_others`,
      label: `${label}: groups and others`,
      hint: `Ids of user groups (S…), or ${words}, with commas between them.`,
      value: others.join(", "),
      multiline: true,
    }),
  ];
}
