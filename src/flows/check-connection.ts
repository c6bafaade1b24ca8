import { commit } from "../store/commit.ts";
import { connectionById, markBroken, markWell } from "../store/connections.ts";
import { explain } from "../vendors/explain.ts";
import { isPassing, VendorFailure } from "../vendors/failure.ts";
import type { World } from "../world.ts";
import { noteList } from "./last-list.ts";
import { openAccount } from "./open-connection.ts";

export type Checked =
  | {
      kind: "works";
      name: string;
      vendor: import("../domain/campaign.ts").VendorName;
      campaigns: number;
    }
  | { kind: "broken"; sentence: string }
  | { kind: "gone" };

/** Whether a stored key works, with how many campaigns it sees; what it comes to is kept on the connection. */
export async function checkConnectionNow(
  world: World,
  workspace: string,
  connectionId: string,
): Promise<Checked> {
  const connection = await world.store.read((q) => connectionById(q, workspace, connectionId));
  if (!connection) return { kind: "gone" };
  const opened = await openAccount(world, connection);
  if (opened.kind !== "open") return { kind: "broken", sentence: opened.sentence };
  try {
    await opened.account.check();
    const campaigns = await opened.account.list();
    noteList(world, connection, campaigns);
    await world.store.write((q) => markWell(q, workspace, connectionId));
    return {
      kind: "works",
      name: connection.name,
      vendor: connection.vendor,
      campaigns: campaigns.length,
    };
  } catch (error) {
    if (!(error instanceof VendorFailure)) throw error;
    const { sentence } = explain(error.facts, { changing: false });
    if (!isPassing(error)) await keepBroken(world, workspace, connectionId);
    const stored = `The key of ${connection.name} is stored but could not be checked.`;
    return { kind: "broken", sentence: `${stored} ${sentence}` };
  }
}

/** On record once, however often it is checked. */
async function keepBroken(world: World, workspace: string, connectionId: string): Promise<void> {
  const at = world.now();
  await world.store.write(async (q) => {
    if (!(await markBroken(q, workspace, connectionId, at))) return;
    const audit = [{ event: "connection_broken", subject: connectionId }];
    await commit(q, { workspace, at, actor: "fermata", audit });
  });
}
