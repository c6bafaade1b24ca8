import type { InputBlock } from "@slack/types";
import { type VendorName, vendorTitles } from "../../domain/campaign.ts";
import { option, plain, section } from "./blocks.ts";
import { callbackIds } from "./ids.ts";
import {
  chosen,
  input,
  type Modal,
  modal,
  type Read,
  type StateValues,
  typed,
  typedLine,
  valueId,
} from "./modal-blocks.ts";
import { mrkdwn } from "./text.ts";

/** One thing a platform asks for; the platforms' adapters list theirs in this shape. */
export interface ConnectField {
  name: string;
  label: string;
  required: boolean;
  hint?: string;
  choices?: readonly string[];
  secret: boolean;
}

const nameBlock = "name";
const fieldBlock = (name: string) => `field:${name}`;

/** The key of one platform. Always empty at the start, so that no stored key is ever shown; the metadata is the vendor and the channel. */
export function connectModal(look: {
  vendor: VendorName;
  channel: string;
  fields: readonly ConnectField[];
}): Modal {
  const title = vendorTitles[look.vendor];
  return modal({
    callbackId: callbackIds.connect,
    title: `Connect ${title}`,
    submit: "Connect",
    metadata: `${look.vendor} ${look.channel}`,
    blocks: [
      section(
        mrkdwn`Only you see what you type here. The key is tried once at ${title}, then stored encrypted and never shown again.`,
      ),
      input({
        id: nameBlock,
        label: "Name of this connection",
        hint: "This is what people type in commands, for example sales-eu. A name already in use replaces that connection's key.",
        element: {
          type: "plain_text_input",
          action_id: valueId,
          initial_value: look.vendor,
          max_length: 40,
        },
      }),
      ...look.fields.map(fieldInput),
    ],
  });
}

function fieldInput({ name, label, required, hint, choices }: ConnectField): InputBlock {
  const element = choices
    ? {
        type: "static_select" as const,
        action_id: valueId,
        options: choices.slice(0, 100).map((choice) => option(choice, choice)),
        placeholder: plain("Choose one", 150),
      }
    : { type: "plain_text_input" as const, action_id: valueId, max_length: 3000 };
  return input({
    id: fieldBlock(name),
    label,
    element,
    optional: !required,
    ...(hint !== undefined && { hint }),
  });
}

export interface ConnectForm {
  name: string;
  /** By field name; a field left empty is missing. */
  fields: Record<string, string>;
}

export function readConnectModal(
  values: StateValues,
  fields: readonly ConnectField[],
): Read<ConnectForm> {
  const errors: Record<string, string> = {};
  const name = typedLine(values, nameBlock);
  if (name === undefined) errors[nameBlock] = "Give the connection a name.";
  else if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name)) {
    errors[nameBlock] = "Letters, digits, dots, dashes and underscores only, without spaces.";
  }
  const given = fields.flatMap((field): [string, string][] => {
    const block = fieldBlock(field.name);
    const value = field.choices ? chosen(values, block) : typed(values, block);
    if (value === undefined && field.required) errors[block] = "This is needed.";
    return value === undefined ? [] : [[field.name, value]];
  });
  return name === undefined || Object.keys(errors).length > 0
    ? { ok: false, errors }
    : { ok: true, content: { name, fields: Object.fromEntries(given) } };
}

/** Where to show what went wrong with one field ("The key was refused."), for `response_action: errors`. */
export function connectError(field: string, sentence: string): Record<string, string> {
  return { [fieldBlock(field)]: sentence };
}
