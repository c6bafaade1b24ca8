import { appendAudit } from "../store/audit.ts";
import { provedKeys, usagePerKey } from "../store/canaries.ts";
import { markRetired } from "../store/retired-keys.ts";
import type { World } from "../world.ts";
import { installation } from "./rewrap-secrets.ts";

export type Retired =
  | { kind: "retired"; inKeyring: boolean }
  | { kind: "active" }
  | { kind: "unknown" }
  | { kind: "in_use"; uses: number };

class InUse extends Error {
  readonly uses: number;
  constructor(uses: number) {
    super("the key still holds something");
    this.uses = uses;
  }
}

/**
 * Lets go of a key that holds nothing any more, and marks it, so that no process that has it seals with it again. The
 * keyring itself is the operator's to edit.
 */
export async function retireKey(
  { store, keyring, now }: Pick<World, "store" | "keyring" | "now">,
  kid: string,
  by: string,
): Promise<Retired> {
  if (kid === keyring.activeKid) return { kind: "active" };
  const inKeyring = keyring.kids.includes(kid);
  try {
    return await store.write(async (q) => {
      if (!inKeyring && !(await provedKeys(q)).includes(kid)) return { kind: "unknown" };
      // Marked before it is counted: a seal that is kept at this moment is waited for, and then counted.
      const isNew = await markRetired(q, kid, now());
      const uses = (await usagePerKey(q)).get(kid) ?? 0;
      if (uses > 0) throw new InUse(uses);
      const line = { event: "key_retired", subject: kid };
      if (isNew)
        await appendAudit(q, { workspace: installation, at: now(), actor: by, lines: [line] });
      return { kind: "retired", inKeyring };
    });
  } catch (error) {
    if (error instanceof InUse) return { kind: "in_use", uses: error.uses };
    throw error;
  }
}
