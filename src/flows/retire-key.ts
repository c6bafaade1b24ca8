import { appendAudit } from "../store/audit.ts";
import { forgetCanary, provedKeys, usagePerKey } from "../store/canaries.ts";
import type { World } from "../world.ts";
import { installation } from "./rewrap-secrets.ts";

/** A seal made in the same moment must not slip past the count. */
const strict = { strict: true };

export type Retired =
  | { kind: "retired"; inKeyring: boolean }
  | { kind: "active" }
  | { kind: "unknown" }
  | { kind: "in_use"; uses: number };

/** Lets go of a key that holds nothing any more. The keyring itself is the operator's to edit. */
export async function retireKey(
  { store, keyring, now }: Pick<World, "store" | "keyring" | "now">,
  kid: string,
  by: string,
): Promise<Retired> {
  if (kid === keyring.activeKid) return { kind: "active" };
  const inKeyring = keyring.kids.includes(kid);
  return store.write(async (q) => {
    const uses = (await usagePerKey(q)).get(kid) ?? 0;
    if (uses > 0) return { kind: "in_use", uses };
    const proved = (await provedKeys(q)).includes(kid);
    if (!proved && !inKeyring) return { kind: "unknown" };
    if (proved) {
      await forgetCanary(q, kid);
      const line = { event: "key_retired", subject: kid };
      await appendAudit(q, { workspace: installation, at: now(), actor: by, lines: [line] });
    }
    return { kind: "retired", inKeyring };
  }, strict);
}
