import type { Finding } from "../domain/finding.ts";
import { missingKeys } from "../store/canaries.ts";
import { examineDatabase, type Room } from "../store/database.ts";
import { everySealed } from "../store/sealed.ts";
import { verifyHeads } from "../store/verify-heads.ts";
import type { World } from "../world.ts";

const megabyte = 1_000_000;
const leastFree = 20 * megabyte;
const mostNamed = 5;

/** Whether the database is sound, can be written and has room left. Throws what the database throws. */
export async function examineStore(world: Pick<World, "store">, url: string): Promise<Finding> {
  await world.store.check();
  const room = examineDatabase(url);
  if (room) return roomFinding(room);
  return { what: "database", ok: true, sentence: "It opens and can be written." };
}

/** A sound database, as far as its disk has room for it. */
export function roomFinding(room: Room): Finding {
  const sizes = `It takes ${inMegabytes(room.bytes)}, and its disk has ${inMegabytes(room.free)} left.`;
  const ok = room.free > Math.max(room.bytes, leastFree);
  const enough = "It opens, every page is sound, and it can be written.";
  const scarce = "Make room: an upgrade copies it first, and on a full disk nothing is done.";
  return { what: "database", ok, sentence: ok ? `${enough} ${sizes}` : `${sizes} ${scarce}` };
}

/** Whether everything that is sealed opens with this keyring. */
export async function examineKeyring({
  store,
  keyring,
}: Pick<World, "store" | "keyring">): Promise<Finding> {
  const what = "keyring";
  const [missing] = await missingKeys(store, keyring);
  if (missing) {
    const remedy = `Put its line back and run \`fermata keys rewrap\`, or connect those accounts again.`;
    const lacks = `Secrets are sealed with the key ${missing}, which it lacks, so they do not open.`;
    return { what, ok: false, sentence: `${lacks} ${remedy}` };
  }
  const sealed = await store.read(everySealed);
  const shut: string[] = [];
  for (const value of sealed)
    if ((await keyring.open(value.sealed, value.aad)) === undefined) shut.push(value.what);
  if (shut.length > 0) {
    const more = shut.length > mostNamed ? ` and ${shut.length - mostNamed} more` : "";
    const sentence = `Does not open: ${shut.slice(0, mostNamed).join(", ")}${more}. Connect it, or install it, again.`;
    return { what, ok: false, sentence };
  }
  const counted =
    sealed.length === 1 ? "one sealed value opens" : `${sealed.length} sealed values open`;
  const sentence = `It is the one of this database; the ${counted}. New seals use ${keyring.activeKid}.`;
  return { what, ok: true, sentence };
}

/** Whether the newest lines of the record are those that were written last. */
export async function examineRecord(
  { store }: Pick<World, "store">,
  workspace?: string,
): Promise<Finding> {
  const what = "record";
  const every = "`fermata audit verify` proves every line.";
  const verdict = await verifyHeads(store, workspace);
  if (!verdict.ok) {
    const sentence = `The newest line of ${verdict.workspace} is not the one that was written last. ${every}`;
    return { what, ok: false, sentence };
  }
  const lines = verdict.lines === 1 ? "1 line" : `${verdict.lines} lines`;
  return {
    what,
    ok: true,
    sentence: `It has ${lines}, and the newest are as they were written. ${every}`,
  };
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / megabyte).toLocaleString("en")} MB`;
}
