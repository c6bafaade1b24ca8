import { App, type AuthorizeResult, LogLevel, type Receiver } from "@slack/bolt";
import type { Log } from "../ops/log.ts";
import type { Kept } from "./cards/age-words.ts";
import type { Installs, Place } from "./install/installs.ts";
import { placeOf } from "./install/place.ts";
import { tellDirectly, turnAway } from "./install/turn-away.ts";
import { partingPayload } from "./payloads.ts";
import { type SlackWeb, webOptions } from "./web.ts";

/** Bolt with its server taken away: requests are handed to it once they are safe. */
export interface Routing {
  app: App;
  /** Routes one request to its listeners and waits for their end. Throws what a listener threw. */
  route(body: Record<string, unknown>, requestKey: string, kept?: Kept): Promise<void>;
  /** Resolves as soon as a listener has answered, with its answer. Throws what it threw before that. */
  ask(body: Record<string, unknown>, requestKey: string): Promise<unknown>;
}

const noServer: Receiver = {
  init: () => {},
  start: async () => {},
  stop: async () => {},
};

export function createRouting(options: {
  apiUrl: string;
  installs: Pick<Installs, "recognise">;
  /** Tells somebody by a `response_url` that there is nobody here to serve them. */
  answer: SlackWeb["answer"];
  log: Log;
}): Routing {
  const authorized = new WeakMap<object, AuthorizeResult>();
  const app = new App({
    receiver: noServer,
    clientOptions: webOptions(options.apiUrl),
    authorize: async (_, body) => authorized.get(body ?? {}) ?? {},
    convoStore: false,
    logger: quietLogger(options.log),
  });
  app.error(async (error) => {
    throw error;
  });
  /** False where nobody has installed us. What tells us that somebody takes us out is always heard. */
  const admit = async (body: Record<string, unknown>, place: Place | undefined) => {
    if (partingPayload.safeParse(body).success) return true;
    const install = place && (await options.installs.recognise(place));
    if (!install) return false;
    if (body.type === "event_callback") return true;
    const { token, botId, botUserId, appId } = install;
    authorized.set(body, { botToken: token.reveal(), botId, botUserId, appId });
    return true;
  };
  const route = async (
    body: Record<string, unknown>,
    requestKey: string,
    { kept, ack = () => {} }: { kept?: Kept; ack?: (answer?: unknown) => void },
  ) => {
    const place = placeOf(body);
    if (!(await admit(body, place))) {
      const workspace = place?.workspace;
      options.log.info("something came from where Fermata is not installed", { workspace });
      return ack(await turnAway(body, place, options.answer));
    }
    let heard = false;
    await app.processEvent({
      body,
      customProperties: { requestKey, kept },
      ack: async (answer) => {
        heard = true;
        ack(answer);
      },
    });
    if (!heard) ack(await tellDirectly(body, unheard, options.answer));
  };
  return {
    app,
    route: (body, requestKey, kept) => route(body, requestKey, kept ? { kept } : {}),
    ask: (body, requestKey) =>
      new Promise((resolve, reject) => {
        let answered = false;
        const answer = (value?: unknown) => {
          answered = true;
          resolve(value);
        };
        route(body, requestKey, { ack: answer }).then(resolve, (error: unknown) => {
          if (answered) options.log.error("a listener failed after its answer", { error });
          else reject(error);
        });
      }),
  };
}

const unheard =
  "This version of Fermata does not know what you pressed or sent, so nothing was done. Please begin again with /campaign help.";

/** Bolt's own words go to our log, without the request bodies it likes to print. */
function quietLogger(log: Log) {
  const say = (level: "debug" | "info" | "warn" | "error") => (message: unknown) =>
    log[level](`bolt: ${String(message).slice(0, 300)}`);
  return {
    debug: () => {},
    info: say("debug"),
    warn: say("warn"),
    error: say("error"),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
