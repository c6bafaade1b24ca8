import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Behaviour, Call } from "./answer.ts";
import { seen } from "./entry.ts";
import { type Kind, openFaults } from "./faults.ts";
import { openLane } from "./lane.ts";
import { type Play, playCall } from "./playing.ts";
import type { LoggedCall, NewCampaign, PretendVendor, Timers } from "./pretend.ts";
import { kindOf, read } from "./receiving.ts";
import { send } from "./sending.ts";
import { openShop } from "./shop.ts";

export interface Surroundings {
  now(): Date;
  random(): number;
  latencyMs(): number;
  timers: Timers;
  seed: readonly NewCampaign[];
}

const longestLog = 5000;

/** One vendor's behaviour behind a port of its own: latency, queue, faults and log are added here. */
export async function openVendor(
  behaviour: Behaviour,
  { now, random, latencyMs, timers, seed }: Surroundings,
): Promise<PretendVendor> {
  const listeners = new Set<() => void>();
  const waiting = new Set<unknown>();
  const log: LoggedCall[] = [];
  const lane = behaviour.lane && openLane(behaviour.lane.queued, behaviour.lane.patienceMs, timers);
  const faults = openFaults(random, tell);
  const { entered, passed, happened } = behaviour;
  const shop = openShop({ now, entered, passed, happened, wake });
  for (const campaign of seed) shop.put(campaign);

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function after(ms: number, run: () => void): void {
    const handle = timers.set(() => {
      waiting.delete(handle);
      run();
    }, ms);
    waiting.add(handle);
  }

  /** What is due happens when somebody looks; the timer only looks on behalf of the live page. */
  function wake(ms: number): void {
    after(Math.max(0, ms) + 5, () => {
      shop.all();
      tell();
    });
  }

  function note(call: Call, path: string, kind: Kind): LoggedCall {
    const keyOk = behaviour.keyOk(call, now());
    const { method } = call;
    const changing = kind === "change";
    const line = { at: now(), method, path, changing, status: null, effect: null, keyOk };
    log.push(line);
    if (log.length > longestLog) log.shift();
    return line;
  }

  function playOf(call: Call, line: LoggedCall, res: ServerResponse): Play {
    const answer = () => behaviour.answer(call, shop);
    const act = (mask?: string) => {
      const { result, effect } = shop.during(answer, mask);
      line.effect = effect;
      return result;
    };
    return {
      path: call.pathname,
      strangeWord: behaviour.strangeWord,
      act,
      actLater: (ms) => shop.owe(ms, () => void act()),
      actForAWhile(ms) {
        const given = act();
        const { effect } = line;
        if (effect) shop.owe(ms, () => shop.takeBack(effect));
        return given;
      },
      pretendToAct: () => shop.inVain(answer),
      refuse: (status) => behaviour.refusal(status, call, now()),
      give(given, by = send) {
        line.status = given.status;
        by(res, given);
        tell();
      },
      cutOff: () => void res.socket?.destroy(),
      after,
    };
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const call = await read(req);
    const kind = kindOf(behaviour, call);
    const line = note(call, req.url ?? "/", kind);
    const play = playOf(call, line, res);
    if (lane && !(await lane.enter())) {
      play.give(play.refuse(429));
      return;
    }
    if (lane) leaveWhenDone(res, lane.leave);
    const go = () => {
      shop.all();
      playCall(play, faults.take(kind));
      tell();
    };
    const ms = latencyMs();
    if (ms > 0) after(ms, go);
    else go();
  }

  const server = createServer((req, res) => {
    serve(req, res).catch(() => void res.socket?.destroy());
  });
  const url = await listen(server);

  return {
    name: behaviour.name,
    url,
    secret: { ...behaviour.secret },
    options: behaviour.options(url),
    words: behaviour.words,
    campaigns: () => shop.all().map(seen),
    setWord(id, word) {
      shop.setWord(id, word);
      tell();
    },
    happens(id, what, inMs) {
      shop.happens(id, what, inMs);
      tell();
    },
    add(campaign) {
      shop.put(campaign);
      tell();
    },
    reset() {
      log.length = 0;
      shop.clear();
      for (const campaign of seed) shop.put(campaign);
      faults.set(null);
    },
    faults: { set: faults.set, current: faults.current },
    log: () => log.map((line) => ({ ...line })),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      for (const handle of waiting) timers.clear(handle);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function leaveWhenDone(res: ServerResponse, leave: () => void): void {
  if (res.closed) leave();
  else res.once("close", leave);
}
