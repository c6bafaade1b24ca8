import type { Person } from "../../domain/person.ts";
import { groupsNamed, mayConfigure } from "../../domain/rights.ts";
import { idFrom } from "../../flows/ids.ts";
import { loadPolicy, type PolicyInForce } from "../../flows/load-policy.ts";
import { newJob } from "../../queue/kinds.ts";
import { enqueue, type NewJob } from "../../store/jobs.ts";
import type { World } from "../../world.ts";
import type { Admins } from "../admins.ts";
import { type Kept, withAge } from "../cards/age-words.ts";
import type { Message } from "../cards/message.ts";
import type { Channels } from "../channels.ts";
import { orPlainly, postTo } from "../deliver/post.ts";
import type { NameBook } from "../names.ts";
import type { People, Unverifiable } from "../people.ts";
import { comesBack, mayPass, NotKnownYet, slackErrorOf } from "../troubles.ts";
import type { SlackWeb } from "../web.ts";

/** What every listener works with. */
export interface Desk {
  world: World;
  web: SlackWeb;
  people: People;
  channels: Channels;
  names: NameBook;
  admins: Admins;
}

/** Where something came from, and how to answer there so that only that person sees it. */
export interface Origin {
  workspace: string;
  user: string;
  channel: string;
  responseUrl?: string | undefined;
  /** The same for every run of the same request. */
  requestKey: string;
  /** Of a request that was written down before it was worked. */
  kept?: Kept | undefined;
}

/** What the inbox knows of a request, from the context that Bolt hands on. */
export function keptIn(
  context: Readonly<Record<string, unknown>>,
): Pick<Origin, "requestKey" | "kept"> {
  return { requestKey: String(context.requestKey), kept: context.kept as Kept | undefined };
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

/** The same for a request that was written down: where Slack cannot say just now who it is, it waits. */
export async function awaitVisitor(
  desk: Desk,
  { workspace, user }: Pick<Origin, "workspace" | "user">,
): Promise<Visitor> {
  const visitor = await visitorOf(desk, workspace, user);
  if (visitor.kind !== "person" && mayPass(visitor.reason)) throw new NotKnownYet(visitor.reason);
  return visitor;
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

/**
 * Answers one person, by the request's own address or else in the channel, or else by direct message. Where Slack
 * takes none of them just now the words are written down and delivered later, so that no work is done twice for them.
 */
export async function answer(
  desk: Desk,
  origin: Origin,
  message: Message,
  replace = false,
): Promise<void> {
  const { world } = desk;
  try {
    await whisper(desk, origin, message, replace);
  } catch (error) {
    if (!comesBack(error)) throw error;
    await world.store.write((q) =>
      enqueue(q, answerJob(origin, message, world.now()), world.now()),
    );
    world.wake();
  }
}

/** The same, once and now; throws where Slack takes it nowhere. */
export async function whisper(
  desk: Pick<Desk, "web" | "world">,
  origin: Origin,
  plain: Message,
  replace = false,
): Promise<void> {
  const message = withAge(plain, origin.kept, desk.world.now());
  if (await mention(desk, origin, message, replace)) return;
  const { chat } = await desk.web.client(origin.workspace);
  try {
    const { channel, user } = origin;
    await orPlainly(message, (words) => chat.postEphemeral({ channel, user, ...words }));
  } catch (error) {
    if (slackErrorOf(error) === undefined || comesBack(error)) throw error;
    await postTo(desk.web, origin.workspace, origin.user, message);
  }
}

/** Only by the request's own address; false where that does not take it, and then it is left out. */
export async function mention(
  desk: Pick<Desk, "web">,
  { responseUrl }: Origin,
  message: Message,
  replace = false,
): Promise<boolean> {
  const ephemeral = { response_type: "ephemeral", replace_original: replace, ...message };
  return responseUrl !== undefined && desk.web.answer(responseUrl, ephemeral);
}

function answerJob(origin: Origin, { text, blocks }: Message, now: Date): NewJob {
  const { workspace, user, channel, responseUrl, requestKey, kept } = origin;
  const words = { text, blocks: blocks.map((block) => ({ ...block })) };
  const asked = {
    askedAt: kept?.askedAt ?? now,
    ...(responseUrl !== undefined && { responseUrl }),
  };
  const key = `answer:${workspace}:${requestKey}:${idFrom("ans", text)}`;
  return newJob("answer", workspace, { user, channel, ...words, ...asked }, { key });
}
