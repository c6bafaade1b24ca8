import { createLimits } from "./api/limits.ts";
import { channelOf, personOf } from "./find.ts";
import { say, typeCommand } from "./inbound/command.ts";
import { createDeliver } from "./inbound/deliver.ts";
import { openHome, sendEvent } from "./inbound/event.ts";
import { closeView, submit } from "./inbound/modal.ts";
import { press } from "./inbound/press.ts";
import { suggest } from "./inbound/suggest.ts";
import { startServer } from "./server.ts";
import { createWorkspace } from "./state.ts";
import type { PretendSlack, PretendSlackOptions } from "./types.ts";
import { stackOf } from "./views.ts";

export { signRequest } from "./signature.ts";
export type * from "./types.ts";

const slackPatienceMs = 3000;
const defaultSecret = "0123456789abcdef0123456789abcdef";

/** A Slack workspace of one's own: Slack's Web API on one side, people who do things on the other. */
export async function startPretendSlack(options: PretendSlackOptions): Promise<PretendSlack> {
  const workspace = createWorkspace({
    now: options.now,
    random: options.random ?? Math.random,
    signingSecret: options.signingSecret ?? defaultSecret,
  });
  const limits = options.limits ? createLimits(options.now) : undefined;
  const server = await startServer(workspace, options.port ?? 0, limits);
  const commands = options.commands ?? ["/campaign"];
  let botUrl: string | undefined;
  const deliver = createDeliver(workspace, {
    botUrl: () => botUrl,
    patienceMs: options.patienceMs ?? slackPatienceMs,
  });
  return {
    url: workspace.url,
    botToken: workspace.botToken,
    signingSecret: workspace.signingSecret,
    appId: workspace.appId,
    botId: workspace.botId,
    botUserId: workspace.botUserId,
    team: workspace.team,
    people: workspace.people,
    channels: workspace.channels,
    groups: workspace.groups,
    setBot: (url) => {
      botUrl = url;
    },
    typeCommand: (person, channel, text) =>
      typeCommand(workspace, deliver, commands, { person, channel, text }),
    say: (person, channel, text) => say(workspace, person, channel, text),
    press: (person, place, actionId, blockId, selected, values) =>
      press(workspace, deliver, { person, place, actionId, blockId, selected, values }),
    suggest: (person, viewId, actionId, query) =>
      suggest(workspace, deliver, { person, viewId, actionId, query }),
    submit: (person, viewId, values) => submit(workspace, deliver, { person, viewId, values }),
    closeView: (person, viewId) => closeView(workspace, deliver, { person, viewId }),
    openHome: (person) => openHome(workspace, deliver, person),
    event: (type, fields, how) => sendEvent(workspace, deliver, { type, ...fields }, how),
    send: deliver,
    messages: (channel) => {
      const { id } = channelOf(workspace, channel);
      return workspace.messages.filter((one) => one.channel === id && !one.visibleTo);
    },
    ephemerals: (person, channel) => {
      const { id } = personOf(workspace, person);
      const place = channel && channelOf(workspace, channel).id;
      return workspace.messages.filter(
        (one) => one.visibleTo === id && (!place || one.channel === place),
      );
    },
    views: (person) => stackOf(workspace, personOf(workspace, person).id),
    home: (person) => workspace.homes.get(personOf(workspace, person).id),
    calls: () => [...workspace.calls],
    faults: {
      set: (fault) => {
        if (fault) workspace.faults.push({ ...fault });
        else workspace.faults.length = 0;
      },
    },
    now: options.now,
    onChange: workspace.onChange,
    reset: workspace.reset,
    close: server.close,
  };
}
