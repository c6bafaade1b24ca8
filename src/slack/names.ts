import { z } from "zod";
import { createMemories, type Memories } from "../domain/memories.ts";
import type { World } from "../world.ts";
import { ornament } from "./shapes.ts";
import type { SlackWeb } from "./web.ts";

/** How people and user groups are called, for showing them without calling them. */
export interface NameBook {
  /** Names by id, as far as Slack tells them; an id without a name is left out. */
  of(workspace: string, ids: readonly string[]): Promise<Record<string, string>>;
}

/** Names change rarely, and nothing is decided by them. */
const memoryMs = 10 * 60_000;
/** A bound for the memory of a bot in very many workspaces. */
const mostRemembered = 5_000;
const mostAsked = 30;

const userShape = z.object({
  real_name: ornament(z.string()),
  name: ornament(z.string()),
  profile: ornament(z.object({ display_name: ornament(z.string()) })),
});
const groupsShape = z.array(z.object({ id: z.string(), handle: ornament(z.string()) }));

export function createNames(
  web: SlackWeb,
  { now, memories = createMemories(now) }: Pick<World, "now"> & Partial<Pick<World, "memories">>,
): NameBook {
  const remembered = remember<string | undefined>(memories);
  const groups = remember<Record<string, string>>(memories);
  const nameOf = async (workspace: string, id: string): Promise<string | undefined> => {
    if (/^S[A-Z0-9]+$/.test(id)) {
      const known = await groups(workspace, "", () => groupNames(web, workspace));
      return known?.[id];
    }
    if (!/^[UW][A-Z0-9]+$/.test(id)) return undefined;
    return remembered(workspace, id, () => personName(web, workspace, id));
  };
  return {
    async of(workspace, ids) {
      const wanted = [...new Set(ids)].slice(0, mostAsked);
      const found = await Promise.all(
        wanted.map(async (id) => [id, await nameOf(workspace, id)] as const),
      );
      return Object.fromEntries(found.flatMap(([id, name]) => (name ? [[id, name]] : [])));
    },
  };
}

async function personName(web: SlackWeb, workspace: string, id: string) {
  const client = await web.client(workspace);
  const answer = await web.look(workspace, "users.info", () => client.users.info({ user: id }));
  const { profile, real_name, name } = userShape.parse(answer.user);
  return real_name || profile?.display_name || name;
}

async function groupNames(web: SlackWeb, workspace: string): Promise<Record<string, string>> {
  const client = await web.client(workspace);
  const answer = await client.usergroups.list({});
  const groups = groupsShape.parse(answer.usergroups);
  return Object.fromEntries(
    groups.flatMap(({ id, handle }) => (handle ? [[id, `@${handle}`]] : [])),
  );
}

/** Undefined where it cannot be read just now: a card without a name is better than none. */
function remember<Value>(memories: Memories) {
  const memory = memories.open<Promise<Value | undefined>>({ ms: memoryMs, most: mostRemembered });
  return (workspace: string, key: string, read: () => Promise<Value>) => {
    const known = memory.get(workspace, key);
    if (known) return known;
    const forget = () => void memory.delete(workspace, key);
    const reading = read().catch((): undefined => forget() as undefined);
    memory.set(workspace, key, reading);
    return reading;
  };
}
