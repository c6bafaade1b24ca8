import type { Person } from "../../domain/person.ts";
import { groupsNamed, mayConfigure } from "../../domain/rights.ts";
import { loadPolicy, type PolicyInForce } from "../../flows/load-policy.ts";
import type { World } from "../../world.ts";
import type { Message } from "../cards/message.ts";
import type { Channels } from "../channels.ts";
import { postTo } from "../deliver/post.ts";
import type { NameBook } from "../names.ts";
import type { People, Unverifiable } from "../people.ts";
import { slackErrorOf } from "../troubles.ts";
import type { SlackWeb } from "../web.ts";

/** What every listener works with. */
export interface Desk {
  world: World;
  web: SlackWeb;
  people: People;
  channels: Channels;
  names: NameBook;
}

/** Where something came from, and how to answer there so that only that person sees it. */
export interface Origin {
  workspace: string;
  user: string;
  channel: string;
  responseUrl?: string | undefined;
  /** The same for every run of the same request. */
  requestKey: string;
}

/** Somebody we know, and the policy they meet. */
export interface Known {
  kind: "person";
  person: Person;
  policy: PolicyInForce;
}
export type Visitor = Known | Unverifiable;

/** Who is this, really, and what does the policy say just now? */
export async function visitorOf(
  desk: Desk,
  workspace: string,
  user: string,
  moreGroups: readonly string[] = [],
): Promise<Visitor> {
  const policy = await loadPolicy(desk.world, workspace);
  const known = await desk.people.know(workspace, user, {
    admins: policy.policy.admins ?? [],
    groups: [...new Set([...groupsNamed(policy.policy), ...moreGroups])],
  });
  if (known.kind === "person") return { ...known, policy };
  desk.world.log.warn("Slack could not say who someone is", { workspace, reason: known.reason });
  return known;
}

/** Somebody who may change the workspace's settings, or why not. */
export async function configuringVisitor(
  desk: Desk,
  workspace: string,
  user: string,
): Promise<Known | { sentence: string }> {
  const visitor = await visitorOf(desk, workspace, user);
  if (visitor.kind !== "person") return visitor;
  const leave = mayConfigure(visitor.person, visitor.policy.policy);
  return leave.ok ? visitor : leave;
}

/** Answers one person, by the request's own address or else in the channel, or else by direct message. */
export async function answer(
  desk: Desk,
  origin: Origin,
  message: Message,
  replace = false,
): Promise<void> {
  const ephemeral = { response_type: "ephemeral", replace_original: replace, ...message };
  if (origin.responseUrl && (await desk.web.answer(origin.responseUrl, ephemeral))) return;
  const { chat } = await desk.web.client(origin.workspace);
  try {
    await chat.postEphemeral({ channel: origin.channel, user: origin.user, ...message });
  } catch (error) {
    if (slackErrorOf(error) === undefined) throw error;
    await postTo(desk.web, origin.workspace, origin.user, message);
  }
}
