import { newJob } from "../queue/kinds.ts";
import { commit } from "../store/commit.ts";
import { Conflict } from "../store/errors.ts";
import type { Secret } from "../store/secret.ts";
import {
  type InstalledWorkspace,
  installById,
  saveInstall,
  tokenAad,
} from "../store/workspaces.ts";
import type { World } from "../world.ts";

/** What Slack gave to whoever allowed it. */
export interface Granted
  extends Omit<InstalledWorkspace, "sealedToken" | "version" | "installedAt"> {
  token: Secret;
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

async function installOnce(world: World, { token, ...facts }: Granted) {
  const { store, keyring, now } = world;
  const { id, installedBy } = facts;
  const before = await store.read((q) => installById(q, id));
  const version = (before?.version ?? 0) + 1;
  const at = now();
  const sealedToken = await keyring.seal(token.reveal(), tokenAad({ id, version }));
  const { enterprise, orgWide, appId, scopes } = facts;
  const detail = { ...(enterprise && { enterprise }), orgWide, appId, scopes, version };
  const welcome = newJob("welcome_installer", id, { user: installedBy });
  await store.write((q) =>
    commit(q, {
      workspace: id,
      at,
      actor: installedBy,
      also: (also) => saveInstall(also, { ...facts, sealedToken, version, installedAt: at }),
      audit: [{ event: before ? "app.reinstalled" : "app.installed", subject: id, detail }],
      jobs: before ? [] : [welcome],
    }),
  );
  world.wake();
  return { isNew: !before };
}
