/**
 * The one file of this model that calls the program; whoever changes a flow's parameters mends the call here.
 *
 * How to run it: `npx vitest run test/model` plays a hundred stories, `npm run test:faults` four thousand and plants faults,
 * `npm run test:whole` twenty thousand. Others, or more of them, on all processors:
 * `FERMATA_SEED=7 FERMATA_STORIES=20000 npx vitest run --config vitest.faults.config.ts test/faults/small-world.test.ts`.
 * It plays all of them also when some go wrong, and tells the shortest story of each claim that does not hold.
 *
 * How it works: `stories.ts` invents a small world and what happens in it, of `plots.ts`, `pieces.ts` and `policies.ts`; `truth.ts` is that world, with accounts that
 * pretend to be platforms; `play.ts` lets a story happen through this file and hands every changing call that reaches an
 * account to `oracle.ts`. The oracle knows what was typed and pressed, what was true at each moment, and what is on
 * record, and says in words what must not be. It shares no code with the program: what a text means is in `meaning.ts`,
 * what a policy says in `oracle-policy.ts`. Time moves only between jobs; a platform that does not answer lets
 * everybody who waits lose patience at once (`timers.ts`); a death drops the job in hand until its lease is over.
 */
import type { Action, VendorName } from "../../src/domain/campaign.ts";
import type { Change } from "../../src/domain/change.ts";
import { parseCommand } from "../../src/domain/command.ts";
import type { Person } from "../../src/domain/person.ts";
import type { Policy } from "../../src/domain/policy.ts";
import { checkPolicy } from "../../src/domain/policy-file.ts";
import { type Chosen, textOf } from "../../src/domain/target-text.ts";
import { applyTarget } from "../../src/flows/apply-target.ts";
import { checkAgain } from "../../src/flows/check-again.ts";
import { connectVendor } from "../../src/flows/connect-vendor.ts";
import { disconnectVendor } from "../../src/flows/disconnect-vendor.ts";
import { endPauseInTime } from "../../src/flows/end-pause.ts";
import { extendPause } from "../../src/flows/extend-pause.ts";
import { tryAgain } from "../../src/flows/follow-change.ts";
import { stopConnection } from "../../src/flows/grow-stop.ts";
import { lookBeforeVote } from "../../src/flows/look-before-vote.ts";
import { notReversed } from "../../src/flows/not-reversed.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { endRatify, ratifyChange } from "../../src/flows/ratify-change.ts";
import { reverseChange } from "../../src/flows/reverse-change.ts";
import { reviewChange, withdrawChange } from "../../src/flows/review-change.ts";
import { stopAll } from "../../src/flows/stop-all.ts";
import { stopTheRest } from "../../src/flows/stop-rest.ts";
import { submitChange } from "../../src/flows/submit-change.ts";
import { expireChange } from "../../src/flows/time-out.ts";
import { undoChange } from "../../src/flows/undo-change.ts";
import { watchTarget } from "../../src/flows/watch-target.ts";
import type { Handlers } from "../../src/queue/handlers.ts";
import type { JobKind } from "../../src/queue/kinds.ts";
import { runJob } from "../../src/queue/run-job.ts";
import { offerChoice, readWish, type Wished } from "../../src/slack/listeners/choose.ts";
import type { Desk } from "../../src/slack/listeners/desk.ts";
import { listChanges } from "../../src/store/changes.ts";
import { takeChoice } from "../../src/store/choices.ts";
import { claim } from "../../src/store/claim.ts";
import { listConnections } from "../../src/store/connections.ts";
import type { World } from "../../src/world.ts";

/** What people and the clock may do to the program; a planted fault is one of these, broken. */
export const product = {
  submitChange,
  stopAll,
  reviewChange,
  lookBeforeVote,
  withdrawChange,
  ratifyChange,
  undoChange,
  tryAgain,
  extendPause,
  checkAgain,
  endPauseInTime,
  endRatify,
  expireChange,
  reverseChange,
  applyTarget,
  watchTarget,
  stopTheRest,
  stopConnection,
};
export type Product = typeof product;

/** What came of asking. `pick` are the campaigns of which one may be pressed. */
export interface Asked {
  words: string;
  changeId?: string;
  foundNothing?: boolean;
  pick?: readonly { wish: Wished; instead: string; choiceId?: string; picked: PickedCampaign }[];
}

export interface PickedCampaign {
  connectionId: string;
  connection: string;
  id: string;
  name: string;
}

interface Asking {
  by: Person;
  requestKey: string;
}

const channel = "C1";

/** The program in one workspace. */
export class Driver {
  readonly world: World;
  readonly workspace: string;
  private readonly product: Product;

  constructor(world: World, workspace: string, use: Product) {
    this.world = world;
    this.workspace = workspace;
    this.product = use;
  }

  /** A line typed after `/campaign`. */
  read(text: string): Wished | { stop: readonly string[]; reason: string } | { refused: string } {
    const read = parseCommand(text, { now: this.world.now(), zone: "UTC" });
    if (read.kind === "change") {
      const { kind: _, ...wish } = read;
      return wish;
    }
    if (read.kind === "stop_all") return { stop: read.connections, reason: read.reason };
    return { refused: "sentence" in read ? read.sentence : read.kind };
  }

  async submit(wish: Wished, { by, requestKey }: Asking): Promise<Asked> {
    const { workspace, world } = this;
    const origin = { workspace, requestKey, by, channel };
    const submitted = await this.product.submitChange(world, { ...origin, ...wish });
    switch (submitted.kind) {
      case "submitted":
        return { words: "on record", changeId: submitted.change.id };
      case "refused":
        return { words: submitted.sentence };
      case "none":
      case "ambiguous": {
        const user = by.id;
        const where = { workspace, user, channel, requestKey };
        const shown = submitted.kind === "none" ? submitted.nearest : submitted.candidates;
        const message = await offerChoice({ world } as Desk, where, by, wish, submitted);
        const choiceIds = [...JSON.stringify(message).matchAll(/"value":"(cho_[^"]+)"/g)];
        return {
          words: `${submitted.kind === "none" ? "no" : "which"} “${submitted.text}”?`,
          pick: shown.map(({ connectionId, connection, campaign }, place) => ({
            wish,
            instead: textOf(submitted.wanted),
            ...(choiceIds[place]?.[1] && { choiceId: choiceIds[place][1] }),
            picked: { connectionId, connection, ...campaign },
          })),
        };
      }
      default:
        return { words: submitted.kind };
    }
  }

  /** What the press of a choice makes of the wish; undefined where it is no longer open. */
  async choose(by: string, choiceId: string): Promise<Wished | undefined> {
    const choice = await this.world.store.write((q) => takeChoice(q, this.workspace, by, choiceId));
    return readWish(choice?.wish);
  }

  /** A form holds campaigns and no text, as the list showed them from which they were picked. */
  async form(action: Action, campaigns: readonly PickedCampaign[], asking: Asking): Promise<Asked> {
    const { store } = this.world;
    const rows = await store.read((q) => listConnections(q, this.workspace));
    const targets = campaigns.flatMap(({ connectionId, id, name }): Chosen[] => {
      const row = rows.find((one) => one.id === connectionId);
      if (!row) return [];
      const { vendor, version: connectionVersion, account } = row;
      const connection = { connectionId, connection: row.name, vendor, connectionVersion };
      const of = account === undefined ? {} : { account };
      return [{ kind: "campaign", campaign: { ...connection, ...of, campaign: { id, name } } }];
    });
    return this.submit({ action, targets }, asking);
  }

  async stop(
    { stop: connections, reason }: { stop: readonly string[]; reason: string },
    asking: Asking,
  ): Promise<Asked> {
    const { workspace, world } = this;
    const wish = { workspace, channel, connections, reason, ...asking };
    const stopped = await this.product.stopAll(world, wish);
    if (stopped.kind === "submitted") return { words: "on record", changeId: stopped.change.id };
    const words = stopped.kind === "refused" ? stopped.sentence : stopped.kind;
    return { words, foundNothing: stopped.kind === "nothing_runs" };
  }

  async vote(
    changeId: string,
    kind: "approve" | "deny",
    { by, asker, anyway }: { by: Person; asker: Person; anyway: boolean },
  ): Promise<string> {
    const key = this.key(changeId);
    if (kind === "approve" && !anyway) {
      const moved = await this.product.lookBeforeVote(this.world, key);
      if (moved.length > 0) return "told that it has moved";
    }
    const review = await this.product.reviewChange(this.world, key, { by, kind, asker });
    if (review && "sentence" in review) return review.sentence;
    return review?.kind === "decided" ? review.state : (review?.kind ?? "no such change");
  }

  async withdraw(changeId: string, by: Person): Promise<string> {
    const result = await this.product.withdrawChange(this.world, this.key(changeId), by);
    return result?.sentence || "withdrawn";
  }

  async answer(changeId: string, kind: "ratify" | "reverse", by: Person): Promise<string> {
    const result = await this.product.ratifyChange(this.world, this.key(changeId), { kind, by });
    return result && "sentence" in result ? result.sentence : (result?.kind ?? "no such change");
  }

  async look(changeId: string, by: Person): Promise<string> {
    const sentences = await this.product.checkAgain(this.world, this.key(changeId), by.id);
    return sentences?.join(" ") || "nothing to check";
  }

  async follow(
    press: "undo" | "again" | "extend",
    changeId: string,
    { by, requestKey, until }: Asking & { until: Date },
  ): Promise<Asked> {
    const { world, product: use } = this;
    const key = this.key(changeId);
    const followed =
      press === "undo"
        ? await use.undoChange(world, key, by)
        : press === "again"
          ? await use.tryAgain(world, key, by, requestKey)
          : await use.extendPause(world, key, { by, until, requestKey });
    return askedBy(followed);
  }

  savePolicy(policy: Policy, by: string): Promise<number> {
    const checked = checkPolicy(policy);
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
    return applyPolicy(this.world, { workspace: this.workspace, policy: checked.policy, by });
  }

  async connect(
    wanted: { vendor: VendorName; name: string; key: string; by: string },
    { check }: { check: boolean },
  ): Promise<{ id: string } | { refused: string }> {
    const { vendor, name, key, by } = wanted;
    const made = await connectVendor(
      this.world,
      { workspace: this.workspace, vendor, name, options: {}, secret: { apiKey: key }, by },
      { check },
    );
    if (made.kind === "connected") return { id: made.connection.id };
    return { refused: JSON.stringify(made) };
  }

  disconnect(name: string, by: string): Promise<boolean> {
    return disconnectVendor(this.world, { workspace: this.workspace, name, by });
  }

  changes(): Promise<Change[]> {
    return this.world.store.read((q) => listChanges(q, { workspace: this.workspace }));
  }

  private key(changeId: string) {
    return { workspace: this.workspace, changeId };
  }
}

interface FollowedUp {
  how: "end" | "reverse";
  of: string;
  by: string;
}

/** Who hears of jobs: what is begun, who somebody is, and what follow-up came of it. */
export interface JobEars {
  begins(kind: JobKind, changeId: string): void;
  person(id: string): Person;
  asks(what: FollowedUp): (asked: Asked | undefined) => void;
}

const kinds: readonly JobKind[] = [
  "apply_target",
  "watch_target",
  "expire_change",
  "end_pause",
  "end_ratify",
  "reverse_change",
  "stop_rest",
  "stop_connection",
];

/** The worker, one job at a time, with the handlers as they are without Slack. */
export class JobDriver {
  private readonly driver: Driver;
  private readonly handlers: Handlers;

  constructor(driver: Driver, use: Product, ears: JobEars) {
    this.driver = driver;
    this.handlers = handlersOf(driver.world, use, ears);
  }

  /** When the next job is due; undefined where none waits. */
  async nextAt(): Promise<Date | undefined> {
    const { world, workspace } = this.driver;
    const rows = await world.store.read(async (q) => {
      const { jobs } = q.t;
      return q
        .select({ kind: jobs.kind, runAt: jobs.runAt, doneAt: jobs.doneAt, of: jobs.workspace })
        .from(jobs);
    });
    const due = rows
      .filter(
        ({ kind, doneAt, of }) => !doneAt && of === workspace && kinds.includes(kind as JobKind),
      )
      .map(({ runAt }) => runAt.getTime());
    return due.length > 0 ? new Date(Math.min(...due)) : undefined;
  }

  /** Runs one job that is due; false where none is. */
  async runOne(): Promise<boolean> {
    const { world } = this.driver;
    const { store, now, random, log } = world;
    const token = world.newId("lease");
    const [job] = await claim(store, { token, count: 1, leaseMs: 15_000, now: now(), kinds });
    if (!job) return false;
    const options = { store, now, random, log, handlers: this.handlers, patienceMs: 120_000 };
    await runJob(job, { id: job.id, token }, options);
    return true;
  }

  /** Nothing of this story is left to be worked. */
  async clear(): Promise<void> {
    await this.driver.world.store.write((q) => q.delete(q.t.jobs));
  }
}

/** What `slack/handlers.ts` does with these kinds, and what it says to nobody here. */
function handlersOf(world: World, use: Product, ears: JobEars): Handlers {
  const done = { kind: "done" as const };
  const personOf = async (id: string) => ears.person(id);
  return {
    async apply_target(payload, { workspace }) {
      ears.begins("apply_target", payload.changeId);
      return use.applyTarget(world, { workspace, ...payload }, personOf);
    },
    async watch_target(payload, { workspace }) {
      ears.begins("watch_target", payload.changeId);
      return use.watchTarget(world, { workspace, ...payload });
    },
    async expire_change({ changeId }, { workspace }) {
      ears.begins("expire_change", changeId);
      const again = await use.expireChange(world, { workspace, changeId });
      return again ? { kind: "again", at: again } : done;
    },
    async end_pause({ changeId }, { workspace }) {
      ears.begins("end_pause", changeId);
      const came = ears.asks({ how: "end", of: changeId, by: "" });
      const ended = await use.endPauseInTime(world, { workspace, changeId }, personOf);
      const later = ended && "again" in ended ? ended.again : undefined;
      came(ended && "submitted" in ended ? askedBy(ended.submitted) : undefined);
      return later ? { kind: "again", at: later } : done;
    },
    async end_ratify({ changeId }, { workspace }) {
      ears.begins("end_ratify", changeId);
      await use.endRatify(world, { workspace, changeId });
      return done;
    },
    async reverse_change({ changeId, ...from }, { workspace }) {
      ears.begins("reverse_change", changeId);
      const came = ears.asks({ how: "reverse", of: changeId, by: from.by ?? "" });
      const key = { workspace, changeId };
      const reversal = await use.reverseChange(world, key, from, personOf);
      const asked = reversal?.kind === "asked" ? askedBy(reversal.submitted) : undefined;
      came(asked);
      if (reversal && reversal.kind !== "too_early" && asked?.changeId === undefined)
        await notReversed(world, key, asked?.words ?? "None of it stands paused by this any more.");
      const soon = new Date(world.now().getTime() + 2_000);
      return reversal?.kind === "too_early" ? { kind: "again", at: soon } : done;
    },
    async stop_rest(rest, { workspace }) {
      ears.begins("stop_rest", rest.stopId);
      return use.stopTheRest(world, workspace, rest);
    },
    async stop_connection({ changeId, connectionId }, { workspace }) {
      ears.begins("stop_connection", changeId);
      await use.stopConnection(world, { workspace, changeId }, connectionId);
      return done;
    },
  };
}

function askedBy(followed: Awaited<ReturnType<typeof tryAgain>>): Asked {
  if (!followed) return { words: "no such change" };
  if (followed.kind === "submitted") return { words: "on record", changeId: followed.change.id };
  return { words: "sentence" in followed ? followed.sentence : followed.kind };
}
