// https://docs.talkdesk.com/reference/cc-basic
import { type FailureFacts, VendorFailure } from "./failure.ts";
import { record } from "./loose.ts";
import type { Account } from "./vendor.ts";
import { firstText, words } from "./vendor-words.ts";

const vendor = "talkdesk";
const loginHosts = {
  us: "talkdeskid.com",
  eu: "talkdeskid.eu",
  ca: "talkdeskidca.com",
  au: "talkdeskid.au",
};
export type Region = keyof typeof loginHosts;

/** The United States unless the connection says otherwise. */
export function regionOf({ region }: Account["options"]): Region {
  const wanted = region?.toLowerCase();
  return wanted === "eu" || wanted === "ca" || wanted === "au" ? wanted : "us";
}

/** Client credentials, as a form with HTTP Basic. Nothing changes at Talkdesk by asking for a token. */
export function tokenCall({ options, secret }: Account) {
  const { clientId = "", clientSecret = "" } = secret;
  const url = tokenUrl(options);
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  return {
    vendor,
    hosts: [`.${loginHosts[regionOf(options)]}`],
    method: "POST",
    baseUrl: url.origin,
    path: url.pathname,
    headers: {
      authorization: `Basic ${basic}`,
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials&scope=campaigns%3Aread%20campaigns%3Awrite",
    changing: false,
    secrets: [clientId, clientSecret, basic],
    tokenAnswer: true,
    words: wordsOf,
    peculiar,
  } as const;
}

function tokenUrl(options: Account["options"]): URL {
  if (options.tokenUrl) {
    if (URL.canParse(options.tokenUrl)) return new URL(options.tokenUrl);
    throw blocked("The token address of the Talkdesk connection is not an address.");
  }
  const account = options.account ?? "";
  if (/^[A-Za-z0-9-]{1,63}$/.test(account)) {
    return new URL(`https://${account}.${loginHosts[regionOf(options)]}/oauth/token`);
  }
  throw blocked("The Talkdesk connection has no proper account name.");
}

function blocked(sentence: string): VendorFailure {
  return new VendorFailure({ kind: "blocked", vendor, sentence });
}

function wordsOf(body: unknown) {
  const { error, error_description: described, code, message } = record(body);
  return words(firstText(error, code), firstText(described, message));
}

/** OAuth answers a wrong client with 400 as well as with 401; both are about the credentials. */
function peculiar(facts: FailureFacts): FailureFacts {
  if (facts.kind !== "refused" && facts.kind !== "forbidden" && facts.kind !== "not_found")
    return facts;
  const sentence = `Talkdesk does not accept this client or account name (${facts.status}).`;
  return { ...facts, kind: "unauthorized", sentence };
}
