import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

/** People who share a desk: one types a command, waits for Slack's 200, and a while later the next one types. */
interface Desk {
  url: string;
  people: number;
  signingSecret: string;
  fields: Record<string, string>;
  everyMs: number;
}

const { url, people, signingSecret, fields, everyMs } = workerData as Desk;
const agent = new Agent({ keepAlive: true });
const answered: { status: number; ms: number; body: string }[] = [];
let open = true;
parentPort?.once("message", () => {
  open = false;
});

function type(number: number): Promise<{ status: number; ms: number; body: string }> {
  const user_id = `U0QUIET${number % people}`;
  const body = new URLSearchParams({
    ...fields,
    user_id,
    trigger_id: `quiet.${number}`,
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac("sha256", signingSecret).update(`v0:${timestamp}:${body}`).digest("hex");
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${mac}`,
  };
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL("/slack/events", url), { method: "POST", agent, headers });
    outgoing.on("response", (answer) => {
      let words = "";
      answer.on("data", (text) => {
        words += text;
      });
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, ms: performance.now() - start, body: words }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

for (let number = 0; open; number += 1) {
  answered.push(await type(number));
  await new Promise((resolve) => setTimeout(resolve, everyMs));
}
agent.destroy();
parentPort?.postMessage(answered);
