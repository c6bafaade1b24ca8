import type { Change } from "../../src/domain/change.ts";
import type { World } from "../../src/world.ts";
import { type Asked, Driver, JobDriver, type PickedCampaign, type Product } from "./driver.ts";
import {
  accountsAtStart,
  connectionNames,
  type Follow,
  groups,
  type Happening,
  type Naming,
  people,
  type Stir,
  type Story,
} from "./happenings.ts";
import type { Meaning } from "./meaning.ts";
import { type Arrival, type Ask, accountAt, Oracle } from "./oracle.ts";
import type { StoryTimers } from "./timers.ts";
import {
  type Account,
  accountOf,
  type Call,
  type Ears,
  type Instance,
  type Moment,
  personIn,
  Truth,
} from "./truth.ts";

/** Where a story takes place: a program with nothing in it yet, in a workspace of its own. */
export interface Stage {
  workspace: string;
  worldOf(truth: Truth, ears: Ears): World;
  timers: StoryTimers;
  product: Product;
}

/** A call, and what happens when it comes. */
interface Meanwhile {
  calls: number;
  place: "before" | "after";
  stir: Stir | { is: "crash" };
}

type Told = Omit<Ask, "seq" | "moments" | "over">;

const mostJobs = 60;
const minute = 60_000;

/** Plays a story; throws what must not be, with the story in words. */
export async function play(story: Story, stage: Stage): Promise<Play> {
  const run = new Play(story, stage);
  await run.begin();
  for (const step of story.steps) {
    await run.happens(step);
    if (step.works) await run.work(0);
  }
  // What is planned comes to its end.
  await run.work(180);
  await run.end();
  return run;
}

export class Play implements Ears {
  readonly told: string[] = [];
  /** What a story got to; the stories are worth something only if they get everywhere. */
  readonly seen = new Set<string>();
  private readonly truth: Truth;
  private readonly oracle = new Oracle();
  private readonly driver: Driver;
  private readonly jobs: JobDriver;
  private readonly story: Story;
  private readonly stage: Stage;
  private readonly open: { moments: Moment[] }[] = [];
  private readonly faults: string[] = [];
  private meanwhile: Meanwhile | undefined;
  private inHand: { changeId: string; moments: Moment[]; shownAs: Map<string, string> } | undefined;
  private picks: (NonNullable<Asked["pick"]>[number] & {
    by: string;
    meanings: readonly Meaning[];
  })[] = [];
  private seq = 0;
  private requests = 0;
  private leftAt = 0;
  private die: (() => void) | undefined;

  constructor(story: Story, stage: Stage) {
    this.story = story;
    this.stage = stage;
    const [policy] = story.policies;
    if (!policy) throw new Error("a story has a policy");
    this.truth = new Truth({ policy, accounts: accounts(), people: somebodies() });
    this.driver = new Driver(stage.worldOf(this.truth, this), stage.workspace, stage.product);
    this.jobs = new JobDriver(this.driver, stage.product, {
      begins: (kind, changeId) => this.begins(kind, changeId),
      person: (id) => personIn(this.truth, id),
      asks: ({ how, of, by }) => {
        const ask = this.asks({ how, of, by, meanings: [] });
        return (asked) => this.came(ask, asked);
      },
    });
  }

  async begin(): Promise<void> {
    const { truth, story } = this;
    for (const { account, id, name, running } of story.campaigns)
      truth.create(this.account(account), { id, name, phase: running ? "running" : "paused" });
    await this.driver.savePolicy(truth.policy, "U_CHI");
    for (const [place, name] of connectionNames.slice(0, story.connections).entries())
      await this.connect(name, this.account(accountsAtStart[place] ?? 0), 0);
    this.say(
      `There are ${truth.accounts.map(wordsOfAccount).join("; ")}. The policy: ${JSON.stringify(truth.policy.rules)}.`,
    );
  }

  async happens(what: Happening): Promise<void> {
    switch (what.is) {
      case "time":
        await this.work(what.minutes);
        break;
      case "meanwhile":
        this.meanwhile = { ...what };
        this.say(
          `(At the call ${what.calls + 1} from now, ${what.place} it: ${JSON.stringify(what.stir)}.)`,
        );
        break;
      case "form":
        await this.form(what);
        break;
      case "choose":
        await this.choose(what.candidate);
        break;
      case "vote":
        await this.vote(what);
        break;
      case "answer":
        await this.answer(what);
        break;
      case "follow":
        await this.follow(what);
        break;
      default:
        await this.stir(what);
    }
    this.mustHold();
  }

  /** Lets so many minutes pass, and works whatever is due. */
  async work(minutes: number): Promise<void> {
    const { truth } = this;
    const until = new Date(truth.at.getTime() + minutes * minute);
    for (let jobs = 0; jobs < mostJobs; jobs += 1) {
      const at = await this.jobs.nextAt();
      if (!at || at > until) break;
      if (at > truth.at) truth.at = at;
      this.inHand = undefined;
      await this.orDies(() => this.jobs.runOne());
      this.inHand = undefined;
      this.closeAll();
      this.mustHold();
    }
    truth.at = until;
    if (minutes > 0) this.say(`${minutes} minutes pass.`);
  }

  async end(): Promise<void> {
    const changes = await this.driver.changes();
    for (const change of changes) {
      for (const { state, attempts } of change.targets)
        this.seen.add(`${change.action} ${state}${attempts > 0 ? " by a call" : ""}`);
      this.seen.add(`change ${change.state}`);
      const silent = change.targets.some(({ sentence }) => /Nothing was sent/.test(sentence ?? ""));
      if (silent && change.targets.length === 1 && this.oracle.reached(change.id))
        this.claims(["it is never said that nothing was sent when something was"], change.id);
    }
    this.mustHold();
    await this.jobs.clear();
  }

  // What hears of calls.

  async before(call: Call): Promise<void> {
    if (call.kind === "act") this.leftAt = this.seq;
    await this.move(call, "before");
  }

  async after(call: Call): Promise<void> {
    await this.move(call, "after");
    if (this.meanwhile) this.meanwhile = { ...this.meanwhile, calls: this.meanwhile.calls - 1 };
  }

  shown(_call: Call, instances: readonly Instance[]): void {
    for (const { uid, name } of instances) this.inHand?.shownAs.set(String(uid), name);
  }

  async arrived(call: Arrival["call"], instance: Instance): Promise<void> {
    const { inHand, truth, oracle } = this;
    const changes = await this.driver.changes();
    oracle.onRecord = changes;
    const change = changes.find(({ id }) => id === inHand?.changeId);
    const now = truth.moment();
    this.say(
      `→ ${call.account.title} is called: ${call.action} ${words(instance)} (${inHand?.changeId})`,
    );
    this.seen.add(`${call.action} called`);
    const shownAs = inHand?.shownAs.get(String(instance.uid));
    const arrival = {
      call,
      instance,
      now,
      moments: inHand?.moments ?? [],
      shownAs,
      leftAt: this.leftAt,
      change,
      changes,
    };
    this.claims(oracle.faultsOf(arrival), `${call.action} ${words(instance)}`);
  }

  async silence(): Promise<void> {
    await this.stage.timers.runOut();
  }

  private async move(call: Call, place: "before" | "after"): Promise<void> {
    const { meanwhile } = this;
    if (!meanwhile || meanwhile.calls > 0 || meanwhile.place !== place) return;
    this.meanwhile = undefined;
    if (meanwhile.stir.is === "crash") {
      this.say(`The program dies ${place} a ${call.kind}.`);
      this.seen.add("a death");
      this.die?.();
      await new Promise<never>(() => {});
    } else {
      this.say(`${place} a ${call.kind} at ${call.account.title}:`);
      await this.stir(meanwhile.stir);
    }
  }

  // What moves.

  private async stir(what: Stir): Promise<void> {
    const { truth } = this;
    switch (what.is) {
      case "deed":
        this.deed(what);
        break;
      case "policy": {
        const policy = at(this.story.policies, what.policy);
        if (policy) {
          await this.driver.savePolicy(policy, "U_CHI");
          truth.policy = policy;
          this.say(`The policy is now ${JSON.stringify(policy.rules)}.`);
        }
        break;
      }
      case "group": {
        const who = at(truth.people, what.who);
        if (!who) break;
        const isIn = who.groups.includes(what.group);
        who.groups = isIn
          ? who.groups.filter((one) => one !== what.group)
          : [...who.groups, what.group];
        this.say(`${who.name} ${isIn ? "leaves" : "joins"} ${what.group}.`);
        break;
      }
      case "leaves": {
        const who = at(truth.people, what.who);
        if (!who || truth.people.filter(({ here }) => here).length < 4) break;
        who.here = false;
        this.say(`${who.name} leaves the company.`);
        break;
      }
      case "reads":
        this.account(what.account).reads = what.how;
        this.say(`${this.account(what.account).title} answers: ${what.how}.`);
        break;
      case "acts":
        this.account(what.account).acts = what.how;
        this.say(`${this.account(what.account).title} takes calls: ${what.how}.`);
        break;
      case "connect":
        await this.connect(
          at(connectionNames, what.name) ?? "",
          this.account(what.account),
          what.key,
        );
        break;
      case "disconnect":
        await this.disconnect(what.line);
        break;
      case "remake": {
        const line = at(truth.lines, what.line);
        await this.disconnect(what.line);
        if (line) await this.connect(line.name, this.account(what.account), 0);
        break;
      }
      case "stop":
        await this.stop(what);
        break;
      case "type":
        await this.type(what);
        break;
    }
    this.remember();
  }

  private deed({ account: place, campaign, deed }: Extract<Stir, { is: "deed" }>): void {
    const { truth } = this;
    // What happens there is before or after whatever else does, never at the same moment.
    truth.at = new Date(truth.at.getTime() + 1_000);
    const account = this.account(place);
    if (deed.is === "create") {
      const phase = deed.paused ? "paused" : "running";
      truth.create(account, { id: deed.id, name: deed.name, phase });
      this.say(`${account.title} has a new campaign ${deed.id} “${deed.name}” (${phase}).`);
      return;
    }
    const instance = at(account.campaigns, campaign);
    if (!instance) return;
    this.say(
      `At ${account.title}: ${deed.is} ${words(instance)}${"name" in deed ? ` as “${deed.name}”` : ""}.`,
    );
    const stands = (phase: Instance["phase"], word: string) =>
      Object.assign(instance, { phase, word, since: truth.at });
    switch (deed.is) {
      case "rename":
        instance.name = deed.name;
        break;
      case "delete":
        account.campaigns = account.campaigns.filter((one) => one !== instance);
        break;
      case "make anew":
        truth.create(account, { id: instance.id, name: deed.name, phase: "paused" });
        break;
      case "pause":
        if (instance.phase === "running") stands("paused", "paused");
        break;
      case "resume":
        if (instance.phase === "paused") stands("running", "running");
        break;
      case "breaker":
        if (instance.phase === "running" || instance.phase === "paused") stands("paused", "halted");
    }
  }

  private async connect(name: string, account: Account, keyPlace: number): Promise<void> {
    const { truth } = this;
    const { vendor } = account;
    // Only its key tells that an account is connected already, so a second connection has the first one's.
    const twin = truth.lines.find(
      (line) => line.name !== name && accountOf(truth, line.vendor, line.key) === account,
    );
    const key = twin?.key ?? at(account.keys, keyPlace) ?? "";
    const made = await this.driver.connect({ vendor, name, key, by: "U_CHI" }, { check: false });
    if ("refused" in made)
      return this.say(`${name} is not connected to ${account.title}: ${made.refused}`);
    truth.lines = [
      ...truth.lines.filter((line) => line.name !== name),
      { id: made.id, name, vendor, key },
    ];
    this.say(`${name} is connected to ${account.title} (${made.id}).`);
  }

  private async disconnect(place: number): Promise<void> {
    const line = at(this.truth.lines, place);
    if (!line || !(await this.driver.disconnect(line.name, "U_CHI"))) return;
    this.truth.lines = this.truth.lines.filter((one) => one !== line);
    this.say(`${line.name} is removed.`);
  }

  // What people do.

  private async type({ by: place, action, namings, minutes }: Extract<Stir, { is: "type" }>) {
    const who = this.who(place);
    if (!who) return;
    const meant = namings.map((naming) => this.named(naming));
    const end = action === "pause" && minutes ? ` for ${minutes}m` : "";
    const text = `${action} ${meant.map((one) => one.text).join(", ")}${end}`;
    const read = this.driver.read(text);
    if ("refused" in read || "stop" in read)
      return this.say(`${who.name}: “${text}” is not understood.`);
    await this.wish(who.id, read, {
      how: "typed",
      meanings: meant.map((one) => one.meaning),
      text,
    });
  }

  private async wish(
    by: string,
    wish: Parameters<Driver["submit"]>[0],
    { text, ...told }: Pick<Told, "how" | "meanings"> & { text: string },
  ): Promise<void> {
    const asked = await this.asking({ ...told, by }, text, (asking) =>
      this.driver.submit(wish, asking),
    );
    const pick = asked?.pick;
    if (pick) this.picks = pick.map((one) => ({ ...one, by, meanings: told.meanings }));
  }

  private async choose(place: number): Promise<void> {
    const picked = at(this.picks, place);
    if (!picked) return;
    this.picks = [];
    const { by, choiceId = "", instead, picked: shown } = picked;
    const meaning = this.pickedAs(shown);
    const wish = await this.driver.choose(by, choiceId);
    if (!wish || !personIn(this.truth, by) || personIn(this.truth, by).kind !== "member") return;
    this.seen.add("a choice");
    const meanings = [...picked.meanings.filter((one) => typedAs(one) !== instead), meaning];
    await this.wish(by, wish, {
      how: "typed",
      meanings,
      text: `(chooses ${shown.connection}:${shown.id} for “${instead}”)`,
    });
  }

  private async form(what: Extract<Happening, { is: "form" }>): Promise<void> {
    const who = this.who(what.by);
    const line = at(this.truth.lines, what.line);
    const account = line && accountOf(this.truth, line.vendor, line.key);
    if (!who || !line || !account) return;
    const chosen = new Set(what.campaigns.flatMap((place) => at(account.campaigns, place) ?? []));
    const campaigns = [...chosen].map(
      ({ id, name }): PickedCampaign => ({
        connectionId: line.id,
        connection: line.name,
        id,
        name,
      }),
    );
    if (campaigns.length === 0) return;
    const typed = `${what.action} ${campaigns.map(({ connection, id }) => `${connection}:${id}`).join(", ")}`;
    const meanings = campaigns.map((one) => this.pickedAs(one));
    const asked = await this.asking(
      { how: "form", by: who.id, meanings },
      `a form: ${typed}`,
      (asking) => this.driver.form(what.action, campaigns, asking),
    );
    if (asked?.changeId && "refused" in this.driver.read(typed))
      this.claims(["a form takes no more than the command does"], typed);
  }

  private async stop({ by, line: place }: Extract<Stir, { is: "stop" }>): Promise<void> {
    const who = this.who(by);
    const { truth } = this;
    if (!who || truth.lines.length === 0) return;
    const line = place === undefined ? undefined : at(truth.lines, place);
    const lines = line ? [line] : truth.lines;
    const scope = lines.flatMap(({ id }) => accountAt(truth, id) ?? []);
    const text = `stop all${line ? ` in ${line.name}` : ""} because of the law`;
    const read = this.driver.read(text);
    if (!("stop" in read)) return this.say(`${who.name}: “${text}” is not understood.`);
    await this.asking({ how: "stop", by: who.id, meanings: [], scope }, text, (asking) =>
      this.driver.stop(read, asking),
    );
  }

  private async vote({ by, change: place, kind, anyway }: Extract<Happening, { is: "vote" }>) {
    const who = this.who(by);
    const change = await this.change(
      place,
      ({ state }) => state === "waiting" || state === "approved",
    );
    if (!who || !change) return;
    const moments = this.opened();
    this.oracle.votes.push({ changeId: change.id, by: who.id, moments });
    const person = personIn(this.truth, who.id);
    const asker = personIn(this.truth, change.askedBy);
    const words_ = await this.orDies(() =>
      this.driver.vote(change.id, kind, { by: person, asker, anyway }),
    );
    this.say(`${who.name} presses ${kind} on ${change.id}: ${words_}`);
    this.closeAll();
  }

  private async answer({ by, change: place, kind }: Extract<Happening, { is: "answer" }>) {
    const who = this.who(by);
    const change = await this.change(
      place,
      ({ verdict, ratified }) => verdict.kind === "ratify" && !ratified,
    );
    if (!who || !change) return;
    const words_ = await this.orDies(() =>
      this.driver.answer(change.id, kind, personIn(this.truth, who.id)),
    );
    this.say(`${who.name} presses ${kind} on ${change.id}: ${words_}`);
  }

  private async follow({
    by,
    change: place,
    press,
    minutes,
  }: Extract<Happening, { is: "follow" }>) {
    const who = this.who(by);
    const change = await this.change(place, suits[press]);
    if (!who || !change) return;
    const person = personIn(this.truth, who.id);
    switch (press) {
      case "look": {
        const moved = await this.orDies(() =>
          this.stage.product.lookBeforeVote(this.driver.world, {
            workspace: this.stage.workspace,
            changeId: change.id,
          }),
        );
        return this.say(`Somebody looks at ${change.id}: ${moved?.length ?? 0} have moved.`);
      }
      case "withdraw":
        return this.say(
          `${who.name} withdraws ${change.id}: ${await this.orDies(() => this.driver.withdraw(change.id, person))}`,
        );
      case "check again":
        return this.say(
          `${who.name} checks ${change.id} again: ${await this.orDies(() => this.driver.look(change.id, person))}`,
        );
      default: {
        const until = new Date((change.until ?? this.truth.at).getTime() + minutes * minute);
        await this.asking(
          { how: press, by: who.id, of: change.id, meanings: [] },
          `${press} ${change.id}`,
          (asking) => this.driver.follow(press, change.id, { ...asking, until }),
        );
      }
    }
  }

  // How asking goes.

  private async asking(
    told: Told,
    text: string,
    deed: (asking: { by: ReturnType<typeof personIn>; requestKey: string }) => Promise<Asked>,
  ): Promise<Asked | undefined> {
    // No two ask at the same moment: which of them was first is for the record to know, and not for chance.
    this.truth.at = new Date(this.truth.at.getTime() + 1_000);
    const ask = this.asks(told);
    this.requests += 1;
    const requestKey = `request ${this.requests}`;
    const name = this.truth.people.find(({ id }) => id === told.by)?.name;
    const once = () => deed({ by: personIn(this.truth, told.by), requestKey });
    // What was acknowledged is on record, so whoever died is followed by somebody who does it once more.
    const asked = (await this.orDies(once)) ?? (await once());
    this.say(`${name}: “${text}” → ${asked.changeId ?? asked.words}`);
    this.came(ask, asked);
    await this.examine(ask);
    return asked;
  }

  private async examine(ask: Ask): Promise<void> {
    if (ask.changeId === undefined) return;
    const changes = await this.driver.changes();
    const change = changes.find(({ id }) => id === ask.changeId);
    if (!change) return;
    this.oracle.onRecord = changes;
    this.claims(this.oracle.faultsOfRecord(ask, change, this.truth.moment()), change.id);
  }

  private asks(told: Told): Ask {
    this.seq += 1;
    const ask: Ask = { ...told, seq: this.seq, moments: this.opened(), over: false };
    this.oracle.asks.push(ask);
    return ask;
  }

  private came(ask: Ask, asked: Asked | undefined): void {
    ask.over = true;
    ask.overAt = this.seq;
    this.open.splice(
      0,
      this.open.length,
      ...this.open.filter(({ moments }) => moments !== ask.moments),
    );
    if (asked?.foundNothing) ask.foundNothing = true;
    if (!asked?.changeId) return;
    const known = this.oracle.askOf(asked.changeId);
    // The same press twice makes one change.
    if (!known) ask.changeId = asked.changeId;
    if (ask.how === "end" || ask.how === "reverse") {
      this.say(`The ${ask.how} of ${ask.of} makes ${asked.changeId}.`);
      this.seen.add(`${ask.how} asked`);
    } else this.seen.add(`${ask.how} asked`);
  }

  /** Moments from now on, until whoever opened them is through. */
  private opened(): Moment[] {
    const moments = [this.truth.moment()];
    this.open.push({ moments });
    return moments;
  }

  private remember(): void {
    if (this.open.length === 0) return;
    const moment = this.truth.moment();
    for (const { moments } of this.open) moments.push(moment);
  }

  private closeAll(): void {
    this.open.length = 0;
  }

  private begins(kind: string, changeId: string): void {
    this.inHand = { changeId, moments: this.opened(), shownAs: new Map() };
    this.seen.add(kind);
  }

  /** Does it; undefined where the program dies of it. */
  private async orDies<Result>(deed: () => Promise<Result>): Promise<Result | undefined> {
    const death = new Promise<undefined>((resolve) => {
      this.die = () => {
        this.stage.timers.forget();
        resolve(undefined);
      };
    });
    return Promise.race([deed(), death]);
  }

  // Who and what is meant.

  private account(place: number): Account {
    return at(this.truth.accounts, place) as Account;
  }

  private who(place: number) {
    const here = this.truth.people.filter((one) => one.here);
    return at(here, place);
  }

  /** One of the newest of the changes that suit. */
  private async change(
    place: number,
    suit: (change: Change) => boolean,
  ): Promise<Change | undefined> {
    const changes = (await this.driver.changes()).filter(suit);
    return changes[place % Math.max(1, changes.length)];
  }

  private named(naming: Naming): { text: string; meaning: Meaning } {
    const { truth } = this;
    if (naming.as === "exact") {
      const line = at(truth.lines, naming.line) ?? { name: "burki", vendor: "burki", key: "" };
      const account = accountOf(truth, line.vendor as Account["vendor"], line.key);
      const id = naming.id ?? at(account?.campaigns ?? [], naming.campaign)?.id ?? "4";
      return { text: `${line.name}:${id}`, meaning: { as: "exact", connection: line.name, id } };
    }
    const campaign = at(this.account(naming.account).campaigns, naming.campaign);
    if (naming.as === "id") {
      const text = naming.id ?? campaign?.id ?? "4";
      return { text, meaning: { as: "words", text, quoted: false } };
    }
    const { quoted, part } = naming;
    const text = part ?? campaign?.name ?? "Test";
    return { text: quoted ? `"${text}"` : text, meaning: { as: "words", text, quoted } };
  }

  private pickedAs({ connectionId, id }: PickedCampaign): Meaning {
    const line = this.truth.lines.find((one) => one.id === connectionId);
    const account = line && accountOf(this.truth, line.vendor, line.key);
    const found = account?.campaigns.find((one) => one.id === id);
    return { as: "picked", account: account?.title ?? "", id, instance: found && { ...found } };
  }

  // What must hold.

  private claims(faults: readonly string[], about: string): void {
    for (const fault of faults) {
      this.say(`✗ ${fault}: ${about}`);
      this.faults.push(`${fault} (${about})`);
    }
  }

  private mustHold(): void {
    const [fault] = this.faults;
    if (fault) throw new Error(`It is not so that ${fault}.\n${this.told.join("\n")}`);
  }

  private say(sentence: string): void {
    const at_ = this.truth.at.toISOString().slice(5, 19).replace("T", " ");
    this.told.push(`${at_} ${sentence}`);
  }
}

const suits: Record<Follow, (change: Change) => boolean> = {
  undo: ({ state }) => state === "done" || state === "partly",
  again: ({ state }) => ["failed", "partly", "needs_attention", "expired"].includes(state),
  extend: ({ until, state }) => until !== undefined && state === "done",
  look: ({ state }) => state === "waiting",
  withdraw: ({ state }) => state === "waiting",
  "check again": ({ state }) => state === "needs_attention",
};

function at<T>(list: readonly T[], place: number): T | undefined {
  return list[place % Math.max(1, list.length)];
}

function typedAs(meaning: Meaning): string | undefined {
  if (meaning.as === "picked") return undefined;
  return meaning.as === "exact" ? `${meaning.connection}:${meaning.id}` : meaning.text;
}

function words({ id, name }: Pick<Instance, "id" | "name">): string {
  return `${id} “${name}”`;
}

function wordsOfAccount({ title, campaigns }: Account): string {
  const all = campaigns.map((one) => `${words(one)} (${one.phase})`);
  return `${title} with ${all.join(", ") || "nothing"}`;
}

function accounts(): Account[] {
  const facts = { campaigns: [], reads: "well" as const, acts: "well" as const };
  return [
    {
      ...facts,
      title: "account A",
      vendor: "burki",
      keys: ["k3y-of-account-A", "k3y-two-of-acc-A"],
    },
    {
      ...facts,
      title: "account B",
      vendor: "burki",
      keys: ["k3y-of-account-B", "k3y-two-of-acc-B"],
    },
    { ...facts, title: "account C", vendor: "peachdesk", keys: ["k3y-of-account-C"] },
  ];
}

function somebodies() {
  return people.map((id) => ({
    id,
    name: id.slice(1, 2) + id.slice(2).toLowerCase(),
    admin: id === "UCHI",
    groups: id === "UDEE" ? [...groups] : [],
    here: true,
  }));
}
