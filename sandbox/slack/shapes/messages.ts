import { botName } from "../cast/cast.ts";
import { belongsTo } from "../find.ts";
import type { OpenView, Workspace } from "../state.ts";
import type { PretendMessage } from "../types.ts";
import { created } from "./people.ts";

export function messageShape(
  message: PretendMessage,
  workspace: Workspace,
): Record<string, unknown> {
  return {
    user: message.user,
    type: "message",
    ts: message.ts,
    ...(message.botId ? { bot_id: message.botId, app_id: message.appId } : {}),
    text: message.text,
    team: workspace.team.id,
    ...(message.botId
      ? { bot_profile: { ...botShape(workspace), team_id: workspace.team.id } }
      : {}),
    ...(message.showsEdited
      ? { edited: { user: message.botId ?? message.user, ts: message.ts } }
      : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
    ...(message.blocks.length ? { blocks: message.blocks } : {}),
  };
}

export function botShape(workspace: Workspace): Record<string, unknown> {
  return {
    id: workspace.botId,
    app_id: workspace.appId,
    user_id: workspace.botUserId,
    name: botName,
    deleted: false,
    updated: created,
    icons: {},
  };
}

/** A view as Slack returns and sends it; `values` is the state of its fields. */
export function viewShape(
  view: OpenView,
  workspace: Workspace,
  values: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: view.id,
    team_id: view.type === "modal" ? teamOf(view, workspace) : workspace.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    ...stateShape(values, workspace),
    hash: view.hash,
    title: view.raw.title ?? null,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    close: view.raw.close ?? null,
    submit: view.raw.submit ?? null,
    previous_view_id: view.previousViewId,
    root_view_id: view.rootViewId,
    app_id: workspace.appId,
    external_id: view.externalId,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.botId,
  };
}

/** Slack's own samples of forms without a field have an empty list, an empty object, nothing in it, or no state. */
function stateShape(
  values: Record<string, unknown>,
  { rules }: Workspace,
): Record<string, unknown> {
  if (Object.keys(values).length > 0) return { state: { values } };
  const shapes = {
    list: { state: { values: [] } },
    object: { state: { values: {} } },
    nothing: { state: {} },
    absent: {},
  };
  return shapes[rules.emptyState];
}

/** A modal belongs to the workspace of whoever it is open for; `app_installed_team_id` says whose app it is. */
function teamOf(view: OpenView, workspace: Workspace): string {
  const person = workspace.people.find((one) => one.id === view.person);
  return person && !belongsTo(workspace, person) ? person.teamId : workspace.team.id;
}
