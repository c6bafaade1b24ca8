import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ABot, startABot } from "./a-bot.ts";
import { bundled, removeBundles } from "./bundled.ts";
import { figures } from "./figures.ts";

const requests = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n".repeat(2_000);
const forged =
  "POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\npayload=x".repeat(900);
const crumbs = `POST /slack/events HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${"1\r\nx\r\n".repeat(10_000)}`;
const waves = 6;
const waveMs = 500;

let bot: ABot;
let typist: string;

beforeAll(async () => {
  typist = await bundled("test/hostile/typist-thread.ts");
  bot = await startABot();
  // What a bot that has just begun takes for its own work is nobody's attack.
  const people = honestPeople();
  await afterMs(4_000);
  await people.enough();
});
afterAll(async () => {
  await bot.close();
  removeBundles();
});

/** People who type commands and wait for Slack's 200, in a thread of their own; `enough` gives how long each waited. */
function honestPeople(): { enough(): Promise<number[]> } {
  const { team } = bot.slack.workspace("T0FERMATA1");
  const { signingSecret } = bot.slack;
  const fields = {
    command: "/campaign",
    text: "help",
    team_id: team.id,
    channel_id: "C0OUTREACH",
    response_url: `${bot.slack.url}/commands/none`,
  };
  const desk = { url: bot.url, people: 40, signingSecret, fields, everyMs: 5 };
  const thread = new Worker(typist, { workerData: desk });
  return {
    async enough() {
      thread.postMessage("enough");
      const [answered] = (await once(thread, "message")) as [{ status: number; ms: number }[]];
      expect(answered.filter(({ status }) => status !== 200)).toEqual([]);
      return answered.map(({ ms }) => ms).sort((a, b) => a - b);
    },
  };
}

function attacker(bytes: string, reads: boolean): Socket {
  const { hostname, port } = new URL(bot.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  if (reads) socket.resume();
  else socket.pause();
  socket.write(bytes);
  return socket;
}

const afterMs = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("A8: many requests in one write, without any signature", () => {
  it.each([
    ["200 sockets that read", 200, requests, true],
    ["260 sockets that never read", 260, requests, false],
    ["200 sockets with forged requests", 200, forged, true],
    ["200 sockets with bodies in crumbs", 200, crumbs, true],
  ] as const)(
    "keep nobody waiting and fill no memory: %s",
    async (name, count, bytes, reads) => {
      await afterMs(500);
      const before = bot.residentMiB();
      const worked = bot.workedSeconds();
      let peak = before;
      const watch = setInterval(() => {
        peak = Math.max(peak, bot.residentMiB());
      }, 20);
      const people = honestPeople();
      await afterMs(200);
      const sockets: Socket[] = [];
      for (let wave = 0; wave < waves; wave += 1) {
        sockets.push(...Array.from({ length: count }, () => attacker(bytes, reads)));
        await afterMs(waveMs);
      }
      const waits = await people.enough();
      const seconds = bot.workedSeconds() - worked;
      clearInterval(watch);
      for (const socket of sockets) socket.destroy();
      const at = (share: number) => waits[Math.ceil(waits.length * share) - 1] ?? 0;
      const megabytes = (count * bytes.length) / 1e6;
      figures(
        `pipelined: ${waves} times ${name} (${megabytes.toFixed(0)} MB): ${waits.length} honest commands, p50 ${at(0.5).toFixed(0)} ms, p99 ${at(0.99).toFixed(0)} ms, max ${at(1).toFixed(0)} ms; ${seconds.toFixed(1)} s of work; resident at most ${(peak - before).toFixed(0)} MiB more than ${before.toFixed(0)}`,
      );
      expect(waits.length).toBeGreaterThan(15);
      expect(seconds).toBeLessThan(10);
      expect(at(0.99)).toBeLessThan(250);
      expect(peak - before).toBeLessThan(100);
    },
    60_000,
  );
});
