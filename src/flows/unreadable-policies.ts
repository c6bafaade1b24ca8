import { checkPolicy } from "../domain/policy-file.ts";
import { newestVersions, policyAt } from "../store/policies.ts";
import type { World } from "../world.ts";

/** Looked at and named again after so long. */
const dayMs = 24 * 3_600_000;

/**
 * Counts workspaces whose policy in force cannot be read, so that everything is denied there. Each version is looked
 * at once and named in the log; a policy that was never saved is the built-in one and can be read.
 */
export function watchPolicies({
  store,
  log,
  memories,
}: Pick<World, "store" | "log" | "memories">): () => Promise<number> {
  const seen = memories.open<{ version: number; readable: boolean }>({ ms: dayMs, most: 10_000 });
  return async () => {
    const newest = await store.read(newestVersions);
    for (const { workspace, version } of newest) {
      if (seen.get(workspace, "")?.version === version) continue;
      const saved = await store.read((q) => policyAt(q, workspace, version));
      const readable = saved === undefined || checkPolicy(saved.document).ok;
      if (!readable)
        log.warn("a policy cannot be read, so everything is denied there", { workspace });
      seen.set(workspace, "", { version, readable });
    }
    return newest.filter(({ workspace }) => seen.get(workspace, "")?.readable === false).length;
  };
}
