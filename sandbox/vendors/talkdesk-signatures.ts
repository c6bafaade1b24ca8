import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });

/** A client that was issued with a key pair. Its key is another one each time the program starts. */
export const keyPairClient = {
  clientId: "pretend-with-a-key-pair",
  keyId: "pretend-key-1",
  privateKey: privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
};

const longestSeconds = 300;

/** Signed with this client's key, for this address, for now, and for five minutes at most. */
export function isSigned(
  assertion: string,
  of: { client: typeof keyPairClient; audience: string; now: Date },
): boolean {
  const { client, audience, now } = of;
  const [head = "", body = "", signature = ""] = assertion.split(".");
  const { alg, kid } = decoded(head);
  const { iss, sub, aud, jti, iat, exp } = decoded(body);
  const seconds = now.getTime() / 1000;
  const timely =
    Number(exp) > seconds &&
    Number(iat) <= seconds + 1 &&
    Number(exp) - Number(iat) <= longestSeconds;
  const said = alg === "ES256" && kid === client.keyId && aud === audience && Boolean(jti);
  if (!timely || !said || iss !== client.clientId || sub !== client.clientId) return false;
  const key = createPublicKey(privateKey);
  const data = Buffer.from(`${head}.${body}`);
  const bytes = Buffer.from(signature, "base64url");
  return verify("sha256", data, { key, dsaEncoding: "ieee-p1363" }, bytes);
}

function decoded(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}
