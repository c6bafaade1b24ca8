import type { Finding } from "../../domain/finding.ts";
import { examineConnections, examinePolicy } from "../../flows/examine-workspace.ts";
import { loadPolicy } from "../../flows/load-policy.ts";
import { type ClosedChannel, closedChannels } from "../../store/closed-channels.ts";
import { digestFor } from "../../store/digests.ts";
import type { World } from "../../world.ts";
import type { SlackWeb } from "../web.ts";
import { examineChannel, type Place } from "./channel.ts";
import { examineGroups } from "./groups.ts";
import { examineToken } from "./token.ts";

interface Looking {
  world: World;
  web: SlackWeb;
}

/** Everything that one workspace needs to work, looked at now: its policy, Slack, its channels, its connections. */
export async function examineWorkspace(looking: Looking, workspace: string): Promise<Finding[]> {
  const found = await Promise.all([
    examinePolicy(looking.world, workspace),
    examineSlack(looking, workspace),
    examineGroups(looking, workspace),
    examineConnections(looking.world, workspace),
  ]);
  return found.flat();
}

async function examineSlack({ world, web }: Looking, workspace: string): Promise<Finding[]> {
  const { findings, scopes } = await examineToken(web, workspace);
  const closed = await world.store.read((q) => closedChannels(q, workspace));
  const places = await placesOf(world, workspace, closed);
  const channels = scopes
    ? await Promise.all(places.map((place) => examineChannel(web, workspace, place, scopes)))
    : [];
  const elsewhere = closed.filter(({ channel }) => places.every((one) => one.channel !== channel));
  return [...findings, ...channels, ...elsewhere.map((one) => noted(workspace, one))];
}

async function placesOf(
  world: World,
  workspace: string,
  closed: readonly ClosedChannel[],
): Promise<Place[]> {
  const { policy } = await loadPolicy(world, workspace);
  const digest = await world.store.read((q) => digestFor(q, workspace));
  const refusedIn = (channel: string) => closed.find((one) => one.channel === channel)?.reason;
  const place = (what: Place["what"], channel: string | undefined): Place[] =>
    channel === undefined ? [] : [{ what, channel, refused: refusedIn(channel) }];
  return [...place("policy channel", policy.channel), ...place("digest channel", digest?.channel)];
}

/** A place where somebody once asked for something: nothing is owed there, so nothing is wrong. */
function noted(workspace: string, { channel }: ClosedChannel): Finding {
  const sentence = "It took no card the last time. Cards asked for there go to the asker.";
  return { what: "closed channel", workspace, channel, ok: true, sentence };
}
