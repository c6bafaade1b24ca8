import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";
import type { House } from "../../sandbox/house.ts";

export interface Answered {
  /** 0 if there was no answer. */
  status: number;
  ms: number;
  body: string;
}

/** What Slack would send for these acts, byte for byte; the bot does not hear of them. */
export async function writtenDown(
  { slack }: House,
  botUrl: string,
  acts: readonly (() => Promise<unknown>)[],
): Promise<string[]> {
  const bodies: string[] = [];
  const clerk = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    bodies.push(Buffer.concat(pieces).toString("utf8"));
    response.writeHead(200).end();
  });
  clerk.listen(0, "127.0.0.1");
  await once(clerk, "listening");
  slack.setBot(`http://127.0.0.1:${(clerk.address() as AddressInfo).port}/`);
  for (const act of acts) await act();
  slack.setBot(`${botUrl}/slack/events`);
  clerk.close();
  return bodies;
}

/** All of them at the same moment, from a thread of their own, so that only the bot can keep them waiting. */
export async function sentAtOnce(
  thread: string,
  { slack }: House,
  botUrl: string,
  bodies: readonly string[],
): Promise<Answered[]> {
  const { signingSecret } = slack;
  const errand = { url: `${botUrl}/slack/events`, signingSecret, bodies, patienceMs: 20_000 };
  const [answered] = await once(new Worker(thread, { workerData: errand }), "message");
  return answered as Answered[];
}
