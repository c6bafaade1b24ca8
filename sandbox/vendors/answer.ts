import type { VendorName } from "../../src/domain/campaign.ts";
import type { Entry } from "./entry.ts";
import type { FaultStatus } from "./faults.ts";
import type { Happening } from "./pretend.ts";
import type { Shop } from "./shop.ts";

export interface Call {
  method: string;
  pathname: string;
  query: URLSearchParams;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: string;
  /** Scheme, host and port as the caller named them. */
  origin: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** One vendor's behaviour; the server, the faults and the log around it are the same for all. */
export interface Behaviour {
  name: VendorName;
  secret: Record<string, string>;
  options(url: string): Record<string, string>;
  words: readonly string[];
  /** A word that this vendor never uses, in its own spelling. */
  strangeWord: string;
  isToken?(call: Call): boolean;
  keyOk(call: Call, now: Date): boolean;
  answer(call: Call, shop: Shop): Answer;
  /** A refusal in this vendor's own envelope. */
  refusal(status: FaultStatus, call: Call, now: Date): Answer;
  /** Called when a campaign has got a new word, from whatever side; sets what follows from it. */
  entered?(entry: Entry, from: string | null, now: number): void;
  /** What its server does of its own accord; the word that it writes, if it writes one. */
  happened?(entry: Entry, what: Happening, at: number): string | undefined;
  /** Moves the counters up to `now`, under the present word. */
  passed?(entry: Entry, now: number): void;
  /** One request at a time: how many may queue, and for how long. */
  lane?: { queued: number; patienceMs: number };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  };
}

export function plain(status: number, body = "", headers: Record<string, string> = {}): Answer {
  const type: Record<string, string> =
    body === "" ? {} : { "content-type": "text/plain; charset=utf-8" };
  return { status, headers: { ...type, ...headers }, body };
}

export function page(status: number, title: string): Answer {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

/** For documented calls that the bot has no use for; no vendor answers so. */
export function notPlayed(): Answer {
  return json(501, { detail: "The pretend vendor does not play this call." });
}

/** The JSON in a request, or undefined where there is none. */
export function bodyOf(call: Call): unknown {
  try {
    return JSON.parse(call.body);
  } catch {
    return undefined;
  }
}

/** The parts of a path, decoded; a part that cannot be decoded is left as it is. */
export function partsOf(path: string): string[] {
  return path.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}
