import { type Campaign, vendorTitles } from "./campaign.ts";
import type { Change, Target } from "./change.ts";
import { isTargetOpen } from "./settle.ts";
import { shorten } from "./shorten.ts";

/** What one change asked for one campaign, and how that stands on record. */
export interface Wished
  extends Pick<Change, "id" | "action" | "state" | "askedBy" | "askedAt" | "reason" | "until">,
    Pick<Change, "follows"> {
  target: Pick<Target, "state" | "watch" | "attempts" | "checkedAt" | "after" | "noted" | "vendor">;
}

/** What stands on a campaign: every wish to hold it since it was last let go, and which of them counts. */
export interface Hold {
  /** The pause after which the platform first showed it paused. */
  root: Wished;
  /** The latest and longest wish to hold: its end is the one that counts. */
  holder: Wished;
}

/** What has become of a planned end, going by the record. */
export type Plan =
  | {
      kind: "stands";
      root: Wished;
      /** Somebody's pause that would hold it still if this one were taken back. */
      besides?: Wished;
    }
  /** A later pause lasts longer and has a planned end of its own. */
  | { kind: "put_off"; until: Date; by: Wished }
  /** A later pause without an end holds it. */
  | { kind: "held"; by: Wished }
  /** It was resumed, cancelled or paused anew, or did not stay paused. */
  | { kind: "let_go"; by: Wished }
  /** It was paused already when this came, and not by us. */
  | { kind: "never_ours" };

interface Story {
  holds: Wished[];
  root?: Wished;
  letGo?: Wished;
}

/** `story` is everything that was asked for one campaign, the oldest first. Undefined: nothing of ours holds it. */
export function holdOn(story: readonly Wished[]): Hold | undefined {
  const { root, holds } = told(story);
  return root && { root, holder: longest(holds, root) };
}

/** Whether the planned end of this change still stands for the campaign of that story. */
export function planOf(id: string, story: readonly Wished[]): Plan {
  const { root, holds, letGo } = told(story);
  const mine = holds.find((one) => one.id === id);
  if (!mine && letGo) return { kind: "let_go", by: letGo };
  if (!mine || !root) return { kind: "never_ours" };
  const by = longest(holds, root);
  if (by.id === id) {
    const others = holds.filter((one) => one !== mine && !isPutOffBy(mine, one, holds));
    const [first] = others;
    return { kind: "stands", root, ...(first && { besides: longest(others, first) }) };
  }
  return by.until ? { kind: "put_off", until: by.until, by } : { kind: "held", by };
}

/** Does a pause only make that other one last longer? */
function isPutOffBy(one: Wished, other: Wished, holds: readonly Wished[]): boolean {
  const before = holds.find(({ id }) => id === one.follows);
  return before !== undefined && (before === other || isPutOffBy(before, other, holds));
}

/** A pause that was carried out holds, whatever came of it; one that made it stand paused forgets what was before. */
function told(story: readonly Wished[]): Story {
  let so: Story = { holds: [] };
  for (const one of story) {
    const { state, watch, attempts } = one.target;
    if (!isEndOfWish(one)) continue;
    if (one.action !== "pause") {
      if (state !== "failed" && state !== "refused") so = { holds: [], letGo: one };
    } else if (watch === "changed" || watch === "ended") so = { holds: [], letGo: one };
    else if (state === "done") {
      const letGo = so.holds.length > 0 ? one : so.letGo;
      so = { holds: [one], root: one, ...(letGo && { letGo }) };
    } else {
      const root = so.root ?? (state === "needs_attention" && attempts > 0 ? one : undefined);
      so = { ...so, holds: [...so.holds, one], ...(root && { root }) };
    }
  }
  return so;
}

/** No end beats any end, a later end an earlier one; of two that are alike the later wish. */
function longest(holds: readonly Wished[], first: Wished): Wished {
  return holds.reduce((best, one) => {
    if (!best.until) return one.until ? best : one;
    return !one.until || one.until >= best.until ? one : best;
  }, first);
}

const neverBegun: readonly Change["state"][] = ["denied", "expired", "withdrawn", "superseded"];

function isEndOfWish({ state, target }: Wished): boolean {
  return !neverBegun.includes(state) && !isTargetOpen(target.state);
}

/**
 * Why the campaign as it is read now is not the one that our pause left, in a sentence: then its end is not asked for.
 * Undefined: it stands as we left it.
 */
export function leftOurPause(
  { target }: Pick<Wished, "target">,
  seen: Campaign,
): string | undefined {
  const title = vendorTitles[target.vendor];
  const word = shorten(seen.word);
  if (seen.phase !== "paused") {
    return `${title} shows ${word}, so it does not stand paused by this any more.`;
  }
  if (target.state === "done" && target.after !== undefined && target.after !== seen.word) {
    return `${title} shows ${word}, and our pause left it as ${shorten(target.after)}. It was changed there since.`;
  }
  if (seen.note !== undefined && seen.note !== target.noted) {
    return `${title} has a reason of its own for it now: ${seen.note} It was not our pause alone that holds it.`;
  }
  return undefined;
}
