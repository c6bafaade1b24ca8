import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { type Connection, connectionById } from "./connections.ts";
import type { Q, Store } from "./handle.ts";

const versioned = z.object({ version: z.number() });

/**
 * Whether the record tells of a newer key than the row holds: then somebody has put an old row back, with a key that
 * was replaced, perhaps for good reason.
 */
export async function isPutBack(store: Store, connection: Connection): Promise<boolean> {
  const { workspace, id, version } = connection;
  const recorded = await store.read((q) => recordedVersion(q, workspace, id));
  if (recorded === undefined || recorded <= version) return false;
  // It may have been connected again since the row was read; row and line are committed together.
  const now = await store.read((q) => connectionById(q, workspace, id));
  return now !== undefined && now.version < recorded;
}

/** The version that was connected last, as the record has it. */
async function recordedVersion(q: Q, workspace: string, id: string): Promise<number | undefined> {
  const { audit } = q.t;
  const [line] = await q
    .select({ detail: audit.detail })
    .from(audit)
    .where(and(eq(audit.workspace, workspace), eq(audit.subject, id), eq(audit.event, "connected")))
    .orderBy(desc(audit.seq))
    .limit(1);
  return line && versioned.safeParse(parsed(line.detail)).data?.version;
}

/** What other hands have written may be no JSON at all. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
