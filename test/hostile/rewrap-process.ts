import { once } from "node:events";
import { rewrapSecrets } from "../../src/flows/rewrap-secrets.ts";
import { checkCanaries } from "../../src/store/canaries.ts";
import { openStore } from "../../src/store/database.ts";
import { parseKeyring } from "../../src/store/seal.ts";

// Waits for a word with everything loaded, so that a kill falls into the work and not into the start.
process.stdout.write("loaded\n");
const [input] = await once(process.stdin, "data");
const { url, keyring: text } = JSON.parse(String(input));
const reading = parseKeyring(text);
if (!reading.ok) throw new Error(reading.problems.join());
const store = await openStore(url);
const check = await checkCanaries(store, reading.keyring);
if (!check.ok) throw new Error(check.sentence);
process.stdout.write("begins\n");
await rewrapSecrets({ store, keyring: reading.keyring, now: () => new Date() }, "rewrap");
await store.close();
process.stdout.write("done\n");
process.exit();
