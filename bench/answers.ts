import { Agent, request } from "node:http";
import { startHouse } from "../sandbox/house.ts";
import { signRequest } from "../sandbox/slack/index.ts";

/**
 * How fast Slack is answered while every vendor hangs: signed commands and clicks, each durable
 * before its 200. Usage: npm run bench -- [requests] [at once].
 */
const [count = 1000, atOnce = 10] = process.argv.slice(2).map(Number);

const house = await startHouse({ now: () => new Date(), logLevel: "silent" });
for (const vendor of Object.values(house.vendors)) vendor.faults.set({ kind: "hang" });
const url = new URL(`${house.app().url}/slack/events`);
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

function commandBody(index: number): string {
  return new URLSearchParams({
    team_id: house.workspace,
    channel_id: "C0OUTREACH",
    user_id: "U0ANA00001",
    command: "/campaign",
    text: `pause burki:${index}`,
    trigger_id: `${index}.1.abc`,
    response_url: `${house.slack.url}/commands/none/${index}`,
  }).toString();
}

function clickBody(index: number): string {
  const payload = {
    type: "block_actions",
    team: { id: house.workspace },
    user: { id: "U0BEN00002" },
    channel: { id: "C0OUTREACH" },
    actions: [
      { type: "button", action_id: "review_approve", block_id: "b", value: `chg_${index}` },
    ],
    trigger_id: `${index}.2.abc`,
    response_url: `${house.slack.url}/commands/none/${index}`,
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

function send(body: string): Promise<{ status: number; ms: number }> {
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": String(timestamp),
    "x-slack-signature": signRequest(house.slack.signingSecret, timestamp, body),
  };
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, ms: performance.now() - start }),
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

async function measure(kind: string, bodyOf: (index: number) => string): Promise<void> {
  const times: number[] = [];
  let next = 0;
  let refused = 0;
  const start = performance.now();
  const client = async () => {
    while (next < count) {
      const { status, ms } = await send(bodyOf(next++));
      if (status !== 200) refused += 1;
      times.push(ms);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  const seconds = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1);
  console.log(
    `${kind}: ${count} at ${atOnce} at once, ${Math.round(count / seconds)}/s, ` +
      `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms, not 200: ${refused}`,
  );
}

await measure("commands", commandBody);
await measure("clicks", clickBody);
agent.destroy();
await house.close();
process.exit(0);
