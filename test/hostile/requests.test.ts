import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PretendSlack, signRequest } from "../../sandbox/slack/index.ts";
import { type ABot, startABot } from "./a-bot.ts";
import { commands, events, interactions } from "./base-payloads.ts";
import { mutated, seeded } from "./mutator.ts";

const each = 10_000;
const atOnce = 32;
const seed = 20_261_122;

let bot: ABot;
let slack: PretendSlack;
let url: string;
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

beforeAll(async () => {
  bot = await startABot({
    // Nothing of ours may need __proto__. A small young generation, so that what is measured is what is kept and not what waits to be collected.
    NODE_OPTIONS: "--max-semi-space-size=8 --max-old-space-size=192 --disable-proto=delete",
  });
  ({ slack, url } = bot);
});
afterAll(async () => {
  agent.destroy();
  await bot.close();
});

interface Shot {
  type: string;
  body: string;
}

const formType = "application/x-www-form-urlencoded";

/** One hostile request, from one of the twenty base payloads. */
function shotFrom(random: () => number, index: number): Shot {
  const bases = interactions.length + commands.length + events.length;
  const at = index % bases;
  const interaction = interactions[at];
  if (interaction)
    return asForm({ payload: JSON.stringify(mutated(interaction, random)) ?? "null" }, random);
  const event = events[at - interactions.length - commands.length];
  if (event)
    return {
      type: "application/json",
      body: cut(JSON.stringify(mutated(event, random)) ?? "null", random),
    };
  return asForm(
    (mutated(commands[at - interactions.length], random) ?? {}) as Record<string, unknown>,
    random,
  );
}

function asForm(fields: unknown, random: () => number): Shot {
  const pairs = typeof fields === "object" && fields !== null ? Object.entries(fields) : [];
  const form = new URLSearchParams(
    pairs.map(([name, value]): [string, string] => [name, shown(value)]),
  );
  if (random() < 0.05) for (const [name, value] of [...form]) form.append(name, value);
  const type = random() < 0.03 ? "text/plain" : formType;
  return { type, body: cut(form.toString(), random) };
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function cut(body: string, random: () => number): string {
  return random() < 0.04 ? body.slice(0, Math.floor(random() * body.length)) : body;
}

interface Answered {
  status: number;
  ms: number;
}

function send(shot: Shot, headers: Record<string, string>): Promise<Answered> {
  const start = performance.now();
  return new Promise((resolve) => {
    const done = (status: number) => resolve({ status, ms: performance.now() - start });
    const options = { method: "POST", agent, headers: { "content-type": shot.type, ...headers } };
    const outgoing = request(new URL("/slack/events", url), options, (answer) => {
      answer.resume();
      answer.on("end", () => done(answer.statusCode ?? 0));
    });
    outgoing.on("error", () => done(0));
    outgoing.end(shot.body);
  });
}

/** Requests `index` 0 … count-1, so many at once as there are sockets. */
async function fire(count: number, one: (index: number) => Promise<Answered>): Promise<Answered[]> {
  const answers: Answered[] = [];
  let next = 0;
  const gun = async () => {
    while (next < count) answers.push(await one(next++));
  };
  await Promise.all(Array.from({ length: atOnce }, gun));
  return answers;
}

function signed(shot: Shot, salt: number): Record<string, string> {
  // The salt keeps equal bodies from being each other's replay.
  const timestamp = Math.floor(Date.now() / 1000) - (salt % 200);
  return {
    "x-slack-request-timestamp": String(timestamp),
    "x-slack-signature": signRequest(slack.signingSecret, timestamp, shot.body),
  };
}

/** After the work that the requests left behind, and a moment for the collector. */
async function settledMiB(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return bot.residentMiB();
}

function rowsKept(): number {
  const database = new Database(join(bot.folder, "fermata.db"), { readonly: true });
  try {
    const { count } = database
      .prepare("select count(*) as count from jobs where kind <> 'tidy'")
      .get() as { count: number };
    return count;
  } finally {
    database.close();
  }
}

function tally(answers: readonly Answered[]): string {
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${status}: ${count}`)
    .join(", ");
}

function say(line: string): void {
  process.stdout.write(`hostile: ${line}\n`);
}

describe("hostile requests", () => {
  it(`A5: survives ${each} signed ones: no exit, no 5xx, no hang, no growth`, async () => {
    const random = seeded(seed);
    const shots = Array.from({ length: each }, (_, index) => shotFrom(random, index));
    // What the first of them make it load and compile is not growth.
    await fire(1_000, (index) => send(shots[index] ?? { type: formType, body: "" }, {}));
    await fire(2_000, (index) => {
      const shot = shots[index] ?? { type: formType, body: "" };
      return send(shot, signed(shot, index));
    });
    const before = await settledMiB();
    const answers = await fire(each - 2_000, (index) => {
      const shot = shots[index + 2_000] ?? { type: formType, body: "" };
      return send(shot, signed(shot, index));
    });
    const slowest = Math.max(...answers.map(({ ms }) => ms));
    const grown = (await settledMiB()) - before;
    say(
      `signed ${each}: ${tally(answers)}; slowest ${slowest.toFixed(0)} ms; resident memory ${grown.toFixed(1)} MiB more than the ${before.toFixed(0)} MiB after the first 2,000`,
    );
    expect(bot.child.process.exitCode).toBeNull();
    expect(answers.filter(({ status }) => status >= 500 || status === 0)).toEqual([]);
    expect(grown).toBeLessThan(50);
    expect(answers.filter(({ ms }) => ms > 1_000).length).toBe(0);
    const health = await fetch(new URL("/readyz", url));
    expect(health.status).toBe(200);
  });

  it(`A1, A4: gives ${each} forged ones a 401 and the certificate probe alone its 200, and writes no row`, async () => {
    const random = seeded(seed + 1);
    const before = rowsKept();
    let probes = 0;
    const answers = await fire(each, (index) => {
      const shot = shotFrom(random, index);
      if (index % 500 === 499) {
        probes += 1;
        return send({ type: formType, body: `ssl_check=1&${shot.body.slice(0, 1500)}` }, {});
      }
      return send(shot, forged(shot, index, random));
    });
    say(`forged ${each}: ${tally(answers)}; ${probes} of them certificate probes`);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(probes);
    // What is too long is not even read to its end.
    expect(answers.filter(({ status }) => ![200, 401, 413].includes(status))).toEqual([]);
    expect(rowsKept()).toBe(before);
  });

  it("A8: lets three hundred slow clients hold up nobody else", async () => {
    // Connections of ours that only wait would be the first to go.
    agent.destroy();
    const slow = Array.from({ length: 300 }, () => stalled());
    const fresh = { type: formType, body: "payload=null" };
    const answers: Answered[] = [];
    for (let index = 0; index < 500; index += 1) {
      answers.push(await send(fresh, { ...signed(fresh, index), connection: "close" }));
    }
    const times = answers.map(({ ms }) => ms).sort((a, b) => a - b);
    const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
    const waiting = slow.filter(({ closed }) => !closed).length;
    for (const socket of slow) socket.destroy();
    say(`500 requests beside 300 slow clients: ${tally(answers)}; p99 ${p99.toFixed(0)} ms`);
    expect(answers.filter(({ status }) => status !== 400)).toEqual([]);
    expect(p99).toBeLessThan(1_000);
    expect(waiting).toBeGreaterThan(100);
  });
});

/** A client that sends a byte every second and never a whole request. */
function stalled(): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const drip = setInterval(() => socket.write("x"), 1_000);
  socket.on("error", () => {});
  socket.on("close", () => clearInterval(drip));
  socket.write("POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 200000\r\n\r\n");
  return socket;
}

/** Signatures as people try them: missing, short, of another secret, another version, another time, upper case. */
function forged(shot: Shot, index: number, random: () => number): Record<string, string> {
  const now = Math.floor(Date.now() / 1000);
  const right = signRequest(slack.signingSecret, now, shot.body);
  const stamp = { "x-slack-request-timestamp": String(now) };
  const ways: Record<string, string>[] = [
    {},
    stamp,
    { ...stamp, "x-slack-signature": "" },
    { ...stamp, "x-slack-signature": right.slice(0, 40) },
    { ...stamp, "x-slack-signature": right.replace("v0=", "v1=") },
    { ...stamp, "x-slack-signature": right.toUpperCase() },
    { ...stamp, "x-slack-signature": signRequest("another secret", now, shot.body) },
    { ...stamp, "x-slack-signature": signRequest(slack.signingSecret, now, `${shot.body} `) },
    ...[-301, 330, 86_400].map((skew) => ({
      "x-slack-request-timestamp": String(now + skew),
      "x-slack-signature": signRequest(slack.signingSecret, now + skew, shot.body),
    })),
    { "x-slack-request-timestamp": `${now}.5`, "x-slack-signature": right },
    { "x-slack-request-timestamp": "NaN", "x-slack-signature": right },
    { "x-slack-request-timestamp": "1e9", "x-slack-signature": right },
  ];
  return ways[(index + Math.floor(random() * ways.length)) % ways.length] ?? {};
}
