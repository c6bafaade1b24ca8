import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Config } from "./config.ts";
import { giveUpUnread } from "./flows/give-up-target.ts";
import { putRight } from "./flows/put-right.ts";
import { watchPolicies } from "./flows/unreadable-policies.ts";
import type { OpenedWorld } from "./open-world.ts";
import { createMetrics } from "./ops/metrics.ts";
import { openRoutes } from "./ops/routes.ts";
import { startClockWatch } from "./queue/clock-watch.ts";
import { watchLateness } from "./queue/lateness.ts";
import { startTimetable } from "./queue/timetable.ts";
import { startWorker, type Worker } from "./queue/worker.ts";
import { createAdmins } from "./slack/admins.ts";
import { createRouting } from "./slack/bolt.ts";
import { createChannels } from "./slack/channels.ts";
import { createDoors } from "./slack/doors.ts";
import { createFairness } from "./slack/fairness.ts";
import { createFarewells } from "./slack/farewells.ts";
import { createHandlers } from "./slack/handlers.ts";
import { configuredApp } from "./slack/install/oauth-app.ts";
import { oneTokenInstalls } from "./slack/install/one-token.ts";
import { createRotation } from "./slack/install/rotation.ts";
import { installRoutes } from "./slack/install/routes.ts";
import { storedInstalls } from "./slack/install/stored.ts";
import { createNames } from "./slack/names.ts";
import { createPace, type PaceLimits, slackPace } from "./slack/pace.ts";
import { createPeople } from "./slack/people.ts";
import { createPeopleMemory } from "./slack/people-memory.ts";
import { createReceiver } from "./slack/receiver.ts";
import { register } from "./slack/register.ts";
import { createSlackWeb } from "./slack/web.ts";

export interface RunningApp {
  /** Where Slack's requests are taken, without a path. */
  url: string;
  worker: Worker;
  /** Looks at the timetable at once and wakes the worker; for a clock that was moved. */
  lookAtClock(): Promise<void>;
  /** Stops taking work and settles what is in hand, for eight seconds at most. */
  stop(): Promise<void>;
}

const settleMs = 8_000;

/**
 * Starts everything that a running bot is: receiver, Bolt, worker, timetable. `pace` is for stand-ins without limits, and
 * `slackTimeoutMs` for those that hang.
 */
export async function startApp(
  config: Config,
  opened: OpenedWorld,
  { pace = slackPace, slackTimeoutMs }: { pace?: PaceLimits; slackTimeoutMs?: number } = {},
): Promise<RunningApp> {
  const { world, wakes, figures } = opened;
  const { slackApiUrl: apiUrl, botToken } = config;
  const oauth = configuredApp(config);
  const rotation = oauth && createRotation(world, oauth);
  const installs = botToken
    ? oneTokenInstalls({ apiUrl, token: botToken, admins: config.admins }, world)
    : storedInstalls(world, apiUrl, rotation);
  const { store, now, random, log } = world;
  const web = createSlackWeb({
    ...{ apiUrl, installs, log },
    pace: createPace(pace, now, world.haste, world.memories),
    memories: world.memories,
    timeoutMs: slackTimeoutMs,
  });
  const memory = createPeopleMemory(world);
  const people = createPeople({
    web,
    admins: config.admins,
    now,
    memory,
    memories: world.memories,
  });
  const desk = {
    world,
    web,
    people,
    channels: createChannels(web, world),
    names: createNames(web, world),
    admins: createAdmins({ web, admins: config.admins, log, now, memories: world.memories }),
  };
  const routing = createRouting({ apiUrl, installs, answer: web.answer, log: world.log });
  register(routing.app, desk, { installs, log: world.log });
  const lateness = watchLateness();
  const worker = startWorker({
    store,
    now,
    random,
    log,
    lateMs: lateness.ms,
    handlers: createHandlers(world, desk, routing),
    farewells: createFarewells(desk),
    unread: (job) => giveUpUnread(world, job),
  });
  wakes.worker = worker;
  const timetable = startTimetable({ store, now, log, wake: world.wake });
  const clock = startClockWatch({
    now,
    monotonic: () => performance.now(),
    async onJump(jump) {
      await worker.beat();
      await putRight(world, jump);
      await timetable.look();
    },
    onFault: (error) => log.error("what a moved clock had laid could not be put right", { error }),
  });
  const metrics = createMetrics();
  figures.metrics = metrics;
  const receiver = createReceiver({
    signingSecret: config.signingSecret?.reveal() ?? "",
    doors: createDoors(world, routing, {
      web,
      fairness: createFairness(config.limits, now, world.memories),
    }),
    routes: {
      ...(oauth && installRoutes(world, oauth)),
      ...openRoutes({
        readiness: {
          databaseWritable: () => store.check(),
          workerRunning: () => worker.running,
          unreadablePolicies: watchPolicies(world),
        },
        metrics,
        metricsToken: config.metricsToken?.reveal(),
      }),
    },
    now,
    onFault: (error) => log.error("a request could not be answered", { error }),
    count: (outcome) => metrics.slackRequest(outcome),
  });
  const resumed = rotation
    ?.resume()
    .catch((error: unknown) =>
      log.error("what was fetched for bot tokens could not be fetched again", { error }),
    );
  const url = await listen(receiver, config).catch(async (error: unknown) => {
    await Promise.all([worker.stop(), timetable.stop(), clock.stop()]);
    throw error;
  });
  return {
    url,
    worker,
    async lookAtClock() {
      await clock.look();
      await timetable.look();
      worker.wake();
    },
    async stop() {
      receiver.close();
      receiver.closeIdleConnections();
      const settled = Promise.all([worker.stop(), timetable.stop(), clock.stop()])
        // A token that Slack has given and nobody keeps is lost.
        .then(() => Promise.all([resumed, rotation?.settled()]));
      await Promise.race([settled, afterMs(settleMs)]);
      receiver.closeAllConnections();
      lateness.stop();
    },
  };
}

function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      resolve(`http://${host === "0.0.0.0" ? "127.0.0.1" : host}:${address.port}`);
    });
  });
}

function afterMs(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
