import { and, asc, eq, gte, inArray, lt } from "drizzle-orm";
import type { Q } from "./handle.ts";

/** A channel that did not take a card, and has taken none since; `reason` is Slack's own word. */
export interface ClosedChannel {
  channel: string;
  reason: string;
}

/** Channels that are on record as closed to us. Only the lines about channels are read, whose ids begin with C or G. */
export async function closedChannels(q: Q, workspace: string): Promise<ClosedChannel[]> {
  const { audit } = q.t;
  const lines = await q
    .select({ event: audit.event, subject: audit.subject, detail: audit.detail })
    .from(audit)
    .where(
      and(
        eq(audit.workspace, workspace),
        gte(audit.subject, "C"),
        lt(audit.subject, "H"),
        inArray(audit.event, ["channel_closed", "channel_open_again"]),
      ),
    )
    .orderBy(asc(audit.subject), asc(audit.seq));
  const last = new Map(lines.map((line) => [line.subject, line]));
  return [...last.values()]
    .filter(({ event }) => event === "channel_closed")
    .map(({ subject: channel, detail }) => ({ channel, reason: reasonIn(detail) }));
}

function reasonIn(detail: string): string {
  const { reason } = JSON.parse(detail) as { reason?: unknown };
  return typeof reason === "string" ? reason : "";
}
