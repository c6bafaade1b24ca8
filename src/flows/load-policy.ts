import { builtInPolicy, type Policy } from "../domain/policy.ts";
import { checkPolicy } from "../domain/policy-file.ts";
import { latestPolicy } from "../store/policies.ts";
import type { World } from "../world.ts";

/** The workspace's policy; version 0 is the built-in one. One that no longer reads denies everything. */
export interface PolicyInForce {
  policy: Policy;
  version: number;
  broken?: string;
}

const denyAll: Policy = { version: 1, rules: [] };

export async function loadPolicy(world: World, workspace: string): Promise<PolicyInForce> {
  const saved = await world.store.read((q) => latestPolicy(q, workspace));
  if (!saved) return { policy: builtInPolicy, version: 0 };
  const checked = checkPolicy(saved.document);
  if (checked.ok) return { policy: checked.policy, version: saved.version };
  const broken = checked.problems.map(({ path, sentence }) => `${path}: ${sentence}`).join("; ");
  return { policy: denyAll, version: saved.version, broken };
}
