import { channelOf, personOf } from "./find.ts";
import { say, typeCommand } from "./inbound/command.ts";
import { notSent } from "./inbound/deliver.ts";
import { openHome, sendEvent, workspaceEvents } from "./inbound/event.ts";
import { closeView, submit } from "./inbound/modal.ts";
import { press } from "./inbound/press.ts";
import { suggest } from "./inbound/suggest.ts";
import { installIn } from "./installs.ts";
import type { Platform } from "./platform.ts";
import type { Workspace } from "./state.ts";
import type { Delivery, PretendWorkspace } from "./types.ts";
import { stackOf } from "./views.ts";

type Acts = Pick<
  PretendWorkspace,
  | "typeCommand"
  | "say"
  | "press"
  | "suggest"
  | "submit"
  | "closeView"
  | "openHome"
  | "shareChannel"
  | "event"
>;

/** What people do in one workspace. Slack itself stops what is meant for an app that is not there. */
export function actsIn(
  workspace: Workspace,
  { deliver }: Platform,
  commands: readonly string[],
): Acts {
  const isInstalled = () => installIn(workspace.installs, workspace.team.id) !== undefined;
  const whenInstalled = async (act: () => Promise<Delivery>) =>
    isInstalled() ? act() : notSent("This app is not installed.", "not_allowed");
  return {
    typeCommand: (person, channel, text) =>
      typeCommand(workspace, deliver, isInstalled() ? commands : [], { person, channel, text }),
    say: (person, channel, text) => say(workspace, person, channel, text),
    press: (person, place, actionId, blockId, selected, values) =>
      whenInstalled(() =>
        press(workspace, deliver, { person, place, actionId, blockId, selected, values }),
      ),
    suggest: async (person, viewId, actionId, query) =>
      isInstalled() ? suggest(workspace, deliver, { person, viewId, actionId, query }) : [],
    submit: (person, viewId, values) =>
      whenInstalled(() => submit(workspace, deliver, { person, viewId, values })),
    closeView: (person, viewId) =>
      whenInstalled(() => closeView(workspace, deliver, { person, viewId })),
    openHome: (person) => whenInstalled(() => openHome(workspace, deliver, person)),
    shareChannel(name, withTeam) {
      const channel = channelOf(workspace, name);
      channel.isExtShared = true;
      channel.connectedTeams = [...(channel.connectedTeams ?? []), withTeam];
      workspace.changed();
      const event = { type: "channel_shared", connected_team_id: withTeam, channel: channel.id };
      return sendEvent(workspaceEvents(workspace), deliver, event);
    },
    event: (type, fields, how) =>
      sendEvent(workspaceEvents(workspace), deliver, { type, ...fields }, how),
  };
}

type Sights = Pick<PretendWorkspace, "messages" | "ephemerals" | "views" | "home">;

/** What people see there. */
export function sightsIn(workspace: Workspace): Sights {
  return {
    messages(channel) {
      const { id } = channelOf(workspace, channel);
      return workspace.messages.filter((one) => one.channel === id && !one.visibleTo);
    },
    ephemerals(person, channel) {
      const { id } = personOf(workspace, person);
      const place = channel && channelOf(workspace, channel).id;
      return workspace.messages.filter(
        (one) => one.visibleTo === id && (!place || one.channel === place),
      );
    },
    views: (person) => stackOf(workspace, personOf(workspace, person).id),
    home: (person) => workspace.homes.get(personOf(workspace, person).id),
  };
}
