import { lookup as resolveAll } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { Agent, buildConnector, type Dispatcher, request } from "undici";
import { vendorTitles } from "../domain/campaign.ts";
import {
  type Answer,
  answerOf,
  Blocked,
  type Call,
  cleanerOf,
  failed,
  refusal,
  trouble,
} from "./call.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import { checkBaseUrl, isAllowed, isPublic, literalAddress } from "./egress.ts";
import { createPicker, TooLong } from "./pick.ts";

export type { Answer } from "./call.ts";
export { checkBaseUrl } from "./egress.ts";

/** An answer that is kept whole, a refusal's included; and one of which only some is kept as it streams past. */
const longestKept = 1_000_000;
const longestStreamed = 64_000_000;
const connector = { timeout: 5_000, minVersion: "TLSv1.2", rejectUnauthorized: true } as const;

export interface Http {
  /** Resolves for 2xx only; everything else is a VendorFailure. */
  send(call: Call): Promise<Answer>;
}

type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

export interface HttpOptions {
  /** `host:port` that may be private or plain http. */
  allow: readonly string[];
  /** From the first try to connect to the last byte of a usual answer; a long one that flows may take more. */
  deadlineMs?: number;
  /** Divides the deadline; 1 unless said. */
  haste?: number;
  now(): Date;
  /** Every address of a name; all of them must be public. */
  resolve?: Resolve;
}

/**
 * The only way out to a vendor: https to public addresses, no redirects, at most 1 MB of answer, or 64 MB of one
 * that streams past.
 * Every call has a connection of its own, so every call passes the guard and no stale socket
 * leaves a change unclear.
 */
export function createHttp({
  allow,
  deadlineMs = 15_000,
  haste = 1,
  now,
  resolve = (hostname) => resolveAll(hostname, { all: true }),
}: HttpOptions): Http {
  const guarded = agentWith(guardedConnector(resolve));
  const open = agentWith(buildConnector(connector));

  async function send(call: Call): Promise<Answer> {
    const url = buildUrl(call, allow);
    const deadline = createDeadline(Math.ceil((deadlineMs * (call.patience ?? 1)) / haste));
    try {
      const agent = isAllowed(url, allow) ? open : guarded;
      const response = await begin(call, url, agent, deadline.signal);
      const head = { status: response.statusCode, headers: flat(response.headers) };
      if (head.status < 200 || head.status > 299) {
        const text = await readWhole(response.body, deadline).catch(() => "");
        throw refusal(call, { ...head, text }, now());
      }
      return await answered(call, head, response.body, deadline);
    } finally {
      deadline.met();
    }
  }
  return { send };
}

async function begin(
  call: Call,
  url: URL,
  agent: Agent,
  signal: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  let mayHaveLeft = false;
  const dispatcher = agent.compose(
    onStart(() => {
      mayHaveLeft = true;
    }),
  );
  try {
    const answered = request(url, {
      dispatcher,
      method: call.method,
      headers: { "user-agent": "fermata", "accept-encoding": "identity", ...call.headers },
      body: call.body ?? null,
      signal,
    });
    return await Promise.race([answered, over(signal)]);
  } catch (error) {
    throw trouble(call, error, mayHaveLeft);
  }
}

/** Undici heeds a signal only once it is connected; looking a name up may take far longer than a call. */
function over(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Undici tells a handler just before the first byte is written: until then nothing has left. */
function onStart(started: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (...event) => {
        started();
        handler.onRequestStart?.(...event);
      },
      onResponseStart: (...event) => handler.onResponseStart?.(...event),
      onResponseData: (...event) => handler.onResponseData?.(...event),
      onResponseEnd: (...event) => handler.onResponseEnd?.(...event),
      onResponseError: (...event) => handler.onResponseError?.(...event),
    });
}

type Body = AsyncIterable<Buffer>;

async function answered(
  call: Call,
  head: Pick<Answer, "status" | "headers">,
  body: Body,
  deadline: Deadline,
): Promise<Answer> {
  try {
    // It says that there is nothing, which is no JSON but an answer.
    if (head.status === 204) return { ...head, text: "", json: () => undefined };
    if (!call.wanted) return answerOf(call, { ...head, text: await readWhole(body, deadline) });
    const picked = await readSome(call, body, deadline);
    return { ...head, text: "", json: () => picked };
  } catch (error) {
    throw trouble(call, error, true);
  }
}

async function readWhole(body: Body, deadline: Deadline): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of bounded(body, longestKept, deadline)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function readSome(call: Call, body: Body, deadline: Deadline): Promise<unknown> {
  const { wanted = "nothing" } = call;
  const picker = wanted === "nothing" ? undefined : createPicker(wanted, cleanerOf(call));
  for await (const chunk of bounded(body, longestStreamed, deadline)) picker?.feed(chunk);
  return picker?.end();
}

async function* bounded(body: Body, longest: number, deadline: Deadline): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > longest) throw new TooLong(`more than ${longest / 1_000_000} MB`);
    deadline.came(chunk.length);
    yield chunk;
  }
}

/** Checks the host, and that nothing in the path was taken for "up one folder". */
function buildUrl(call: Call, allow: readonly string[]): URL {
  const vendor = { title: vendorTitles[call.vendor], hosts: call.hosts };
  const base = checkBaseUrl(vendor, call.baseUrl, allow);
  if (!base.ok) throw failed(call, "blocked", { sentence: base.sentence });
  const url = new URL(base.origin);
  url.pathname = call.path;
  if (url.pathname !== call.path) throw failed(call, "blocked");
  for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
  const literal = literalAddress(url);
  if (literal && !isAllowed(url, allow) && !isPublic(literal)) throw failed(call, "blocked");
  return url;
}

function agentWith(connect: buildConnector.connector): Agent {
  return new Agent({ connect, pipelining: 0, headersTimeout: 0, bodyTimeout: 0 });
}

function guardedConnector(resolve: Resolve): buildConnector.connector {
  const connect = buildConnector({ ...connector, lookup: publicLookup(resolve) });
  return (options, callback) => {
    connect(options, (...[error, socket]) => {
      if (error) return callback(error, null);
      if (isPublic(socket.remoteAddress ?? "")) return callback(null, socket);
      socket.destroy();
      callback(new Blocked("connected to an address that is not public"), null);
    });
  };
}

/** Refuses a name if any of its addresses is not public: the next connection might use that one. */
function publicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const [first] = found;
        if (!first || found.some(({ address }) => !isPublic(address))) {
          callback(new Blocked("the name leads to an address that is not public"), "", 0);
        } else if (options.all) callback(null, [...found]);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, "", 0),
    );
  };
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]);
  return Object.fromEntries(entries);
}
