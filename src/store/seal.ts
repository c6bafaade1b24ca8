import { randomBytes } from "node:crypto";
import { decodeProtectedHeader, FlattenedEncrypt, flattenedDecrypt } from "jose";

/** What a sealed text is bound to, in order; it opens only for the very same list. */
export type Aad = readonly (string | number)[];

/** The keys that seal. The first line of the keyring is the active one. */
export interface Keyring {
  activeKid: string;
  kids: readonly string[];
  /** A JWE (RFC 7516, flattened, without its `aad`), as JSON text. */
  seal(plain: string, aad: Aad): Promise<string>;
  /** Undefined if the key is not in the ring, or anything at all is not as it was sealed. */
  open(sealed: string, aad: Aad): Promise<string | undefined>;
}

export type KeyringReading =
  | { ok: true; keyring: Keyring }
  /** One line per problem, no key in it. */
  | { ok: false; problems: readonly string[] };

const algorithms = { alg: "A256GCMKW", enc: "A256GCM" } as const;

/** Reads lines `kid:base64(32 bytes)`; empty lines and lines that start with # are passed over. */
export function parseKeyring(text: string): KeyringReading {
  const problems: string[] = [];
  const keys = new Map<string, Uint8Array>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    const read = readKeyLine(line.trim());
    const where = `keyring line ${index + 1}`;
    if (typeof read === "string") problems.push(`${where} ${read}`);
    else if (keys.has(read.kid)) problems.push(`${where} repeats the name ${read.kid}`);
    else keys.set(read.kid, read.key);
  }
  const [activeKid] = keys.keys();
  if (problems.length > 0) return { ok: false, problems };
  if (activeKid === undefined) return { ok: false, problems: ["the keyring holds no key"] };
  return { ok: true, keyring: createKeyring(activeKid, keys) };
}

function readKeyLine(line: string): { kid: string; key: Uint8Array } | string {
  const colon = line.indexOf(":");
  const kid = line.slice(0, Math.max(colon, 0));
  const encoded = line.slice(colon + 1).trim();
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(kid)) return "must read NAME:KEY";
  if (kid === auditKeyRow) return `must not be named ${auditKeyRow}`;
  const key = Buffer.from(encoded, "base64");
  const canonical = /^[A-Za-z0-9+/]{43}=$/.test(encoded);
  return canonical && key.length === 32 ? { kid, key } : "must hold 32 bytes in base64";
}

/** A fresh line for the keyring; `kid` defaults to a name nobody has used. */
export function newKeyLine(kid: string = `k${randomBytes(4).toString("hex")}`): string {
  return `${kid}:${randomBytes(32).toString("base64")}`;
}

/** Where the audit chain's own key is kept among the canaries. */
export const auditKeyRow = "audit";
export const auditKeyAad: Aad = ["audit-key", "v1"];

/** What a connection's secret is sealed to: moved to any other place, it does not open. */
export function credentialAad(place: {
  workspace: string;
  enterprise?: string | undefined;
  vendor: string;
  connectionId: string;
  field: string;
  version: number;
}): Aad {
  const { workspace, enterprise = "", vendor, connectionId, field, version } = place;
  return ["cred", "v1", workspace, enterprise, vendor, connectionId, field, version];
}

/** The name of the key that sealed this, read without opening it. */
export function kidOf(sealed: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(JSON.parse(sealed));
    return kid;
  } catch {
    return undefined;
  }
}

function createKeyring(activeKid: string, keys: ReadonlyMap<string, Uint8Array>): Keyring {
  return {
    activeKid,
    kids: [...keys.keys()],
    async seal(plain, aad) {
      const key = keys.get(activeKid);
      if (!key) throw new Error(`the keyring has lost its key ${activeKid}`);
      const { aad: _, ...sealed } = await new FlattenedEncrypt(new TextEncoder().encode(plain))
        .setProtectedHeader({ ...algorithms, kid: activeKid })
        .setAdditionalAuthenticatedData(bytesOf(aad))
        .encrypt(key);
      return JSON.stringify(sealed);
    },
    async open(sealed, aad) {
      const key = keys.get(kidOf(sealed) ?? "");
      return key && openWith(key, sealed, aad);
    },
  };
}

async function openWith(key: Uint8Array, sealed: string, aad: Aad): Promise<string | undefined> {
  try {
    const jwe = { ...JSON.parse(sealed), aad: Buffer.from(bytesOf(aad)).toString("base64url") };
    const { plaintext } = await flattenedDecrypt(jwe, key, {
      keyManagementAlgorithms: [algorithms.alg],
      contentEncryptionAlgorithms: [algorithms.enc],
    });
    return new TextDecoder().decode(plaintext);
  } catch {
    // Why it does not open is of no use to anybody but an attacker.
    return undefined;
  }
}

function bytesOf(aad: Aad): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(aad));
}
