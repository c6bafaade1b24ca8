import type { House } from "../../sandbox/house.ts";
import type { Effect } from "../../sandbox/vendors/pretend.ts";
import type { VendorName } from "../../src/domain/campaign.ts";
import type { Change } from "../../src/domain/change.ts";
import { openWorld } from "../../src/open-world.ts";
import { type Attempt, attemptsOf } from "../../src/store/attempts.ts";
import { type ChainedLine, exportAudit } from "../../src/store/audit.ts";
import { listChanges } from "../../src/store/changes.ts";
import { type Post, postsOf } from "../../src/store/posts.ts";
import { textOf } from "../support/journey.ts";
import type { Sent } from "./tap.ts";

/** Everything that anybody wrote down: Slack, the platforms, and the bot's own database. */
export interface History {
  requests: readonly Request[];
  /** States by id of change and of target, each time the bot was down; oldest first. */
  snapshots: readonly ReadonlyMap<string, string>[];
  changes: readonly KeptChange[];
  /** One workspace's lines, in order. */
  audit: readonly ChainedLine[];
  /** What a walk along the chain found wrong; nothing if it is whole. */
  chainFault?: string | undefined;
  /** Calls that could have changed something, as they arrived at a platform. */
  calls: readonly VendorCall[];
  cards: readonly Card[];
}

/** `answered`: the person was told something for it, or shown a form. */
export type Request = Pick<Sent, "by" | "act" | "change" | "outcome" | "status"> & {
  answered: boolean;
};

export interface KeptChange extends Change {
  calls: readonly Attempt[];
  posts: readonly Post[];
}

export interface VendorCall {
  vendor: VendorName;
  campaign: string;
  at: Date;
  effect: Effect | null;
}

/** A message of the bot's that shows one change. */
interface Card {
  change: string;
  channel: string;
  ts: string;
  text: string;
}

/** Reads it all; the bot must be down. */
export async function gatherHistory(
  house: House,
  { sent, snapshots }: { sent: readonly Sent[]; snapshots: History["snapshots"] },
): Promise<History> {
  const outside = { now: () => new Date(), random: Math.random };
  const opened = await openWorld(house.config, { outside });
  const { store } = opened.world;
  try {
    const all = await store.read((q) => listChanges(q, { limit: 100_000 }));
    const changes: KeptChange[] = [];
    for (const change of all) {
      const { workspace, id } = change;
      const calls = await store.read((q) => attemptsOf(q, workspace, id));
      changes.push({ ...change, calls, posts: await store.read((q) => postsOf(q, workspace, id)) });
    }
    const audit: ChainedLine[] = [];
    for await (const line of exportAudit(store, house.workspace)) audit.push(line);
    return {
      requests: requestsOf(house, sent),
      snapshots,
      changes,
      audit,
      calls: callsOf(house),
      cards: cardsOf(house),
    };
  } finally {
    await opened.close();
  }
}

function requestsOf({ slack }: House, sent: readonly Sent[]): Request[] {
  const fine = slack.calls().filter(({ ok }) => ok);
  const told = new Set(fine.flatMap(({ path }) => path ?? []));
  const shown = new Set(
    fine.filter(({ method }) => method === "views.open").map(({ args }) => args.trigger_id),
  );
  return sent.map(({ by, act, change, outcome, status, responsePath, trigger }) => {
    const answered = told.has(responsePath ?? "") || (trigger !== undefined && shown.has(trigger));
    return { by, act, change, outcome, status, answered };
  });
}

function callsOf({ vendors }: House): VendorCall[] {
  return Object.values(vendors).flatMap((vendor) => {
    const ids = new Set(vendor.campaigns().map(({ id }) => id));
    return vendor.log().flatMap(({ changing, path, at, effect }) => {
      const campaign = path.split(/[/?]/).find((part) => ids.has(decodeURIComponent(part)));
      return changing && campaign !== undefined
        ? [{ vendor: vendor.name, campaign: decodeURIComponent(campaign), at, effect }]
        : [];
    });
  });
}

/** A card has its change's id in its last line. */
function cardsOf({ slack }: House): Card[] {
  return slack.channels.flatMap(({ id: channel }) =>
    slack.messages(channel).flatMap((message) => {
      const text = textOf(message);
      // Behind its state; elsewhere a card may name a change that overtook it, or one that it follows.
      const change = [...text.matchAll(/\* · `(chg_[A-Za-z0-9]+)`/g)].at(-1)?.[1];
      const isCard = message.user === slack.botUserId && !message.threadTs;
      return isCard && change !== undefined ? [{ change, channel, ts: message.ts, text }] : [];
    }),
  );
}
