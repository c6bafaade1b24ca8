import { createHmac } from "node:crypto";
import { request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

/** Sends every one of these bodies in the same tick, each on a connection of its own, as Slack does. */
interface Errand {
  url: string;
  signingSecret: string;
  bodies: readonly string[];
  /** Longer than Slack waits, so that it is seen how late a late answer comes. */
  patienceMs: number;
}

const { url, signingSecret, bodies, patienceMs } = workerData as Errand;

interface Answered {
  /** 0 if there was no answer. */
  status: number;
  ms: number;
  body: string;
}

function signed(body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac("sha256", signingSecret).update(`v0:${timestamp}:${body}`).digest("hex");
  return {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": String(Buffer.byteLength(body)),
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": `v0=${mac}`,
  };
}

function send(body: string, headers: Record<string, string>): Promise<Answered> {
  const start = performance.now();
  return new Promise((resolve) => {
    const end = (status: number, words: string) =>
      resolve({ status, ms: performance.now() - start, body: words });
    const outgoing = request(url, { method: "POST", agent: false, headers, timeout: patienceMs });
    outgoing.on("response", (answer) => {
      let words = "";
      answer.on("data", (text) => {
        words += text;
      });
      answer.on("end", () => end(answer.statusCode ?? 0, words));
      answer.on("error", () => end(0, "cut off"));
    });
    outgoing.on("timeout", () => outgoing.destroy(new Error("timeout")));
    outgoing.on("error", (error) => end(0, error.message));
    outgoing.end(body);
  });
}

const ready = bodies.map((body) => ({ body, headers: signed(body) }));
const answered = await Promise.all(ready.map(({ body, headers }) => send(body, headers)));
parentPort?.postMessage(answered);
