import { everyHead } from "../store/audit.ts";
import type { World } from "../world.ts";

/** Names the last line of every record in the log, out of reach of whoever has the database in their hands. */
export async function tellHeads({ store, log }: Pick<World, "store" | "log">): Promise<void> {
  for (const head of await everyHead(store)) log.info("the record's last line", head);
}
