import type { Change } from "../domain/change.ts";
import { folded } from "../domain/glob.ts";
import { mostAtStop } from "../domain/how-many.ts";
import { judge } from "../domain/judge.ts";
import type { Person } from "../domain/person.ts";
import type { Policy } from "../domain/policy.ts";
import { emptyScope, isGrowing, type StopScope } from "../domain/stop-scope.ts";
import { loadChange } from "../store/changes.ts";
import { type Connection, listConnections } from "../store/connections.ts";
import { stopIsRead } from "../store/stops.ts";
import { inTime } from "../waiting.ts";
import type { World } from "../world.ts";
import type { FoundTarget, NotFound } from "./find-wished.ts";
import { growStop, leftOutJobs, restJobs, sorted, stopApart, withoutLater } from "./grow-stop.ts";
import { idFrom } from "./ids.ts";
import { loadPolicy } from "./load-policy.ts";
import { refusePerson } from "./refuse-person.ts";
import { readForStop, type StopRead } from "./stop-reads.ts";
import { type Submission, type Submitted, submitFound, submittedEarlier } from "./submit-change.ts";
import { type Swept, sweepForStop } from "./sweep-stop.ts";

export interface StopWish {
  workspace: string;
  requestKey: string;
  by: Person;
  channel: string;
  /** By name; none means every connection. */
  connections: readonly string[];
  reason: string;
}

export type Stopped =
  /** How far it came stands in the change. */
  | { kind: "submitted"; change: Change }
  | { kind: "nothing_runs"; scope: StopScope }
  | Extract<Submitted, { kind: "refused" }>
  | Extract<NotFound, { kind: "no_connection" }>;

const mostTries = 3;
/** Connections that answer as good as together begin together, on one card. */
const togetherMs = 50;

/**
 * The emergency stop: everything that a pause can act on now, at every connection or at those named, as one change.
 * The pauses of each connection begin as soon as its own list is there; the stop has come back once all are.
 */
export async function stopAll(world: World, wish: StopWish): Promise<Stopped> {
  const { workspace } = wish;
  const known = await world.store.read((q) => listConnections(q, workspace));
  const earlier = await submittedEarlier(world, wish);
  if (earlier) {
    const rest = readsOf(world, stillOpen(earlier, known), nothing);
    return andIsRead(world, wish, finish(world, earlier, rest));
  }
  const nobody = await refusePerson(world, workspace, wish.by, "stop");
  if (nobody) return nobody;
  const missing = wish.connections.find((name) => !known.some((one) => isNamed(one, name)));
  if (missing !== undefined || known.length === 0)
    return { kind: "no_connection", name: missing ?? "", known: known.map(({ name }) => name) };
  const wanted = known.filter(
    (one) => wish.connections.length === 0 || wish.connections.some((name) => isNamed(one, name)),
  );
  const swept = await sweepForStop(world, wish, wanted);
  return andIsRead(world, wish, stopEach(world, wish, readsOf(world, wanted, swept)));
}

async function andIsRead(
  world: World,
  { workspace, requestKey }: StopWish,
  stopping: Promise<Stopped>,
): Promise<Stopped> {
  const stopped = await stopping;
  const id = idFrom("chg", workspace, requestKey);
  await world.store.write((q) => stopIsRead(q, workspace, id, world.now()));
  return stopped;
}

const nothing: Swept = { held: [], busy: [] };

/** Every connection's reading, under way. */
interface Reads {
  all: readonly { connection: Connection; read: Promise<StopRead> }[];
  /** What has come so far. */
  come: StopRead[];
  /** Campaigns that are being resumed, as `connection:id`. */
  later: readonly string[];
}

/** What the sweep has found at a connection is part of what runs there, whether its list can be read or not. */
function readsOf(world: World, connections: readonly Connection[], { held, busy }: Swept): Reads {
  const come: StopRead[] = [];
  const all = connections.map((connection) => {
    const read = readForStop(world, connection).then((one) => withHeld(one, held));
    // Whoever awaits it hears of a failure; until then it is nobody's surprise.
    read.then((one) => come.push(one)).catch(() => {});
    return { connection, read };
  });
  const later = busy.map((one) => `${one.connection}:${one.campaign.id}`);
  return { all, come, later };
}

function withHeld(read: StopRead, held: readonly FoundTarget[]): StopRead {
  const known = new Set(read.targets.map(({ campaign }) => campaign.id));
  const more = held.filter(
    ({ connectionId, campaign }) => connectionId === read.connection.id && !known.has(campaign.id),
  );
  return more.length === 0 ? read : { ...read, targets: [...read.targets, ...more] };
}

async function stopEach(world: World, wish: StopWish, reads: Reads): Promise<Stopped> {
  const { policy } = await loadPolicy(world, wish.workspace);
  if (!countsCampaigns(policy)) await firstThatBegins(world, wish, policy, reads);
  else await everyRead(reads);
  const first = reads.come.filter((read) => begins(world, wish, policy, read));
  const kind = first[0] && verdictOf(world, wish, policy, first[0])?.kind;
  const alike = first.filter((read) => verdictOf(world, wish, policy, read)?.kind === kind);
  const whole = alike.length === 0 || countsCampaigns(policy);
  if (whole) return submitWhole(world, wish, policy, reads);
  const submitted = await submitFirst(world, wish, reads, alike);
  if (submitted.kind === "submitted") return finish(world, submitted.change, reads);
  return submitWhole(world, wish, policy, reads);
}

/** Waits until pauses can begin somewhere, and a moment longer; or until everything is read. */
async function firstThatBegins(
  world: World,
  wish: StopWish,
  policy: Policy,
  reads: Reads,
): Promise<void> {
  await Promise.any(
    reads.all.map(async ({ read }) => {
      if (!begins(world, wish, policy, await read)) throw new Error("nothing begins here");
    }),
  ).catch(() => everyRead(reads));
  await inTime(everyRead(reads), togetherMs);
}

function everyRead({ all }: Reads): Promise<StopRead[]> {
  return Promise.all(all.map(({ read }) => read));
}

/** A rule that counts the campaigns of a stop can be judged only once all are counted. */
function countsCampaigns({ rules }: Policy): boolean {
  return rules.some(
    ({ when }) => when.targets !== undefined && (!when.action || when.action.includes("stop")),
  );
}

function begins(world: World, wish: StopWish, policy: Policy, read: StopRead): boolean {
  const kind = verdictOf(world, wish, policy, read)?.kind;
  return kind === "allow" || kind === "ratify";
}

function verdictOf(world: World, { by }: StopWish, policy: Policy, { targets }: StopRead) {
  if (targets.length === 0) return undefined;
  return judge(policy, { action: "stop", by, targets, at: world.now() });
}

/** What can begin goes on record at once; the other connections are added to it as they are read. */
async function submitFirst(
  world: World,
  wish: StopWish,
  { all, come, later }: Reads,
  first: readonly StopRead[],
): Promise<Stopped> {
  const isIn = ({ id }: Connection) => first.some(({ connection }) => connection.id === id);
  const isDone = (one: StopRead) =>
    isIn(one.connection) || (one.targets.length === 0 && !one.reached.unread);
  const done = new Set(come.filter(isDone).map(({ connection }) => connection.id));
  const open = all
    .map(({ connection: { id, name } }) => ({ id, name }))
    .filter(({ id }) => !done.has(id));
  const unread = first.flatMap(({ reached }) => reached.unread ?? []);
  const scope = { ...emptyScope, open, unread, later };
  return submitFree(
    world,
    wish,
    scope,
    first.flatMap(({ targets }) => targets),
  );
}

/** Everything in one change, as the policy judges it as a whole; a connection where nothing may be stopped stands alone. */
async function submitWhole(
  world: World,
  wish: StopWish,
  policy: Policy,
  given: Reads,
): Promise<Stopped> {
  const reads = await everyRead(given);
  const whole = countsCampaigns(policy);
  const denied = reads.flatMap((read) => {
    const verdict = whole ? undefined : verdictOf(world, wish, policy, read);
    return verdict?.kind === "deny" ? [{ read, sentence: verdict.sentence }] : [];
  });
  const rest = reads.filter((one) => !denied.some(({ read }) => read === one));
  const some = rest.some(({ targets }) => targets.length > 0);
  const taking = some ? rest : reads;
  const scope = {
    ...emptyScope,
    later: given.later,
    unread: taking.flatMap(({ reached }) => reached.unread ?? []),
    denied: denied
      .filter(() => some)
      .map(({ read, sentence }) => ({ connection: read.connection.name, sentence })),
  };
  return submitFree(
    world,
    wish,
    scope,
    taking.flatMap(({ targets }) => targets),
  );
}

/** Whoever takes one of the campaigns at this very moment is left out as well, and the rest is tried again. */
async function submitFree(
  world: World,
  wish: StopWish,
  given: StopScope,
  running: readonly FoundTarget[],
): Promise<Stopped> {
  for (let tries = 1; ; tries += 1) {
    const { free, taken } = await sorted(world, wish.workspace, running);
    const targets = free.slice(0, mostAtStop);
    const left = withoutLater(given, taken);
    const scope = { ...given, taken: left, beyond: free.length - targets.length };
    if (targets.length === 0) return { kind: "nothing_runs", scope };
    const submitted = await submitFound(world, submissionOf(wish, scope), targets);
    if (submitted.kind === "submitted") return submitted;
    if (submitted.kind !== "refused") throw new Error(`a stop was answered with ${submitted.kind}`);
    const now = await sorted(world, wish.workspace, targets);
    if (now.taken.length === 0 || tries >= mostTries) return submitted;
  }
}

function submissionOf(wish: StopWish, scope: StopScope): Submission {
  const { workspace, requestKey, by, channel, reason } = wish;
  return {
    ...{ workspace, requestKey, by, channel, reason, scope },
    ...{ action: "pause", stop: true },
    jobs: (change) => [...restJobs(change), ...leftOutJobs(change)],
  };
}

/** Adds what is still being read as it comes; what needs a change of its own gets one, all of it together. */
async function finish(world: World, stop: Change, { all }: Reads): Promise<Stopped> {
  const key = { workspace: stop.workspace, changeId: stop.id };
  const grown = await Promise.all(all.map(async ({ read }) => growStop(world, key, await read)));
  const apart = grown.flatMap((one) => (one.kind === "apart" ? [one.read] : []));
  if (apart.length > 0) await stopApart(world, stop, apart, "apart");
  const change = await world.store.read((q) => loadChange(q, stop.workspace, stop.id));
  return { kind: "submitted", change: change ?? stop };
}

function stillOpen(stop: Change, known: readonly Connection[]): Connection[] {
  if (!isGrowing(stop)) return [];
  return known.filter(({ id }) => stop.scope?.open.some((one) => one.id === id));
}

function isNamed({ name }: Connection, wanted: string): boolean {
  return folded(name) === folded(wanted);
}
