import { openStore } from "../../src/store/database.ts";
import { enqueue } from "../../src/store/jobs.ts";

// Writes without end, four at a time, and says each number only when it is told that it is kept.
const [url = "", first = "0"] = process.argv.slice(2);
const store = await openStore(url, { exclusive: true });
let next = Number(first);

async function writeOn(): Promise<never> {
  for (;;) {
    const number = next;
    next += 1;
    const job = { kind: "tidy", workspace: null, payload: {}, key: `n:${number}` };
    await store.write((q) => enqueue(q, job, new Date(number)));
    process.stdout.write(`${number}\n`);
  }
}
await Promise.all([writeOn(), writeOn(), writeOn(), writeOn()]);
