import type { InputBlock, InputBlockElement, KnownBlock, ModalView } from "@slack/types";
import { normalText } from "../../domain/normal-text.ts";
import { plain, section } from "./blocks.ts";
import { mrkdwn } from "./text.ts";

export type Modal = ModalView;

/** `view.state.values` as Slack sends it: by block id, then by action id. Never trusted to be complete. */
export type StateValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a submitted form says, or what to tell the person beside each block. */
export type Read<Content> =
  | { ok: true; content: Content }
  | { ok: false; errors: Record<string, string> };

/** One input per block, so one action id serves them all. */
export const valueId = "value";

/** Slack's limits: title and buttons 24, metadata 3000, 100 blocks. */
export function modal(look: {
  callbackId: string;
  title: string;
  submit?: string;
  close?: string;
  metadata?: string;
  blocks: readonly KnownBlock[];
}): Modal {
  return {
    type: "modal",
    callback_id: look.callbackId,
    title: plain(look.title, 24),
    close: plain(look.close ?? (look.submit ? "Go back" : "Close"), 24),
    ...(look.submit && { submit: plain(look.submit, 24) }),
    ...(look.metadata !== undefined && { private_metadata: look.metadata.slice(0, 3000) }),
    blocks: look.blocks.slice(0, 100),
  };
}

export function input(look: {
  id: string;
  label: string;
  element: InputBlockElement;
  hint?: string;
  optional?: boolean;
  /** Tells us of a choice at once, not only when the form is sent. */
  dispatch?: boolean;
}): InputBlock {
  return {
    type: "input",
    block_id: look.id,
    label: plain(look.label, 200),
    element: look.element,
    optional: look.optional ?? false,
    ...(look.hint && { hint: plain(look.hint, 300) }),
    ...(look.dispatch && { dispatch_action: true }),
  };
}

/** One sentence in a modal: an answer that came after the modal had opened. */
export function sentenceModal(title: string, sentence: string): Modal {
  return modal({ callbackId: "sentence_modal", title, blocks: [section(mrkdwn`${sentence}`)] });
}

/** Opened at once, because a trigger lasts three seconds; filled in as soon as there is something to show. */
export function loadingModal(title: string): Modal {
  return sentenceModal(title, "Loading…");
}

export function typed(values: StateValues, block: string, action = valueId): string | undefined {
  const text = textAt(values[block]?.[action], "value")?.trim();
  return text === "" ? undefined : text;
}

/** A field of one line, in the one form of text; undefined where nothing of it can be seen. */
export function typedLine(values: StateValues, block: string): string | undefined {
  return normalText(typed(values, block) ?? "") || undefined;
}

export function chosen(values: StateValues, block: string, action = valueId): string | undefined {
  return textAt(field(values[block]?.[action], "selected_option"), "value");
}

export function chosenMany(values: StateValues, block: string, action: string): string[] {
  const options = field(values[block]?.[action], "selected_options");
  if (!Array.isArray(options)) return [];
  return options.flatMap((one) => textAt(one, "value") ?? []);
}

/** The ids that a select of several people holds. */
export function pickedPeople(values: StateValues, block: string): string[] {
  const ids = field(values[block]?.[valueId], "selected_users");
  return Array.isArray(ids) ? ids.filter((one) => typeof one === "string") : [];
}

export function picked(
  values: StateValues,
  block: string,
  kind: "selected_conversation" | "selected_time" | "selected_user",
): string | undefined {
  return textAt(values[block]?.[valueId], kind);
}

function textAt(thing: unknown, name: string): string | undefined {
  const text = field(thing, name);
  return typeof text === "string" ? text : undefined;
}

function field(thing: unknown, name: string): unknown {
  return typeof thing === "object" && thing !== null
    ? Object.getOwnPropertyDescriptor(thing, name)?.value
    : undefined;
}
