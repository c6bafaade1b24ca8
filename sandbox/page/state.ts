import { type VendorName, vendorNames, vendorTitles } from "../../src/domain/campaign.ts";
import type { PretendChannel, PretendMessage, PretendSlack, PretendView } from "../slack/types.ts";
import type { LoggedCall, PretendVendor } from "../vendors/pretend.ts";
import { roleOf } from "./roles.ts";
import type { Stage } from "./stage.ts";
import { faultNameOf } from "./vendor-faults.ts";
import type {
  WireCall,
  WireChannel,
  WireMessage,
  WireState,
  WireVendor,
  WireView,
} from "./wire.ts";

const callsShown = 12;

/** Everything one person may see, and nothing that only others may. */
export function stateFor(stage: Stage, person: string): WireState {
  const { slack, vendors, clock } = stage;
  const channels = slack.channels.filter((channel) => maySee(slack, channel, person));
  return {
    you: person,
    team: slack.team.name,
    bot: slack.botUserId,
    people: slack.people
      .filter(({ isBot, deleted }) => !isBot && !deleted)
      .map((one) => ({
        id: one.id,
        name: one.name,
        realName: one.realName,
        color: one.color,
        role: roleOf(one, slack.groups),
        zone: one.tz ?? "UTC",
      })),
    channels: channels.map(wireChannel),
    groups: slack.groups.map(({ id, handle }) => ({ id, name: handle })),
    messages: channels.flatMap(({ id }) => messagesIn(slack, id, person)),
    views: slack.views(person).map(wireView),
    vendors: vendorNames.map((name) => wireVendor(name, vendors[name])),
    now: clock.now().toISOString(),
  };
}

function maySee(slack: PretendSlack, channel: PretendChannel, person: string): boolean {
  if (channel.isArchived) return false;
  if (channel.members.includes(person)) return true;
  const someone = slack.people.find(({ id }) => id === person);
  const outside = someone?.isRestricted || someone?.isUltraRestricted || someone?.isStranger;
  return !channel.isPrivate && !channel.isIm && !outside;
}

function wireChannel(channel: PretendChannel): WireChannel {
  const kind = channel.isIm ? "direct" : channel.isPrivate ? "private" : "public";
  return { id: channel.id, name: channel.name, kind, shared: channel.isExtShared };
}

function messagesIn(slack: PretendSlack, channel: string, person: string): WireMessage[] {
  const seen = slack.messages(channel).filter(({ visibleTo }) => !visibleTo);
  return [...seen, ...slack.ephemerals(person, channel)]
    .map(wireMessage)
    .sort((one, other) => Number(one.ts) - Number(other.ts));
}

function wireMessage(message: PretendMessage): WireMessage {
  return {
    channel: message.channel,
    ts: message.ts,
    ...(message.threadTs && { threadTs: message.threadTs }),
    user: message.user,
    text: message.text,
    blocks: message.blocks,
    edited: message.showsEdited,
    onlyYou: message.visibleTo !== undefined,
  };
}

function wireView(view: PretendView): WireView {
  return {
    id: view.id,
    title: view.title,
    ...(view.submit && { submit: view.submit }),
    close: view.close ?? "Cancel",
    blocks: view.blocks,
    errors: view.errors,
  };
}

function wireVendor(name: VendorName, vendor: PretendVendor): WireVendor {
  const log = vendor.log();
  return {
    name,
    title: vendorTitles[name],
    campaigns: vendor
      .campaigns()
      .map(({ id, name, word, changes }) => ({ id, name, word, changes })),
    words: vendor.words,
    fault: faultNameOf(vendor.faults.current()),
    calls: log.map(wireCall).slice(-callsShown).reverse(),
    callCount: log.length,
  };
}

function wireCall(
  { at, method, path, status, changing, effect }: LoggedCall,
  index: number,
): WireCall {
  return {
    number: index + 1,
    at: at.toISOString(),
    method,
    path,
    status,
    changing,
    ...(effect && { effect: `${effect.from} → ${effect.to}` }),
  };
}
