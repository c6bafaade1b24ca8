import type { Campaign } from "../domain/campaign.ts";
import type { Change } from "../domain/change.ts";
import { folded } from "../domain/glob.ts";
import { mostAtStop } from "../domain/how-many.ts";
import type { Person } from "../domain/person.ts";
import { newJob } from "../queue/kinds.ts";
import { openCampaigns } from "../store/changes.ts";
import { type Connection, listConnections } from "../store/connections.ts";
import type { World } from "../world.ts";
import { campaignKey, foundIn } from "./find-exact.ts";
import type { FoundTarget, NotFound } from "./find-wished.ts";
import { type Listing, readCampaigns } from "./read-campaigns.ts";
import { refusePerson } from "./refuse-person.ts";
import { type Submission, type Submitted, submitFound, submittedEarlier } from "./submit-change.ts";
import { sweepForStop } from "./sweep-stop.ts";

export interface StopWish {
  workspace: string;
  requestKey: string;
  by: Person;
  channel: string;
  /** By name; none means every connection. */
  connections: readonly string[];
  reason: string;
}

/** What the stop did not reach, each by name. */
interface LeftOut {
  /** Connections that could not be read. */
  unread: readonly string[];
  /** Campaigns that another open change holds, as `connection:id`. */
  taken: readonly string[];
  /** Campaigns that are being resumed, and are paused as soon as that has ended. */
  later: readonly string[];
  /** How many more run than one change takes. */
  beyond: number;
}

export type Stopped =
  | { kind: "submitted"; change: Change; leftOut: LeftOut }
  | { kind: "nothing_runs"; leftOut: LeftOut }
  | Extract<Submitted, { kind: "refused" }>
  | Extract<NotFound, { kind: "no_connection" }>;

/** How long any connection may take to say what runs, before the others are stopped without it. */
const listWithinMs = 8_000;
const mostTries = 3;

/** The emergency stop: everything that a pause can act on now, at every connection or at those named, as one change. */
export async function stopAll(world: World, wish: StopWish): Promise<Stopped> {
  const { workspace } = wish;
  const known = await world.store.read((q) => listConnections(q, workspace));
  const earlier = await submittedEarlier(world, wish);
  if (earlier) return { kind: "submitted", change: earlier, leftOut: nothing };
  const nobody = await refusePerson(world, workspace, wish.by, "stop");
  if (nobody) return nobody;
  const missing = wish.connections.find((name) => !known.some((one) => isNamed(one, name)));
  if (missing !== undefined || known.length === 0)
    return { kind: "no_connection", name: missing ?? "", known: known.map(({ name }) => name) };
  const wanted = known.filter(
    (one) => wish.connections.length === 0 || wish.connections.some((name) => isNamed(one, name)),
  );
  const connectionIds = wanted.map(({ id }) => id);
  const swept = await sweepForStop(world, wish, wanted);
  const listings = await readCampaigns(world, workspace, { connectionIds, withinMs: listWithinMs });
  const running = withHeld(runningIn(world, wanted, listings), swept.held);
  const later = swept.busy.map(nameOf);
  return submitWhatRuns(world, wish, running, { unread: unreadOf(listings), later });
}

const nothing: LeftOut = { unread: [], taken: [], later: [], beyond: 0 };

/** Without those that run already, of which more is known. */
function withHeld(running: readonly FoundTarget[], held: readonly FoundTarget[]): FoundTarget[] {
  const keys = new Set(running.map((one) => campaignKey(one.connectionId, one.campaign.id)));
  return [
    ...running,
    ...held.filter((one) => !keys.has(campaignKey(one.connectionId, one.campaign.id))),
  ];
}

function nameOf({ connection, campaign }: Pick<FoundTarget, "connection" | "campaign">): string {
  return `${connection}:${campaign.id}`;
}

/** Whoever takes one of the campaigns at this very moment is left out as well, and the rest is tried again. */
async function submitWhatRuns(
  world: World,
  wish: StopWish,
  running: readonly FoundTarget[],
  { unread, later }: Pick<LeftOut, "unread" | "later">,
): Promise<Stopped> {
  for (let tries = 1; ; tries += 1) {
    const { free, taken: held } = await sorted(world, wish.workspace, running);
    const targets = free.slice(0, mostAtStop);
    const taken = held.filter((name) => !later.includes(name));
    const leftOut = { unread, taken, later, beyond: free.length - targets.length };
    if (targets.length === 0) return { kind: "nothing_runs", leftOut };
    const submitted = await submitFound(world, submissionOf(wish, leftOut), targets);
    if (submitted.kind === "submitted") return { ...submitted, leftOut };
    if (submitted.kind !== "refused") throw new Error(`a stop was answered with ${submitted.kind}`);
    const now = await sorted(world, wish.workspace, targets);
    if (now.taken.length === 0 || tries >= mostTries) return submitted;
  }
}

function submissionOf(wish: StopWish, { unread, taken, later }: LeftOut): Submission {
  const { workspace, requestKey, by, channel, reason } = wish;
  return {
    ...{ workspace, requestKey, by, channel, reason },
    ...{ action: "pause", stop: true },
    jobs: ({ id: changeId }) => {
      if (unread.length + taken.length + later.length === 0) return [];
      const left = { unread: [...unread], taken: [...taken], later: [...later] };
      const payload = { changeId, ...left };
      const key = `left-out:${workspace}:${changeId}`;
      return [newJob("tell_left_out", workspace, payload, { key })];
    },
  };
}

/** Campaigns that a pause may be sent to now or in a moment. */
function runningIn(
  world: World,
  connections: readonly Connection[],
  listings: readonly Listing[],
): FoundTarget[] {
  return connections.flatMap((connection) => {
    const rule = world.vendors[connection.vendor].capabilities.pause;
    const listing = listings.find((one) => one.connection.id === connection.id);
    if ("cannot" in rule) return [];
    const phases = [...rule.from, ...(rule.waitOn ?? [])];
    const runs = ({ phase }: Campaign) => phases.includes(phase);
    return (listing?.campaigns ?? [])
      .filter(runs)
      .map((seen) => foundIn(connection, { id: seen.id, name: seen.name }, seen));
  });
}

async function sorted(world: World, workspace: string, targets: readonly FoundTarget[]) {
  const open = await world.store.read((q) => openCampaigns(q, workspace));
  const held = new Set(open.map((one) => campaignKey(one.connectionId, one.campaignId)));
  const isHeld = (one: FoundTarget) => held.has(campaignKey(one.connectionId, one.campaign.id));
  return {
    free: targets.filter((one) => !isHeld(one)),
    taken: targets.filter(isHeld).map(nameOf),
  };
}

function unreadOf(listings: readonly Listing[]): string[] {
  return listings.filter(({ campaigns }) => !campaigns).map(({ connection }) => connection.name);
}

function isNamed({ name }: Connection, wanted: string): boolean {
  return folded(name) === folded(wanted);
}
