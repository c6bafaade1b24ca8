import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  HeaderBlock,
  MrkdwnElement,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
} from "@slack/types";
import { clipMrkdwn, harmless, type Mrkdwn } from "./text.ts";

/** Slack's limits; https://docs.slack.dev/reference/block-kit/blocks */
const most = { section: 3000, field: 2000, fields: 10, header: 150, button: 75 };
export function plain(text: string, limit: number): PlainTextElement {
  return { type: "plain_text", text: harmless(text, limit) || "–", emoji: false };
}

function marked(text: Mrkdwn, limit: number): MrkdwnElement {
  return { type: "mrkdwn", text: clipMrkdwn(text.mrkdwn, limit) || "–", verbatim: true };
}

export function header(text: string): HeaderBlock {
  return { type: "header", text: plain(text, most.header) };
}

export function section(text: Mrkdwn, accessory?: Button | Overflow): SectionBlock {
  return { type: "section", text: marked(text, most.section), ...(accessory && { accessory }) };
}

export function fields(parts: readonly Mrkdwn[]): SectionBlock {
  const shown = parts.slice(0, most.fields);
  return { type: "section", fields: shown.map((part) => marked(part, most.field)) };
}

export function context(text: Mrkdwn): ContextBlock {
  return { type: "context", elements: [marked(text, most.section)] };
}

export interface ButtonLook {
  label: string;
  actionId: string;
  /** An opaque id and nothing else. */
  value: string;
  style?: "primary" | "danger";
  /** What a screen reader says instead of the label. */
  spoken?: string;
  confirm?: ConfirmationDialog;
}

export function button(look: ButtonLook): Button {
  return {
    type: "button",
    text: plain(look.label, most.button),
    action_id: look.actionId,
    value: look.value,
    ...(look.style && { style: look.style }),
    ...(look.spoken && { accessibility_label: harmless(look.spoken, most.button) }),
    ...(look.confirm && { confirm: look.confirm }),
  };
}

export function overflow(actionId: string, items: readonly PlainTextOption[]): Overflow {
  return { type: "overflow", action_id: actionId, options: items.slice(0, 5) };
}

export function option(label: string, value: string, description?: string): PlainTextOption {
  return {
    text: plain(label, most.button),
    value,
    ...(description && { description: plain(description, most.button) }),
  };
}

/** `id` is new whenever the buttons mean something new, so that Slack drops a press on the old ones. */
export function actions(elements: readonly (Button | Overflow)[], id?: string): ActionsBlock {
  return { type: "actions", elements: elements.slice(0, 25), ...(id && { block_id: id }) };
}

/** "Yes, cancel it" against "Go back": for what cannot be taken back. */
export function confirm(title: string, question: string, yes: string): ConfirmationDialog {
  return {
    title: plain(title, 100),
    text: plain(question, 300),
    confirm: plain(yes, 30),
    deny: plain("Go back", 30),
    style: "danger",
  };
}
