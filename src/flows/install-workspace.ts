import { newJob } from "../queue/kinds.ts";
import { commit } from "../store/commit.ts";
import { Conflict } from "../store/errors.ts";
import type { Secret } from "../store/secret.ts";
import {
  type InstalledWorkspace,
  installById,
  refreshAad,
  saveInstall,
  tokenAad,
} from "../store/workspaces.ts";
import type { World } from "../world.ts";

/** What Slack gave to whoever allowed it. */
export interface Granted
  extends Omit<InstalledWorkspace, "sealedToken" | "version" | "installedAt" | "rotation"> {
  token: Secret;
  /** Where tokens rotate. */
  next?: NextToken;
}

/** What gives the next token, once, and how long this one lives. */
interface NextToken {
  refresh: Secret;
  livesMs: number;
}

/** A token and what gives the next one, sealed to their install. It is renewed at half of its life: what goes wrong then has time. */
export async function sealTokens(
  { keyring, now }: Pick<World, "keyring" | "now">,
  place: Pick<InstalledWorkspace, "id" | "version">,
  { token, next }: Pick<Granted, "token" | "next">,
): Promise<Pick<InstalledWorkspace, "sealedToken" | "rotation">> {
  const at = now().getTime();
  const sealedToken = await keyring.seal(token.reveal(), tokenAad(place));
  if (!next) return { sealedToken };
  const rotation = {
    sealedRefresh: await keyring.seal(next.refresh.reveal(), refreshAad(place)),
    endsAt: new Date(at + next.livesMs),
    refreshAfter: new Date(at + next.livesMs / 2),
  };
  return { sealedToken, rotation };
}

const mostTries = 5;

/** The install, or a newer one in place of an older; the record and a welcome are committed with it. */
export async function installWorkspace(
  world: World,
  granted: Granted,
): Promise<{ isNew: boolean }> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await installOnce(world, granted);
    } catch (error) {
      if (!(error instanceof Conflict) || tries >= mostTries) throw error;
    }
  }
}

async function installOnce(world: World, { token, next, ...facts }: Granted) {
  const { store, now } = world;
  const { id, installedBy } = facts;
  const before = await store.read((q) => installById(q, id));
  const version = (before?.version ?? 0) + 1;
  const at = now();
  const tokens = await sealTokens(world, { id, version }, { token, ...(next && { next }) });
  const { enterprise, orgWide, appId, scopes } = facts;
  const detail = { ...(enterprise && { enterprise }), orgWide, appId, scopes, version };
  const welcome = newJob("welcome_installer", id, { user: installedBy });
  await store.write((q) =>
    commit(q, {
      workspace: id,
      at,
      actor: installedBy,
      also: (also) => saveInstall(also, { ...facts, ...tokens, version, installedAt: at }),
      audit: [{ event: before ? "app.reinstalled" : "app.installed", subject: id, detail }],
      jobs: before ? [] : [welcome],
    }),
  );
  world.wake();
  return { isNew: !before };
}
