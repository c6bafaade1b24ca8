import { type Entry, entryOf } from "./entry.ts";
import type { Effect, Happening, NewCampaign } from "./pretend.ts";

/** One account's campaigns. Time passes only when somebody looks. */
export interface Shop {
  now(): Date;
  all(): Entry[];
  find(id: string): Entry | undefined;
  /** What a read shows of this campaign's word. */
  shown(entry: Entry): string;
  /** A call changes the word; a move that was due is off, unless it is kept. */
  move(entry: Entry, word: string, due?: "keep_due"): void;
  /** A call changes the word, but only after a while. */
  moveLater(entry: Entry, word: string, ms: number): void;
  /** Something follows by itself, after a while. */
  follow(entry: Entry, word: string, ms: number): void;
  remove(entry: Entry): void;
}

/** The shop as its server has it. */
export interface ShopKeeper extends Shop {
  put(campaign: NewCampaign): void;
  setWord(id: string, word: string): void;
  /** Its server does this of its own accord, when so much time has passed. */
  happens(id: string, what: Happening, inMs: number): void;
  clear(): void;
  /** Runs a call and says what it changed. `mask` is a word that reads show instead of the true one. */
  during<T>(run: () => T, mask?: string): { result: T; effect: Effect | null };
  /** Runs a call and takes back whatever it changed. */
  inVain<T>(run: () => T): T;
  /** Runs something when `ms` have passed. */
  owe(ms: number, run: () => void): void;
  /** Undoes what a call changed, if nothing has changed since. */
  takeBack(effect: Effect): void;
}

interface Hooks {
  now(): Date;
  entered?: ((entry: Entry, from: string | null, now: number) => void) | undefined;
  passed?: ((entry: Entry, now: number) => void) | undefined;
  happened?: ((entry: Entry, what: Happening, at: number) => string | undefined) | undefined;
  /** Asks to be looked at again after `ms`. */
  wake(ms: number): void;
}

export function openShop(hooks: Hooks): ShopKeeper {
  let entries = new Map<string, Entry>();
  let owed: { at: number; run: () => void }[] = [];
  let effect: Effect | null = null;
  let mask: string | undefined;
  const instant = () => hooks.now().getTime();

  function enter(entry: Entry, from: string | null, at: number): void {
    hooks.entered?.(entry, from, at);
    if (entry.due) hooks.wake(entry.due.at - instant());
  }

  function become(entry: Entry, word: string, at: number): void {
    const from = entry.word;
    if (from === word) return;
    entry.word = word;
    entry.changedAt = new Date(at);
    entry.changes += 1;
    enter(entry, from, at);
  }

  function runAhead(entry: Entry): void {
    while (entry.ahead[0] && entry.ahead[0].at <= instant()) {
      const { at, what } = entry.ahead.shift() as Entry["ahead"][number];
      hooks.passed?.(entry, at);
      const word = hooks.happened?.(entry, what, at);
      if (word !== undefined) become(entry, word, at);
    }
  }

  function settle(entry: Entry): Entry {
    runAhead(entry);
    const due = entry.due;
    if (due && due.at <= instant()) {
      hooks.passed?.(entry, due.at);
      entry.due = null;
      become(entry, due.word, due.at);
    }
    hooks.passed?.(entry, instant());
    return entry;
  }

  function payOff(): void {
    const due = owed.filter(({ at }) => at <= instant());
    owed = owed.filter((debt) => !due.includes(debt));
    for (const { run } of due) run();
  }

  const shop: ShopKeeper = {
    now: hooks.now,
    all() {
      payOff();
      return [...entries.values()].map(settle);
    },
    find(id) {
      const entry = entries.get(id);
      return entry && settle(entry);
    },
    shown: (entry) => mask ?? entry.word,
    move(entry, word, due) {
      effect = { id: entry.id, from: entry.word, to: word };
      if (due !== "keep_due") entry.due = null;
      become(entry, word, instant());
    },
    moveLater(entry, word, ms) {
      effect = { id: entry.id, from: entry.word, to: word };
      shop.follow(entry, word, ms);
    },
    follow(entry, word, ms) {
      entry.due = { at: instant() + ms, word };
      hooks.wake(ms);
    },
    remove(entry) {
      effect = { id: entry.id, from: entry.word, to: "deleted" };
      entries.delete(entry.id);
    },
    put(campaign) {
      const entry = entryOf(campaign, hooks.now());
      entries.set(entry.id, entry);
      enter(entry, null, instant());
    },
    setWord(id, word) {
      payOff();
      const entry = shop.find(id);
      if (!entry) throw new Error(`There is no campaign ${id} here.`);
      entry.due = null;
      become(entry, word, instant());
    },
    happens(id, what, inMs) {
      const entry = shop.find(id);
      if (!entry) throw new Error(`There is no campaign ${id} here.`);
      entry.ahead.push({ at: instant() + inMs, what });
      entry.ahead.sort((a, b) => a.at - b.at);
      hooks.wake(inMs);
    },
    clear() {
      entries.clear();
      owed = [];
    },
    during(run, masked) {
      effect = null;
      mask = masked;
      try {
        const result = run();
        return { result, effect };
      } finally {
        mask = undefined;
      }
    },
    inVain(run) {
      const before = structuredClone(entries);
      try {
        return run();
      } finally {
        entries = before;
      }
    },
    owe(ms, run) {
      owed.push({ at: instant() + ms, run });
      hooks.wake(ms);
    },
    takeBack({ id, from, to }) {
      const entry = entries.get(id);
      if (entry?.word === to) become(entry, from, instant());
    },
  };
  return shop;
}
