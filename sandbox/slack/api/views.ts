import { memberOf } from "../find.ts";
import { viewShape } from "../shapes/messages.ts";
import type { OpenView, Trigger, Workspace } from "../state.ts";
import {
  isAnswer,
  openView,
  publishHome,
  pushView,
  readView,
  replaceView,
  stackOf,
} from "../views.ts";
import { type Answer, type Args, jsonArg, type Method, no, ok, textArg } from "./answer.ts";

const triggerLifeMs = 3000;

export const open: Method = (args, workspace) => {
  const draft = readView(jsonArg(args, "view"), "modal");
  if (isAnswer(draft)) return draft;
  const trigger = exchange(args, workspace);
  if ("ok" in trigger) return trigger;
  return shown(openView(workspace, trigger.person, draft), workspace);
};

export const push: Method = (args, workspace) => {
  const draft = readView(jsonArg(args, "view"), "modal");
  if (isAnswer(draft)) return draft;
  const trigger = exchange(args, workspace);
  if ("ok" in trigger) return trigger;
  const top = stackOf(workspace, trigger.person).at(-1);
  if (!top || !trigger.viewId) return no("view_not_found");
  return shown(pushView(workspace, top, draft), workspace);
};

export const update: Method = (args, workspace) => {
  const view = [...workspace.views, ...workspace.homes.values()].find(
    (one) =>
      one.id === textArg(args, "view_id") ||
      (one.externalId !== "" && one.externalId === textArg(args, "external_id")),
  );
  if (!view) return no("not_found");
  const draft = readView(jsonArg(args, "view"), view.type);
  if (isAnswer(draft)) return draft;
  const hash = textArg(args, "hash");
  if (hash && hash !== view.hash) return no("hash_conflict");
  return replaceView(workspace, view, draft) ?? ok({ view: viewShape(view, workspace) });
};

export const publish: Method = (args, workspace) => {
  const draft = readView(jsonArg(args, "view"), "home");
  if (isAnswer(draft)) return draft;
  const person = memberOf(workspace, textArg(args, "user_id"));
  if (!person) return no("user_not_found");
  const hash = textArg(args, "hash");
  const existing = workspace.homes.get(person.id);
  if (hash && existing && existing.hash !== hash) return no("hash_conflict");
  return shown(publishHome(workspace, person.id, draft), workspace);
};

/** A trigger opens one modal, once, within three seconds of the person's own doing. */
function exchange(args: Args, workspace: Workspace): Trigger | Answer {
  const trigger = workspace.triggers.get(textArg(args, "trigger_id"));
  if (!trigger) return no("invalid_trigger_id");
  if (trigger.used) return no("exchanged_trigger_id");
  if (workspace.now().getTime() - trigger.issuedAt >= triggerLifeMs)
    return no("expired_trigger_id");
  trigger.used = true;
  return trigger;
}

function shown(view: OpenView | Answer, workspace: Workspace): Answer {
  return isAnswer(view) ? view : ok({ view: viewShape(view, workspace) });
}
