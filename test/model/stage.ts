import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemories } from "../../src/domain/memories.ts";
import { checkCanaries } from "../../src/store/canaries.ts";
import { openStore } from "../../src/store/database.ts";
import type { Keyring } from "../../src/store/seal.ts";
import type { World } from "../../src/world.ts";
import { type Product, product } from "./driver.ts";
import type { Story } from "./happenings.ts";
import { type Play, play } from "./play.ts";
import { writtenQuickly } from "./statements.ts";
import { StoryTimers } from "./timers.ts";
import { vendorsOf } from "./truth.ts";

/** Seals nothing: the keys of pretend accounts are no secret, and sealing takes as long as a story. */
const openKeyring: Keyring = {
  activeKid: "open",
  kids: ["open"],
  seal: async (plain, aad) => JSON.stringify({ plain, aad }),
  open: async (sealed, aad) => {
    const { plain, aad: place } = JSON.parse(sealed) as { plain: string; aad: unknown };
    return JSON.stringify(place) === JSON.stringify(aad) ? plain : undefined;
  },
};

/** So many stories share a database before it grows slow. */
const mostInOne = 400;
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A house in which one story after another is played, each in a workspace of its own. */
export class House {
  private store: Awaited<ReturnType<typeof freshStore>> | undefined;
  private stories = 0;
  private ids = 0;
  private readonly statements: typeof writtenQuickly;

  constructor(statements = writtenQuickly) {
    this.statements = statements;
  }

  /** Plays a story with the program as it is, or with parts of it broken. */
  async play(
    story: Story,
    broken: { product?: Partial<Product>; world?: (world: World) => World } = {},
  ): Promise<Play> {
    if (this.store && this.stories % mostInOne === 0) await this.close();
    this.store ??= await freshStore();
    this.stories += 1;
    const { store } = this.store;
    const worldAs = broken.world ?? ((world: World) => world);
    const timers = new StoryTimers();
    timers.install();
    const anew = this.statements();
    try {
      return await play(story, {
        workspace: `T${this.stories}`,
        timers,
        product: { ...product, ...broken.product },
        worldOf: (truth, ears) =>
          worldAs({
            store,
            keyring: openKeyring,
            vendors: vendorsOf(truth, ears),
            now: () => truth.at,
            random: () => 0.5,
            haste: 1,
            newId: (prefix) => {
              this.ids += 1;
              return `${prefix}_${this.ids}`;
            },
            log: silent,
            egressAllow: [],
            ...forgetful(() => truth.at),
            wake: () => {},
          }),
      });
    } finally {
      timers.remove();
      anew();
      await store.write((q) => q.delete(q.t.jobs));
    }
  }

  async close(): Promise<void> {
    await this.store?.close();
    this.store = undefined;
  }
}

async function freshStore() {
  const folder = mkdtempSync(
    join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "fermata-model-"),
  );
  const store = await openStore(`file:${join(folder, "fermata.db")}`);
  const check = await checkCanaries(store, openKeyring);
  if (!check.ok) throw new Error(check.sentence);
  return {
    store,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function forgetful(now: () => Date): Pick<World, "memories" | "recentLists"> {
  const memories = createMemories(now);
  return { memories, recentLists: memories.open({ ms: 10_000, most: 1_000 }) };
}
