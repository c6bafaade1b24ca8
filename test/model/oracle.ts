import type { Change } from "../../src/domain/change.ts";
import type { PolicyAction } from "../../src/domain/policy.ts";
import { isMeant, isRead, type Meaning, type Meant, meantBy } from "./meaning.ts";
import { denies, isOf, type Question, says } from "./oracle-policy.ts";
import { type Account, accountOf, type Call, type Instance, type Moment } from "./truth.ts";

/** One wish or press, with all that was true while it was worked on. */
export interface Ask {
  seq: number;
  how: "typed" | "form" | "stop" | "undo" | "again" | "extend" | "end" | "reverse";
  by: string;
  /** What was typed or pressed; a follow-up means what it follows meant. */
  meanings: readonly Meaning[];
  of?: string;
  /** Of a stop: the accounts it is for. */
  scope?: readonly string[];
  moments: Moment[];
  over: boolean;
  /** The newest wish or press when this one was through. */
  overAt?: number;
  /** What came of it. */
  changeId?: string;
  foundNothing?: boolean;
}

/** A press of Approve, with whoever pressed as they were. */
export interface Vote {
  changeId: string;
  by: string;
  moments: Moment[];
}

/** A changing call at an account, and all that has to do with it. */
export interface Arrival {
  call: Call & { action: Change["action"] };
  instance: Instance;
  now: Moment;
  /** Since the job in hand began. */
  moments: readonly Moment[];
  /** The campaign as the platform showed it last to this job. */
  shownAs: string | undefined;
  /** The newest wish or press when the call left: what comes on its way is too late for it. */
  leftAt: number;
  change: Change | undefined;
  changes: readonly Change[];
}

const minute = 60_000;
const underWay: readonly string[] = ["queued", "trying", "unknown"];
const stopped: readonly Change["state"][] = [
  "waiting",
  "denied",
  "expired",
  "withdrawn",
  "superseded",
];

/**
 * Says whether a changing call may be. It knows who asked what and when, what was true then, and what is on record; it
 * knows nothing of how the program finds, judges, plans or remembers. What it says is one sentence for each thing wrong.
 */
export class Oracle {
  readonly asks: Ask[] = [];
  readonly votes: Vote[] = [];
  private readonly arrivals: { changeId: string; uid: number; at: Date }[] = [];

  faultsOf(arrival: Arrival): string[] {
    const { change, call, instance, now } = arrival;
    if (!change) return ["whatever is called for is on record"];
    this.learn(change, arrival);
    const faults = [
      this.isIdentified(arrival, change) || "whatever is changed is what somebody meant",
      this.isLet(arrival, change) || whyNotLet[change.action],
      this.isInTime(arrival, change) || "whatever begins, begins in time",
      this.isBeforeItsEnd(arrival, change) || "no pause begins after its own end",
      ...(call.action === "resume" ? this.faultsOfResume(arrival, change) : []),
    ].filter((one) => typeof one === "string");
    this.arrivals.push({ changeId: change.id, uid: instance.uid, at: now.at });
    return faults;
  }

  /** Whether a call of this change has reached anything. */
  reached(changeId: string): boolean {
    return this.arrivals.some((one) => one.changeId === changeId);
  }

  /** What is wrong with what a wish became on record. */
  faultsOfRecord({ meanings, moments }: Ask, change: Change, now: Moment): string[] {
    // A connection may have been removed while it was asked.
    const here = [...moments, now].flatMap((moment) =>
      change.targets.map(({ connectionId, campaign }) =>
        keyOf(accountAt(moment, connectionId), campaign.id),
      ),
    );
    const exact = meanings.filter(({ as }) => as !== "words");
    const left = exact.some((meaning) =>
      moments.every((moment) => {
        const meant = meantBy(moment, meaning);
        return meant?.instance && !here.includes(keyOf(meant.account, meant.id));
      }),
    );
    const open = this.onRecord.filter(({ id, endedAt }) => id !== change.id && !endedAt);
    const taken = open.flatMap(({ targets }) =>
      targets.filter(
        ({ connectionId, campaign, state }) =>
          // Of a change that goes on for others, what has come to its end is free.
          underWay.includes(state) &&
          accountAt(now, connectionId) !== undefined &&
          here.includes(keyOf(accountAt(now, connectionId), campaign.id)),
      ),
    );
    return [
      ...(left ? ["whatever was named beyond doubt is part of the change"] : []),
      ...(taken.length > 0 ? ["a campaign of an account has one open change"] : []),
    ];
  }

  askOf(changeId: string): Ask | undefined {
    return this.asks.find((ask) => ask.changeId === changeId);
  }

  /** What the program itself has made of a stop or another change is part of it, as of now. */
  private learn(change: Change, { moments, now }: Arrival): void {
    if (this.askOf(change.id)) return;
    const { id: changeId, askedBy: by, follows: of, stop } = change;
    const stops = this.asks.filter((ask) => ask.how === "stop" && ask.by === by);
    const seq = Math.max(0, ...stops.map((ask) => ask.seq));
    const made = { changeId, by, seq, meanings: [], moments: [...moments, now], over: true };
    if (of !== undefined) this.asks.push({ ...made, how: "again", of });
    else if (stop) {
      this.asks.push({ ...made, how: "stop", scope: stops.flatMap(({ scope = [] }) => scope) });
    }
  }

  private isIdentified({ call, instance }: Arrival, change: Change): boolean {
    return this.meantBy(change).some((meant) => isMeant(meant, call.account, instance));
  }

  /** Everything that a change may be about: what its wish identified at any moment of being asked. */
  private meantBy(change: Change): Meant[] {
    const ask = this.askOf(change.id);
    if (!ask) return [];
    if (ask.how === "stop") return ask.moments.flatMap((moment) => allOf(moment, ask.scope ?? []));
    const before = ask.of === undefined ? undefined : this.changeOf(ask.of);
    if (ask.of !== undefined) return before ? this.meantBy(before) : [];
    return ask.moments.flatMap((moment) =>
      ask.meanings.flatMap((meaning) => meantBy(moment, meaning) ?? []),
    );
  }

  private changeOf(id: string): Change | undefined {
    return this.onRecord.find((change) => change.id === id);
  }

  /** The record as it was last looked at. */
  onRecord: readonly Change[] = [];

  private isLet(arrival: Arrival, change: Change): boolean {
    return change.action === "pause"
      ? this.wasPauseLet(arrival, change)
      : this.isLetNow(arrival, change);
  }

  /** The policy of this very moment, on the name that is true or was shown last, for the asker as they are. */
  private isLetNow({ call, instance, now, moments, shownAs }: Arrival, change: Change): boolean {
    const hasLeave = this.askOf(change.id)?.how === "reverse";
    return [...moments, now].some((moment) =>
      [instance.name, shownAs ?? instance.name].some((name) => {
        const question = questionOf(change, call.connectionId, { moment, name, id: instance.id });
        if (!question) return false;
        return hasLeave
          ? !denies(now.policy, question)
          : this.isAgreedTo(now.policy, question, change);
      }),
    );
  }

  /** The policy of the moment at which it was asked, on true facts, or on those of now where they could not be read. */
  private wasPauseLet({ call, instance, now, moments, shownAs }: Arrival, change: Change): boolean {
    const ask = this.askOf(change.id);
    if (!ask) return false;
    const { connectionId } = call;
    const id = instance.id;
    const unread = ask.how === "extend" || ask.moments.some((one) => !isReadBy(one, connectionId));
    const isLet = (moment: Moment, name: string) => {
      const question = questionOf(change, connectionId, { moment, name, id });
      return question !== undefined && this.isAgreedTo(moment.policy, question, change);
    };
    const trueName = (moment: Moment) =>
      instanceAt(moment, connectionId, id)?.name ?? instance.name;
    if (!unread) return ask.moments.some((moment) => isLet(moment, trueName(moment)));
    // A name that is on record was read before, and may be all there is to go by.
    const recorded = change.targets.flatMap(({ campaign }) =>
      campaign.id === id && campaign.name !== id ? [campaign.name] : [],
    );
    return (
      shownAs === undefined ||
      ask.moments.some((moment) => recorded.some((name) => isLet(moment, name))) ||
      [...ask.moments, ...moments, now].some((moment) => isLet(moment, shownAs))
    );
  }

  private isAgreedTo(policy: Moment["policy"], question: Question, change: Change): boolean {
    const answer = says(policy, question);
    if (answer === "yes" || answer === "no") return answer === "yes";
    const { from, count } = answer;
    // What follows from a stop was agreed to with it.
    const stop = change.stop ? this.changeOf(change.follows ?? "") : undefined;
    const asked = [change.id, stop?.id];
    const agreed = [...change.votes, ...(stop?.votes ?? [])].filter(
      ({ by, kind }) =>
        kind === "approve" &&
        by !== change.askedBy &&
        this.votes.some(
          (vote) =>
            asked.includes(vote.changeId) &&
            vote.by === by &&
            vote.moments.some((moment) => isOf(from, somebody(moment, by))),
        ),
    );
    return new Set(agreed.map(({ by }) => by)).size >= count;
  }

  /** A quarter of an hour to begin, and two minutes (and the rest of a read) to send once more. */
  private isInTime({ instance, now }: Arrival, change: Change): boolean {
    const first = this.arrivals.find(
      ({ changeId, uid }) => changeId === change.id && uid === instance.uid,
    );
    if (first) return now.at.getTime() - first.at.getTime() <= 3 * minute;
    if (change.action === "pause" && change.verdict.kind !== "approve") return true;
    const agreed = change.decidedAt ?? change.askedAt;
    return now.at.getTime() - agreed.getTime() <= 16 * minute;
  }

  private isBeforeItsEnd({ now }: Arrival, { action, until }: Change): boolean {
    return action !== "pause" || until === undefined || now.at < until;
  }

  private faultsOfResume(arrival: Arrival, change: Change): string[] {
    const root = this.askOf(change.id) ?? nobody;
    const isPress = root.how === "again" || root.of === undefined;
    const taken = isPress ? undefined : this.changeOf(root.of ?? "");
    const faults: string[] = this.sweeping(arrival, change, root).map((stop) =>
      root.seq < stop.seq && (root.overAt ?? 0) >= stop.seq
        ? "a stop ends every resume that is still being asked for when it comes"
        : "a stop ends every resume that was asked before it",
    );
    if (!taken) return faults;
    if (this.isHeld(arrival, change, taken))
      faults.push(`nothing that somebody holds is resumed by ${byWhat(root)}`);
    if (this.hadLeft(arrival, root, taken))
      faults.push(`nothing that left our pause is resumed by ${byWhat(root)}`);
    return faults;
  }

  /** Somebody who may has stopped it since it was asked for, or since its pause was where it comes by itself. */
  private sweeping(arrival: Arrival, change: Change, root: Ask): Ask[] {
    const byItself = root.how === "end" || (root.how === "reverse" && root.by === "");
    const since = (byItself ? this.askOf(root.of ?? "") : root)?.seq ?? 0;
    return this.asks.filter((stop) => {
      const made = this.changeOf(stop.changeId ?? "");
      return (
        stop.how === "stop" &&
        stop.over &&
        stop.seq > since &&
        stop.seq <= arrival.leftAt &&
        stop.scope?.includes(arrival.call.account.title) &&
        made !== undefined &&
        !stopped.includes(made.state) &&
        this.mayStop(arrival, { stop, made, change })
      );
    });
  }

  /** The policy lets whoever stopped stop this one too, with the others or alone. */
  private mayStop(
    { call, instance }: Arrival,
    { stop, made, change }: { stop: Ask; made: Change; change: Change },
  ): boolean {
    const counts = [1, change.targets.length, made.targets.length];
    return stop.moments.every((moment) =>
      counts.every((count) => {
        const facts = { moment, name: instance.name, id: instance.id };
        const question = questionOf(made, call.connectionId, facts);
        if (!question) return false;
        const answer = says(moment.policy, { ...question, action: "stop", count });
        return answer === "yes" || (answer !== "no" && made.verdict.kind === "approve");
      }),
    );
  }

  /** Somebody else's pause, or a longer one, of the same campaign stands and nobody has taken it back. */
  private isHeld(arrival: Arrival, change: Change, taken: Change): boolean {
    const { changes, call, instance, now } = arrival;
    const here = (one: Change) =>
      one.targets.find(
        ({ connectionId, campaign }) =>
          campaign.id === instance.id && accountAt(now, connectionId) === call.account.title,
      );
    const later = (one: Change, other: Change) =>
      (this.askOf(one.id)?.seq ?? 0) > (this.askOf(other.id)?.seq ?? 0);
    return changes.some((hold) => {
      const target = here(hold);
      if (hold.action !== "pause" || hold.id === taken.id || !target) return false;
      if (stopped.includes(hold.state) || !["done", "already"].includes(target.state)) return false;
      if (hold.until && hold.until <= now.at) return false;
      const whole = (target.checkedAt?.getTime() ?? 0) >= instance.since.getTime();
      if (!later(hold, taken) && !whole) return false;
      return !changes.some(
        (one) =>
          one.id !== change.id &&
          one.action !== "pause" &&
          here(one) &&
          !stopped.includes(one.state) &&
          later(one, hold),
      );
    });
  }

  /** The platform itself, or somebody there, had paused it meanwhile, and showed so when the end was asked for. */
  private hadLeft({ call, instance }: Arrival, root: Ask, { endedAt }: Change): boolean {
    return root.moments.every((moment) => {
      const then = instanceAt(moment, call.connectionId, instance.id);
      // Before our pause was seen to its end nobody can tell the two apart.
      const isSince = then !== undefined && (endedAt === undefined || then.since > endedAt);
      return isReadBy(moment, call.connectionId) && isSince && then.word === "halted";
    });
  }
}

/** Whoever asks for what nobody asked for. */
const nobody: Ask = { seq: 0, how: "typed", by: "", meanings: [], moments: [], over: true };

const whyNotLet = {
  pause: "no pause begins that the policy does not let its asker ask for",
  resume: "no resume begins that the policy of the moment does not let",
  cancel: "no cancel begins that the policy of the moment does not let",
} as const;

function byWhat({ how }: Ask): string {
  return how === "end" ? "a planned end" : how === "reverse" ? "a reversal" : "an undo";
}

function questionOf(
  change: Change,
  connectionId: string,
  { moment, name, id }: { moment: Moment; name: string; id: string },
): Question | undefined {
  const action: PolicyAction = change.stop ? "stop" : change.action;
  const line = moment.lines.find((one) => one.id === connectionId);
  const by = somebody(moment, change.askedBy);
  const count = change.targets.length;
  return line && { action, by, name, id, connection: line.name, count };
}

function somebody({ people }: Moment, id: string) {
  const found = people.find((one) => one.id === id);
  if (!found) throw new Error(`nobody is called ${id}`);
  return found;
}

export function accountAt(moment: Moment, connectionId: string): string | undefined {
  return reachedBy(moment, connectionId)?.title;
}

function reachedBy(moment: Moment, connectionId: string): Account | undefined {
  const line = moment.lines.find(({ id }) => id === connectionId);
  return line && accountOf(moment, line.vendor, line.key);
}

function instanceAt(moment: Moment, connectionId: string, id: string): Instance | undefined {
  return reachedBy(moment, connectionId)?.campaigns.find((one) => one.id === id);
}

function isReadBy(moment: Moment, connectionId: string): boolean {
  const line = moment.lines.find(({ id }) => id === connectionId);
  return line !== undefined && isRead(moment, line);
}

function keyOf(account: string | undefined, id: string): string {
  return JSON.stringify([account, id]);
}

function allOf({ accounts }: Moment, scope: readonly string[]): Meant[] {
  return accounts
    .filter(({ title }) => scope.includes(title))
    .flatMap(({ title, campaigns }) =>
      campaigns.map((instance) => ({ account: title, id: instance.id, instance })),
    );
}
