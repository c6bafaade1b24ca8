import type { Connection } from "../../src/store/connections.ts";
import { credentialAad, type Keyring } from "../../src/store/seal.ts";
import { noon } from "./sample-change.ts";

/** A connection with its secret sealed, as it stands before it is stored. */
export async function aConnection(
  keyring: Keyring,
  parts: Partial<Connection> = {},
): Promise<Connection> {
  const { workspace = "T1", id = "con_1", vendor = "burki", version = 1 } = parts;
  const aad = credentialAad({ workspace, vendor, connectionId: id, field: "secret", version });
  return {
    workspace,
    id,
    vendor,
    name: "Burki",
    baseUrl: "https://api.burki.dev",
    options: {},
    sealedSecret: await keyring.seal('{"apiKey":"s3cret-canary-key"}', aad),
    secretHint: "-key",
    version,
    createdAt: noon,
    createdBy: "U1",
    ...parts,
  };
}
