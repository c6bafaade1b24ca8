import type { House } from "../../sandbox/house.ts";
import type { Change } from "../../src/domain/change.ts";
import { openWorld } from "../../src/open-world.ts";
import { auditOf } from "../../src/store/audit.ts";
import { listChanges } from "../../src/store/changes.ts";
import { openJobs } from "../../src/store/jobs.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";

/** What a bot that is a process of its own has on record, read beside it. */
export interface Inside {
  /** Oldest first. */
  changes(): Promise<Change[]>;
  /** Events about one change, oldest first. */
  events(changeId: string): Promise<string[]>;
  /** Resolves when no job of these kinds is left, not even one for later; throws when it takes longer. */
  idle(withinMs: number, kinds: readonly string[]): Promise<void>;
  /** Throws if the audit chain is broken. */
  provesItsRecord(): Promise<void>;
  close(): Promise<void>;
}

export async function lookInside({ config, workspace }: House): Promise<Inside> {
  const outside = { now: () => new Date(), random: Math.random };
  const opened = await openWorld({ ...config, logLevel: "silent" }, { outside });
  const { store } = opened.world;
  const changes = async () => (await store.read((q) => listChanges(q, { workspace }))).toReversed();

  async function left(kinds: readonly string[]): Promise<string[]> {
    const jobs = await store.read(openJobs);
    return kinds.filter((kind) => jobs.has(kind)).map((kind) => `${jobs.get(kind)} ${kind}`);
  }

  return {
    changes,
    async events(changeId) {
      const lines = await store.read((q) => auditOf(q, workspace, changeId));
      return lines.map(({ event }) => event);
    },
    async idle(withinMs, kinds) {
      const end = Date.now() + withinMs;
      for (let open = await left(kinds); open.length > 0; open = await left(kinds)) {
        if (Date.now() > end) throw new Error(`still to be done: ${open.join(", ")}`);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    async provesItsRecord() {
      const verdict = await verifyAudit(store);
      if (!verdict.ok) throw new Error(verdict.sentence);
    },
    close: opened.close,
  };
}
