import { type VendorName, vendorTitles } from "../domain/campaign.ts";
import { type FailureFacts, type FailureKind, VendorFailure } from "./failure.ts";
import { parseJson } from "./json.ts";
import { known } from "./loose.ts";
import { TooLong } from "./pick.ts";
import { readRetryAfter } from "./retry-after.ts";
import { secretsRemover, tidyWords, type Words } from "./vendor-words.ts";
import type { Wanted } from "./wanted.ts";

/** One call to a vendor. `path` is encoded already and must come out of the URL exactly as it went in. */
export interface Call {
  vendor: VendorName;
  /** The hosts this call may reach without the operator's leave, as in `Vendor.hosts`. */
  hosts: readonly string[];
  method: "GET" | "POST" | "PUT" | "PATCH";
  baseUrl: string;
  path: string;
  query?: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** Could this call change something? Then no answer means "unclear", not "unavailable". */
  changing: boolean;
  /** Taken out of whatever the vendor says before anybody sees it. */
  secrets: readonly string[];
  /** The answer holds a token that must stay as it is; nobody is shown anything of it. */
  tokenAnswer?: boolean;
  /** Reads the vendor's own error envelope. */
  words(body: unknown): Words;
  /** Where the vendor means something else than its status number says. */
  peculiar?(facts: FailureFacts): FailureFacts;
  /** What of the answer is kept as it streams past, however long it is; `nothing`: it is read to its end and no more. */
  wanted?: Wanted | "nothing";
  /** How many times the usual deadline this vendor may take; 1 unless said. */
  patience?: number;
}

/** What came back, whatever its status; header names in lower case. */
export interface Raw {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
}

export interface Answer extends Raw {
  /** Big whole numbers come as strings. Throws `bad_answer` when the text is no JSON. */
  json(): unknown;
}

export function answerOf(call: Call, raw: Raw): Answer {
  const json = () => {
    const body = jsonOrNothing(raw.text, call.tokenAnswer ? [] : call.secrets);
    if (body !== undefined) return body;
    throw failed(call, call.changing ? "unclear" : "bad_answer", { status: raw.status });
  };
  return { ...raw, json };
}

/** A status outside 2xx as the failure it stands for, with the vendor's own words made safe. */
export function refusal(call: Call, { status, headers, text }: Raw, now: Date): VendorFailure {
  const said = call.words(jsonOrNothing(text, call.secrets));
  const tidy = (words: string | undefined) => words && tidyWords(words, call.secrets);
  return failed(call, kindOfStatus(status, call.changing), {
    status,
    ...known({
      code: tidy(said.code),
      vendorText: tidy(said.text),
      retryAfterMs: readRetryAfter(headers["retry-after"], now) ?? said.retryAfterMs,
      sameHost: status < 400 && leadsHome(call, headers.location) ? true : undefined,
    }),
  });
}

function leadsHome({ baseUrl }: Call, location: string | undefined): boolean {
  if (location === undefined || !URL.canParse(location, baseUrl)) return false;
  return new URL(location, baseUrl).host === new URL(baseUrl).host;
}

/** `cause` is an error's code and no more: messages may repeat what was sent or answered. */
export function failed(
  call: Call,
  kind: FailureKind,
  { cause, ...more }: Partial<FailureFacts> & { cause?: string } = {},
): VendorFailure {
  const facts: FailureFacts = { ...more, kind, vendor: call.vendor };
  const options = cause ? { cause: new Error(cause) } : {};
  return new VendorFailure(call.peculiar?.(facts) ?? facts, options);
}

/** Something went wrong before there was an answer, or while reading it. */
export function trouble(call: Call, error: unknown, mayHaveLeft: boolean): VendorFailure {
  const cause = codeOf(error);
  const sentence = sentenceOf(call, error, cause);
  const kind = kindOfTrouble(error, cause, call.changing && mayHaveLeft);
  return failed(call, kind, { cause, ...(sentence ? { sentence } : {}) });
}

/** A call the guard did not let out. */
export class Blocked extends Error {}

/** Shorter ones are words, and taking them out would change what the vendor says. */
const shortestKey = 8;

const kinds = new Map<number, FailureKind>([
  [401, "unauthorized"],
  [402, "payment"],
  [403, "forbidden"],
  [404, "not_found"],
  [409, "conflict"],
  [429, "rate_limited"],
]);

function kindOfStatus(status: number, changing: boolean): FailureKind {
  if (status < 400) return "redirected";
  if (status >= 500 || status === 408) return changing ? "unclear" : "unavailable";
  return kinds.get(status) ?? "refused";
}

function kindOfTrouble(error: unknown, code: string, mayHaveActed: boolean): FailureKind {
  if (error instanceof Blocked) return "blocked";
  if (mayHaveActed) return "unclear";
  const nonsense =
    error instanceof TooLong ||
    error instanceof SyntaxError ||
    /^HPE_|^HTTPParser|^UND_ERR_HEADERS_OVERFLOW/.test(code);
  return nonsense ? "bad_answer" : "unavailable";
}

function sentenceOf({ vendor }: Call, error: unknown, code: string): string | undefined {
  const title = vendorTitles[vendor];
  if (error instanceof TooLong) return `${title} answered with ${error.message}, more than I read.`;
  if (!/CERT|TLS|SELF_SIGNED|UNABLE_TO_/.test(code)) return undefined;
  return `The secure connection to ${title} could not be verified.`;
}

/** A key that comes back in a campaign's name must not be shown to a channel. */
export function cleanerOf({ secrets, tokenAnswer }: Call): (text: string) => string {
  return secretsRemover(tokenAnswer ? [] : secrets, shortestKey);
}

function jsonOrNothing(text: string, secrets: readonly string[]): unknown {
  try {
    return parseJson(text, secretsRemover(secrets, shortestKey));
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
