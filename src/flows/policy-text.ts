import { stringify } from "yaml";
import { builtInPolicy, type Policy } from "../domain/policy.ts";
import { checkPolicy } from "../domain/policy-file.ts";
import { whatNeverMatches } from "../domain/policy-never.ts";
import { commit } from "../store/commit.ts";
import { Conflict } from "../store/errors.ts";
import { latestPolicy, policyAt, savePolicy } from "../store/policies.ts";
import type { World } from "../world.ts";
import { readYaml } from "./policy-yaml.ts";

export type PolicyText =
  | { kind: "policy"; policy: Policy }
  /** One line each, beginning with the line of the file it is about. */
  | { kind: "problems"; problems: readonly string[] };

/** A policy file, from YAML to a policy, or every reason why not. */
export function readPolicyText(text: string): PolicyText {
  const read = readYaml(text);
  if (read.kind === "problems") return read;
  const checked = checkPolicy(read.value);
  const wrong = checked.ok ? whatNeverMatches(checked.policy) : checked.problems;
  if (checked.ok && wrong.length === 0) return { kind: "policy", policy: checked.policy };
  const problems = wrong.map(({ keys, sentence }) => `Line ${read.lineOf(keys)}: ${sentence}`);
  return { kind: "problems", problems };
}

/** A policy as the file it could be saved as. */
export function textOfPolicy(policy: unknown): string {
  return stringify(policy, { lineWidth: 100 });
}

/** A policy as it was saved, the newest if no version is named; 0 is the built-in one. Undefined: never saved. */
export async function savedPolicy(
  world: World,
  workspace: string,
  version?: number,
): Promise<{ document: unknown; version: number } | undefined> {
  const saved = await world.store.read((q) =>
    version === undefined ? latestPolicy(q, workspace) : policyAt(q, workspace, version),
  );
  if (saved) return saved;
  return version === undefined || version === 0
    ? { document: builtInPolicy, version: 0 }
    : undefined;
}

/** The policy in force, as the file it could be saved as. */
export async function policyAsText(
  world: World,
  workspace: string,
): Promise<{ text: string; version: number }> {
  const saved = await savedPolicy(world, workspace);
  return { text: textOfPolicy(saved?.document), version: saved?.version ?? 0 };
}

/**
 * Saves a policy as the next version, on record with who saved it. Throws `Conflict` where the version in force is
 * another than the one it was made from.
 */
export async function applyPolicy(
  world: World,
  wanted: { workspace: string; policy: Policy; by: string; madeFrom?: number },
): Promise<number> {
  const { workspace, policy, by, madeFrom } = wanted;
  const now = world.now();
  return world.store.write(async (q) => {
    const latest = (await latestPolicy(q, workspace))?.version ?? 0;
    if (madeFrom !== undefined && madeFrom !== latest)
      throw new Conflict(`policy ${latest} was saved by somebody else`);
    const version = await savePolicy(q, { workspace, document: policy, savedAt: now, savedBy: by });
    const audit = [
      {
        event: "policy_saved",
        subject: workspace,
        detail: { version, rules: policy.rules.length },
      },
    ];
    await commit(q, { workspace, at: now, actor: by, audit });
    return version;
  });
}
