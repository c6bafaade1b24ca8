// https://docs.talkdesk.com/reference/cc-basic and https://docs.talkdesk.com/reference/cc-jwt
import { createPrivateKey, type KeyObject, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { Call } from "./call.ts";
import type { FailureFacts } from "./failure.ts";
import { record } from "./loose.ts";
import { blocked, loginAt } from "./talkdesk-regions.ts";
import type { Account } from "./vendor.ts";
import { firstText, words } from "./vendor-words.ts";

const livesSeconds = 300;
const bySignature = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** Client credentials, as a form. Nothing changes at Talkdesk by asking for a token. */
export async function tokenCall(account: Account, now: Date): Promise<Call> {
  const { url, hosts } = loginAt(account.options);
  const { headers = {}, form, secrets } = await proofOf(account.secret, url, now);
  return {
    vendor: "talkdesk",
    hosts,
    method: "POST",
    baseUrl: url.origin,
    path: url.pathname,
    headers: {
      ...headers,
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ grant_type: "client_credentials", ...form }).toString(),
    changing: false,
    secrets,
    tokenAnswer: true,
    words: wordsOf,
    peculiar,
  };
}

/** What tells the token of one login from that of another; it is kept in memory only. */
export function loginOf({ baseUrl, options, secret, version }: Account): string {
  const { clientId, clientSecret, keyId, privateKey } = secret;
  const { account, region, tokenUrl } = options;
  const place = [version, baseUrl, account, region, tokenUrl];
  return JSON.stringify([...place, clientId, clientSecret, keyId, privateKey]);
}

interface Proof {
  headers?: Readonly<Record<string, string>>;
  form: Readonly<Record<string, string>>;
  secrets: readonly string[];
}

/** With a secret the two rights are asked for by name; a client with a key pair gets those it has, and asks for none. */
async function proofOf(secret: Account["secret"], url: URL, now: Date): Promise<Proof> {
  const { clientId = "", clientSecret = "", keyId, privateKey } = secret;
  if (keyId && privateKey) {
    const assertion = await assertionOf({ clientId, keyId, privateKey }, url, now);
    const form = { client_assertion_type: bySignature, client_assertion: assertion };
    return { form, secrets: [clientId, keyId, privateKey, bare(privateKey), assertion] };
  }
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  return {
    headers: { authorization: `Basic ${basic}` },
    form: { scope: "campaigns:read campaigns:write" },
    secrets: [clientId, clientSecret, basic],
  };
}

function assertionOf(
  { clientId, keyId, privateKey }: Record<"clientId" | "keyId" | "privateKey", string>,
  url: URL,
  now: Date,
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: "ES256", kid: keyId })
    .setJti(randomUUID())
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(url.href)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + livesSeconds)
    .sign(keyIn(privateKey));
}

/** Talkdesk hands it out as Base64 of PKCS#8; people also paste it with its first and last line. */
function keyIn(text: string): KeyObject {
  const key = parsed(text);
  if (key?.asymmetricKeyDetails?.namedCurve === "prime256v1") return key;
  throw blocked(
    "The private key of the Talkdesk connection cannot be used. It must be the EC key (P-256, PKCS#8) that Talkdesk issued with the key id.",
  );
}

function parsed(text: string): KeyObject | undefined {
  const key = Buffer.from(bare(text), "base64");
  for (const type of ["pkcs8", "sec1"] as const) {
    try {
      return createPrivateKey({ key, format: "der", type });
    } catch {
      // The other form is tried, then it is none.
    }
  }
  return undefined;
}

function bare(key: string): string {
  return key.replace(/-----(BEGIN|END) [A-Z ]+-----/g, "").replace(/\s/g, "");
}

function wordsOf(body: unknown) {
  const { error, error_description: described, code, message } = record(body);
  return words(firstText(error, code), firstText(described, message));
}

/** OAuth tells by `error` what its statuses do not; a wrong client comes with 400 as well as with 401. */
function peculiar(facts: FailureFacts): FailureFacts {
  const { kind, code, status } = facts;
  if (code === "invalid_scope") {
    const sentence = `Talkdesk does not grant this client campaigns:read and campaigns:write (${status}).`;
    return { ...facts, kind: "forbidden", sentence };
  }
  if (code === "unauthorized_client" || code === "unsupported_grant_type") {
    const sentence = `Talkdesk does not let this client log in by itself (${status}). It needs the client credentials grant.`;
    return { ...facts, kind: "forbidden", sentence };
  }
  if (code === "invalid_request") {
    const sentence = `Talkdesk did not take our way of logging in (${status}).`;
    return { ...facts, kind: "refused", sentence };
  }
  if (kind === "not_found") {
    const sentence = `Talkdesk knows no account of this name in this region (${status}).`;
    return { ...facts, kind: "unauthorized", sentence };
  }
  if (code === "invalid_client" || kind === "refused" || kind === "forbidden") {
    const sentence = `Talkdesk does not accept this client (${status}).`;
    return { ...facts, kind: "unauthorized", sentence };
  }
  return facts;
}
