import { isStopping } from "../../domain/judge-one.ts";
import type { Person } from "../../domain/person.ts";
import type { PolicyAction } from "../../domain/policy.ts";
import { groupsAsking, groupsNamed, mayConfigure } from "../../domain/rights.ts";
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
import { isNobody, nobodyAnyMore, type People, type Unverifiable } from "../people.ts";
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
  /** The moment of what they did: user groups that decide about it are read after that. */
  since: number;
  /** Who they were a minute ago: enough to show something, and no more is looked up afresh for it. */
  glance?: true;
  /** Slack cannot say who they are now, and this is when it last did: enough to stop something. */
  lastKnown?: Date;
}
export type Visitor = Known | Unverifiable;

/** What hangs on who somebody is: what they ask for, or nothing that is decided, or nothing but what they are shown. */
type Purpose = PolicyAction | "look" | "glance";

/**
 * Who is this, really, and what does the policy say just now? Only the user groups on which the purpose hangs are
 * read; of all others it is not known whether they are in them.
 */
export async function visitorOf(
  desk: Desk,
  workspace: string,
  user: string,
  purpose?: Purpose,
): Promise<Visitor> {
  const since = desk.people.moment();
  const policy = await loadPolicy(desk.world, workspace);
  const admins = policy.policy.admins ?? [];
  const needed = { admins, since, ...neededFor(policy, purpose) };
  const known = await desk.people.know(workspace, user, needed);
  if (known.kind === "person")
    return {
      kind: "person",
      person: unreadToo(known.person, policy),
      policy,
      since,
      ...(needed.glance && { glance: true }),
    };
  desk.world.log.warn("Slack could not say who someone is", { workspace, reason: known.reason });
  if (!known.lastKnown || !needed.stopping) return known;
  const { person, seenAt: lastKnown } = known.lastKnown;
  return { kind: "person", person: unreadToo(person, policy), policy, since, lastKnown };
}

function neededFor({ policy }: PolicyInForce, purpose: Purpose | undefined) {
  if (purpose === undefined) return { groups: [], glance: false, stopping: false };
  if (purpose === "look" || purpose === "glance") {
    const glance = purpose === "glance";
    return { groups: groupsNamed(policy), look: true, glance, stopping: false };
  }
  return { groups: groupsAsking(policy, purpose), glance: false, stopping: isStopping(purpose) };
}

/** Whoever asks for this, with the groups on which that hangs; a sentence where Slack could not say who they are now. */
export async function askingVisitor(
  desk: Desk,
  workspace: string,
  visitor: Known,
  action: PolicyAction,
): Promise<Known | { kind: "unverifiable"; sentence: string }> {
  if (visitor.lastKnown && !isStopping(action))
    return { kind: "unverifiable", sentence: slackSilent };
  const { groups, stopping } = neededFor(visitor.policy, action);
  return withGroups(desk, workspace, visitor, groups, stopping);
}

const slackSilent =
  "Slack could not tell us who you are just now, so nothing was done. Please ask again in a minute.";

/** The same person with these user groups read as well, for what they have just done. */
export async function withGroups(
  desk: Desk,
  workspace: string,
  visitor: Known,
  groups: readonly string[],
  stopping = false,
): Promise<Known> {
  const { person, policy, since, glance: look = false } = visitor;
  const read = await desk.people.withGroups(workspace, person, { groups, since, look, stopping });
  return { ...visitor, person: unreadToo(read, policy) };
}

/** A group that nobody has asked about is not known: nothing is granted for it, and no deny passed over. */
function unreadToo(person: Person, { policy }: PolicyInForce): Person {
  const { groups, notIn = [], unread = [] } = person;
  const named = groupsNamed(policy).filter((one) => ![...groups, ...notIn].includes(one));
  return { ...person, unread: [...new Set([...unread, ...named])] };
}

/** Somebody who asked for something before, for what follows from it; whoever Slack knows no more may nothing. */
export async function personBehind(
  desk: Desk,
  workspace: string,
  user: string,
  purpose: PolicyAction | "glance",
): Promise<Visitor> {
  const found = await visitorOf(desk, workspace, user, purpose);
  if (found.kind === "person" || !isNobody(found)) return found;
  const policy = await loadPolicy(desk.world, workspace);
  return { kind: "person", person: nobodyAnyMore(user), policy, since: desk.people.moment() };
}

/** The same for a request that was written down: where Slack cannot say just now who it is, it waits. */
export async function awaitVisitor(
  desk: Desk,
  { workspace, user }: Pick<Origin, "workspace" | "user">,
  purpose?: Purpose,
): Promise<Visitor> {
  const visitor = await visitorOf(desk, workspace, user, purpose);
  waitsFor(visitor);
  return visitor;
}

/** Throws where Slack may say later who it is. */
export function waitsFor(visitor: Visitor): void {
  if (visitor.kind !== "person" && mayPass(visitor.reason)) throw new NotKnownYet(visitor.reason);
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
