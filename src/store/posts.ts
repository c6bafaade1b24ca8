import { and, asc, desc, eq, lt } from "drizzle-orm";
import type { Q } from "./handle.ts";

/** One place where a change's card was put. */
export interface Post {
  workspace: string;
  id: string;
  changeId: string;
  channel: string;
  /** Slack's own id of the message within the channel. */
  ts: string;
  /** Version of the change that the card shows. */
  shownVersion: number;
  /** Deleted at Slack, or out of our reach for good. */
  gone: boolean;
  /** A copy for one person beside the card itself. */
  copy?: boolean | null;
}

/** Oldest first, those that are gone included. */
export async function postsOf(q: Q, workspace: string, changeId: string): Promise<Post[]> {
  const { posts } = q.t;
  return q
    .select()
    .from(posts)
    .where(and(eq(posts.workspace, workspace), eq(posts.changeId, changeId)))
    .orderBy(asc(posts.ts));
}

export async function postAt(
  q: Q,
  workspace: string,
  channel: string,
  ts: string,
): Promise<Post | undefined> {
  const { posts } = q.t;
  const [row] = await q
    .select()
    .from(posts)
    .where(and(eq(posts.workspace, workspace), eq(posts.channel, channel), eq(posts.ts, ts)));
  return row;
}

/** The changes that are shown in a channel, the newest post first. */
export async function shownIn(q: Q, workspace: string, channel: string): Promise<string[]> {
  const { posts } = q.t;
  const rows = await q
    .select({ changeId: posts.changeId })
    .from(posts)
    .where(and(eq(posts.workspace, workspace), eq(posts.channel, channel), eq(posts.gone, false)))
    .orderBy(desc(posts.ts));
  return [...new Set(rows.map(({ changeId }) => changeId))];
}

/** Harmless if the place is known already; true if it was new. */
export async function rememberPost(q: Q, post: Omit<Post, "gone">): Promise<boolean> {
  const { posts } = q.t;
  const kept = await q
    .insert(posts)
    .values({ ...post, gone: false })
    .onConflictDoNothing({ target: [posts.workspace, posts.channel, posts.ts] })
    .returning({ id: posts.id });
  return kept.length === 1;
}

/** Never goes back: a late redraw of an older version leaves the newer mark. */
export async function markShown(
  q: Q,
  workspace: string,
  id: string,
  version: number,
): Promise<void> {
  const { posts } = q.t;
  await q
    .update(posts)
    .set({ shownVersion: version })
    .where(and(eq(posts.workspace, workspace), eq(posts.id, id), lt(posts.shownVersion, version)));
}

export async function markGone(q: Q, workspace: string, id: string): Promise<void> {
  const { posts } = q.t;
  await q
    .update(posts)
    .set({ gone: true })
    .where(and(eq(posts.workspace, workspace), eq(posts.id, id)));
}
