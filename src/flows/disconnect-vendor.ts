import { commit } from "../store/commit.ts";
import { connectionByName, removeConnection } from "../store/connections.ts";
import type { World } from "../world.ts";

/** Removes a connection and its secret. False: there is none of that name. */
export async function disconnectVendor(
  world: World,
  wanted: { workspace: string; name: string; by: string },
): Promise<boolean> {
  const { workspace, name, by } = wanted;
  return world.store.write(async (q) => {
    const connection = await connectionByName(q, workspace, name);
    if (!connection || !(await removeConnection(q, workspace, connection.id))) return false;
    const detail = { name: connection.name, vendor: connection.vendor };
    const audit = [{ event: "disconnected", subject: connection.id, detail }];
    await commit(q, { workspace, at: world.now(), actor: by, audit });
    return true;
  });
}
