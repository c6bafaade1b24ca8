import { leaveWorkspaces, uninstallWorkspace } from "../../flows/uninstall-workspace.ts";
import { Secret } from "../../store/secret.ts";
import {
  type InstalledWorkspace,
  installById,
  installFor,
  rememberServed,
  tokenAad,
} from "../../store/workspaces.ts";
import type { World } from "../../world.ts";
import type { Install, Installs, Place } from "./installs.ts";
import { askWhose } from "./one-token.ts";
import { reachedBy } from "./reached.ts";
import type { Rotation } from "./rotation.ts";

type Vault = Pick<World, "store" | "keyring" | "log" | "now" | "memories">;

/** Every workspace that has installed us. The database is asked each time, so that what was removed is gone at once. */
export function storedInstalls(
  world: Vault,
  apiUrl: string,
  /** Left out where we are not told what the app's settings at Slack say: tokens are then used as they are. */
  rotation?: Rotation,
): Installs {
  const { store, log } = world;
  const { memories } = world;
  const opened = memories.open<Install>({ ms: openedMs, most: mostOpened, byUse: true });

  async function open(row: InstalledWorkspace): Promise<Install | undefined> {
    const known = opened.get(row.id, "");
    if (known?.mark === row.sealedToken) return known;
    const token = await world.keyring.open(row.sealedToken, tokenAad(row));
    if (token === undefined) {
      log.error("a bot token cannot be opened with this keyring", { workspace: row.id });
      return undefined;
    }
    const { id, orgWide, botUserId, botId, appId, installedBy, sealedToken: mark } = row;
    const whose = { id, orgWide, botUserId, botId, appId, installedBy };
    const install = { ...whose, token: new Secret(token), mark };
    opened.set(id, "", install);
    return install;
  }

  async function find(workspace: string): Promise<Install | undefined> {
    const row = await store.read((q) => installFor(q, workspace));
    if (row) return open((await rotation?.alive(row)) ?? row);
    opened.delete(workspace, "");
    return undefined;
  }

  /** Only what Slack says itself ties a workspace to an organisation; a person's own team does not. */
  async function learn(place: Place): Promise<void> {
    const { workspace, organisation, stated } = place;
    if (organisation === undefined || !stated) return;
    const row = await store.read((q) => installById(q, organisation));
    if (row) await store.write((q) => rememberServed(q, workspace, organisation));
  }

  /** Where tokens rotate one of them may end while its bot lives on. Throws where Slack does not say. */
  async function lives(id: string): Promise<boolean> {
    const row = await store.read((q) => installById(q, id));
    if (!row?.rotation || !rotation) return false;
    const install = await open(await rotation.alive(row));
    if (!install) return false;
    if (await askWhose(apiUrl, install.token)) return true;
    const renewed = await rotation.renewed(row);
    const other = renewed && (await open(renewed));
    return other !== undefined && (await askWhose(apiUrl, other.token)) !== undefined;
  }

  return {
    find,
    async renewed(workspace, mark) {
      const row = await store.read((q) => installFor(q, workspace));
      const renewed = row && (await rotation?.renewed({ ...row, sealedToken: mark }));
      return renewed && (await open(renewed))?.token;
    },
    async leave(workspaces) {
      const left = new Map<string, string[]>();
      for (const workspace of workspaces) {
        const install = await find(workspace);
        if (!install?.orgWide || install.id === workspace) continue;
        left.set(install.id, [...(left.get(install.id) ?? []), workspace]);
      }
      for (const [organisation, gone] of left) {
        const install = await find(organisation);
        // What Slack told may be older than the day it was given back.
        const reached = install && (await reachedBy(apiUrl, install.token));
        const really = gone.filter((one) => !reached?.has(one));
        await leaveWorkspaces(world, organisation, really);
      }
    },
    async remove(parting) {
      if (parting.botUsers && (await lives(parting.id))) return;
      await uninstallWorkspace(world, parting);
    },
    async recognise(place) {
      const known = await find(place.workspace);
      if (known && serves(known, place)) return known;
      await learn(place);
      const found = await find(place.workspace);
      return found && serves(found, place) ? found : undefined;
    },
  };
}

/** An organisation's install answers for its own workspaces only. */
function serves({ id, orgWide }: Install, { organisation = id }: Place): boolean {
  return !orgWide || id === organisation;
}

const mostOpened = 500;
const openedMs = 3_600_000;
