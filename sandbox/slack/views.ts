import { type Answer, complaint, no } from "./api/answer.ts";
import { isFields } from "./block-kit/check.ts";
import { keepBlocks } from "./block-kit/keep.ts";
import { problemsInView } from "./block-kit/limits.ts";
import type { OpenView, Workspace } from "./state.ts";
import type { Block } from "./types.ts";

export type ViewDraft = Record<string, unknown> & { blocks: Block[] };

const biggestView = 250 * 1024;
const deepestStack = 3;

export function isAnswer(value: ViewDraft | OpenView | Answer): value is Answer {
  return typeof (value as { ok?: unknown }).ok === "boolean";
}

/** Checks a view as Slack does before it looks at anything else. */
export function readView(value: unknown, type: "modal" | "home"): ViewDraft | Answer {
  if (!isFields(value))
    return complaint("invalid_arguments", ["must provide an object [json-pointer:/view]"]);
  if (value.type !== type)
    return complaint("invalid_arguments", [`must be of type ${type} [json-pointer:/view/type]`]);
  if (Buffer.byteLength(JSON.stringify(value)) > biggestView) return no("view_too_large");
  if (!Array.isArray(value.blocks))
    return complaint("invalid_arguments", ["missing required field: blocks [json-pointer:/view]"]);
  const problems = problemsInView(value);
  return problems.length ? complaint("invalid_arguments", problems) : (value as ViewDraft);
}

/** The open modals of a person, the topmost last. */
export function stackOf(workspace: Workspace, person: string): OpenView[] {
  return workspace.views.filter((view) => view.person === person);
}

/** Shows a modal alone, in place of whatever was open. */
export function openView(
  workspace: Workspace,
  person: string,
  draft: ViewDraft,
): OpenView | Answer {
  closeAll(workspace, person);
  return show(workspace, person, draft);
}

export function pushView(workspace: Workspace, top: OpenView, draft: ViewDraft): OpenView | Answer {
  if (stackOf(workspace, top.person).length >= deepestStack) return no("push_limit_reached");
  return show(workspace, top.person, draft, top);
}

function show(
  workspace: Workspace,
  person: string,
  draft: ViewDraft,
  below?: OpenView,
): OpenView | Answer {
  if (isTaken(workspace, draft)) return no("duplicate_external_id");
  const view = buildView(workspace, person, draft);
  view.rootViewId = below?.rootViewId ?? view.id;
  view.previousViewId = below?.id ?? null;
  workspace.views.push(view);
  workspace.changed();
  return view;
}

/** Replaces the content; fields that are still there keep what was typed. */
export function replaceView(
  workspace: Workspace,
  view: OpenView,
  draft: ViewDraft,
): Answer | undefined {
  if (isTaken(workspace, draft, view)) return no("duplicate_external_id");
  const { id, rootViewId, previousViewId, typed, offered } = view;
  const fresh = buildView(workspace, view.person, draft);
  for (const side of ["submit", "close"] as const) delete view[side];
  Object.assign(view, fresh, { id, rootViewId, previousViewId, typed, offered });
  workspace.changed();
  return undefined;
}

export function publishHome(workspace: Workspace, person: string, draft: ViewDraft): OpenView {
  const existing = workspace.homes.get(person);
  const view = existing ?? buildView(workspace, person, draft);
  if (existing) replaceView(workspace, existing, draft);
  workspace.homes.set(person, view);
  workspace.changed();
  return view;
}

export function closeView(workspace: Workspace, view: OpenView): void {
  const index = workspace.views.indexOf(view);
  if (index >= 0) workspace.views.splice(index, 1);
  workspace.changed();
}

export function closeAll(workspace: Workspace, person: string): void {
  for (const view of stackOf(workspace, person)) closeView(workspace, view);
}

function isTaken(workspace: Workspace, draft: ViewDraft, self?: OpenView): boolean {
  const id = draft.external_id;
  return Boolean(id) && workspace.views.some((view) => view !== self && view.externalId === id);
}

function buildView(workspace: Workspace, person: string, draft: ViewDraft): OpenView {
  const id = workspace.newId("V0", 11);
  return {
    id,
    type: draft.type === "home" ? "home" : "modal",
    callbackId: wordOf(draft.callback_id),
    title: labelOf(draft.title) ?? "",
    blocks: keepBlocks(draft.blocks, () => workspace.newId("", 5)),
    privateMetadata: wordOf(draft.private_metadata),
    hash: `${Math.floor(workspace.now().getTime() / 1000)}.${workspace.newId("", 8)}`,
    rootViewId: id,
    previousViewId: null,
    externalId: wordOf(draft.external_id),
    notifyOnClose: draft.notify_on_close === true,
    clearOnClose: draft.clear_on_close === true,
    ...withLabel("submit", draft),
    ...withLabel("close", draft),
    errors: {},
    person,
    typed: {},
    offered: new Map(),
    raw: draft,
  };
}

function withLabel(
  side: "submit" | "close",
  draft: ViewDraft,
): { submit?: string; close?: string } {
  const label = labelOf(draft[side]);
  return label === undefined ? {} : { [side]: label };
}

const wordOf = (value: unknown): string => (typeof value === "string" ? value : "");

function labelOf(value: unknown): string | undefined {
  return isFields(value) && typeof value.text === "string" ? value.text : undefined;
}
