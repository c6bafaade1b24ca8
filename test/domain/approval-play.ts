import type { Change } from "../../src/domain/change.ts";
import { answeredFor, asking, decidedBy, voted } from "../../src/domain/change-steps.ts";
import { judge } from "../../src/domain/judge.ts";
import type { Person } from "../../src/domain/person.ts";
import { ratify } from "../../src/domain/ratify.ts";
import { type Review, review } from "../../src/domain/review.ts";
import { timedOut } from "../../src/domain/time-out.ts";
import { isOf, Oracle, type Says, type Who } from "./approval-oracle.ts";
import { type Event, ids, policyOf, type Story } from "./approval-stories.ts";
import { aChange, aTarget, minutesAfter, monday } from "./builders.ts";

/** What is put to the test. */
export const real = { review, timedOut, ratify };
export type Rules = typeof real;

const asker = ids[0] as string;
const targets = [aTarget(), aTarget({ id: "tgt_2", campaign: { id: "7", name: "EU Winback" } })];

/** Plays a story, and throws as soon as anything happens that no policy heard has asked for or allowed. */
export function play(story: Story, rules: Rules, seen = new Set<string>()): void {
  const run = new Play(story, rules, seen);
  for (const event of story.events) run.happens(event);
}

class Play {
  private now = monday;
  private policy: Says;
  private readonly people = ids.map(
    (id): Who => ({ id, kind: "member", admin: id === "U_ELI", groups: ["S1"] }),
  );
  private readonly away = new Map<number, number>();
  private readonly oracle: Oracle;
  private readonly story: Story;
  private readonly rules: Rules;
  private readonly seen: Set<string>;
  /** None where it was refused at once. */
  private change: Change | undefined;
  /** Whether another policy than the first has had a say. */
  private edited = false;

  constructor(story: Story, rules: Rules, seen: Set<string>) {
    this.story = story;
    this.rules = rules;
    this.seen = seen;
    this.policy = story.first;
    this.oracle = new Oracle(asker, story.first);
    this.change = this.asked();
  }

  happens(event: Event): void {
    switch (event.is) {
      case "edit":
        this.policy = event.policy;
        return;
      case "facts":
        this.people[event.who] = { ...this.who(event.who), ...event.facts };
        return;
      case "away":
        this.away.set(event.who, event.standIn);
        return;
      case "time":
        this.now = minutesAfter(event.minutes, this.now);
        return;
      case "clock":
        this.clock();
        return;
      case "vote":
        this.vote(event.by, event.kind);
        return;
      case "answer":
        this.answer(event.by, event.kind);
        return;
    }
  }

  private asked(): Change | undefined {
    const { first, action } = this.story;
    const by = this.person(0);
    const verdict = judge(policyOf(first), { action, by, targets, at: this.now });
    claim(
      verdict.kind === (first.says === "ask" ? "approve" : first.says),
      "it is judged as it is",
    );
    const about = { action, askedBy: asker, targets, verdict, expiresAt: minutesAfter(60) };
    if (verdict.kind === "deny") return undefined;
    if (verdict.kind === "approve") return aChange({ ...about, state: "waiting" });
    const owed = verdict.kind === "ratify" && { ratifyBy: minutesAfter(60) };
    return aChange({ ...about, state: "approved", ...owed });
  }

  private vote(by: number, kind: "approve" | "deny"): void {
    const { change, now } = this;
    if (!change) return;
    const press = { by: this.person(by), kind, asker: this.person(0), absences: this.absences(by) };
    const result = this.rules.review(change, press, now, policyOf(this.policy));
    if (result.kind === "expired") this.clock();
    if (result.kind === "not_counted") this.checkUncounted(change, by, kind);
    if (!("vote" in result)) return;
    this.checkCounted(change, by, kind, result);
    const after = result.asks ? asking(change, result.asks) : change;
    if (kind === "approve") this.approve(after, by, result);
    else {
      this.change = decidedBy(after, "denied", result.vote);
      this.seen.add(`${change.state} → denied`);
    }
  }

  private approve(after: Change, by: number, result: Extract<Review, { vote: unknown }>): void {
    const { oracle, seen } = this;
    this.edited ||= this.policy !== this.story.first;
    oracle.hear(this.policy);
    oracle.approve(this.who(by), this.voice(by, result));
    if (result.vote.instead) seen.add("counted instead of another");
    if (result.kind === "counted") {
      claim(this.edited || !oracle.isComplete(), "it runs when everybody has agreed");
      this.change = voted(after, result.vote);
      return;
    }
    claim(oracle.isComplete(), "it runs with everybody whom it needs");
    this.change = decidedBy(after, "approved", result.vote);
    seen.add(this.edited ? "approved under several policies" : "approved");
    if (after.escalatedAt) seen.add("approved after it was escalated");
  }

  private checkCounted(
    change: Change,
    by: number,
    kind: "approve" | "deny",
    result: Extract<Review, { vote: unknown }>,
  ): void {
    const presser = this.who(by);
    const voice = this.voice(by, result);
    claim(presser.kind === "member" && result.vote.by === presser.id, "a member votes");
    claim(this.isFresh(presser) && this.isFresh(voice), "nobody votes twice");
    claim(this.oracle.hasSay(presser, voice, "anywhere", this.policy), "whoever votes has a say");
    if (kind === "deny") {
      claim(result.kind === "decided" && result.state === "denied", "a denial is the end");
      claim(presser.id !== asker, "the asker does not deny");
      return;
    }
    claim(change.state === "waiting", "only what waits is approved");
    claim(!this.isDeniedNow(), "nobody approves what is denied now");
  }

  /** As long as no other policy is heard, whoever has a say in a step at hand is heard. */
  private checkUncounted(change: Change, by: number, kind: "approve" | "deny"): void {
    if (kind === "deny" || this.policy !== this.story.first || this.edited) return;
    const presser = this.who(by);
    const may = presser.kind === "member" && this.isFresh(presser) && !this.isDeniedNow();
    const owed = may && this.oracle.hasSay(presser, presser, "at hand", this.policy);
    claim(!owed || change.state !== "waiting", "a good vote is counted");
  }

  private clock(): void {
    const { change, now, oracle } = this;
    const late = change && this.rules.timedOut(change, now);
    if (!late || !("after" in late)) return;
    const may = oracle.silence();
    claim(change.state === "waiting" && now >= (change.expiresAt ?? now), "its time is over");
    const mayRun = may === "allow" && this.story.action === "pause";
    if (late.kind === "allowed") claim(mayRun, "silence may start it");
    if (late.kind === "expired") claim(!mayRun && typeof may !== "object", "silence may end it");
    if (late.kind === "escalated") claim(typeof may === "object", "others may be called");
    if (typeof may === "object") oracle.escalate(may.escalate);
    this.change = late.after;
    this.seen.add(late.kind);
  }

  private answer(by: number, kind: "ratify" | "reverse"): void {
    const { change, now, story } = this;
    if (!change) return;
    const press = { by: this.person(by), kind, absences: this.absences(by) };
    const result = this.rules.ratify(change, press, now, policyOf(this.policy));
    if (result.kind !== "answered") return;
    const may = [by, ...this.standsFor(by)]
      .map((place) => this.who(place))
      .some(
        (voice) =>
          voice.id !== asker && story.first.says === "ratify" && isOf(story.first.from, voice),
      );
    claim(may && by !== 0 && this.who(by).kind === "member", "whoever answers may");
    claim(!change.ratified && now < minutesAfter(60), "it is answered once, and in time");
    this.change = answeredFor(change, result.ratified);
    this.seen.add(result.ratified.kind);
  }

  private isDeniedNow(): boolean {
    return this.policy.says === "deny" || this.who(0).kind !== "member";
  }

  private isFresh({ id }: Who): boolean {
    return !this.oracle.given.some(({ by, voice }) => [by.id, voice.id].includes(id));
  }

  private voice(by: number, { vote }: Extract<Review, { vote: unknown }>): Who {
    const place = vote.instead === undefined ? by : ids.indexOf(vote.instead);
    claim(place === by || this.standsFor(by).includes(place), "a stand-in was named");
    return this.who(place);
  }

  private standsFor(by: number): number[] {
    return [...this.away].flatMap(([who, standIn]) => (standIn === by && who !== by ? [who] : []));
  }

  private absences(by: number) {
    const standIn = ids[by] ?? "";
    return this.standsFor(by).map((who) => ({ person: this.person(who), standIn }));
  }

  private person(place: number): Person {
    return { ...this.who(place), zone: "UTC" };
  }

  private who(place: number): Who {
    return this.people[place] as Who;
  }
}

function claim(holds: boolean, what: string): void {
  if (!holds) throw new Error(`It is not so that ${what}.`);
}
