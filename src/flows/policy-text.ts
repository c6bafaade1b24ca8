import { parseDocument, stringify } from "yaml";
import { builtInPolicy, type Policy } from "../domain/policy.ts";
import { checkPolicy } from "../domain/policy-file.ts";
import { commit } from "../store/commit.ts";
import { latestPolicy, savePolicy } from "../store/policies.ts";
import type { World } from "../world.ts";

const mostBytes = 256 * 1024;

export type PolicyText =
  | { kind: "policy"; policy: Policy }
  /** One line each, with where it is. */
  | { kind: "problems"; problems: readonly string[] };

/** A policy file, from YAML to a policy, or every reason why not. */
export function readPolicyText(text: string): PolicyText {
  if (Buffer.byteLength(text) > mostBytes) {
    return { kind: "problems", problems: [`The file is larger than ${mostBytes / 1024} kB.`] };
  }
  const document = parseDocument(text, { uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      kind: "problems",
      problems: document.errors.map(({ message }) => message.split("\n")[0] ?? message),
    };
  }
  return fromDocument(document);
}

function fromDocument(document: ReturnType<typeof parseDocument>): PolicyText {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 });
  } catch {
    return {
      kind: "problems",
      problems: ["The file repeats itself by aliases more than is allowed."],
    };
  }
  const checked = checkPolicy(value);
  if (checked.ok) return { kind: "policy", policy: checked.policy };
  return {
    kind: "problems",
    problems: checked.problems.map(({ path, sentence }) =>
      path ? `${path}: ${sentence}` : sentence,
    ),
  };
}

/** The policy in force, as the file it could be saved as. */
export async function policyAsText(
  world: World,
  workspace: string,
): Promise<{ text: string; version: number }> {
  const saved = await world.store.read((q) => latestPolicy(q, workspace));
  const document = saved?.document ?? builtInPolicy;
  return { text: stringify(document, { lineWidth: 100 }), version: saved?.version ?? 0 };
}

/** Saves a policy as the next version, on record with who saved it. */
export async function applyPolicy(
  world: World,
  wanted: { workspace: string; policy: Policy; by: string },
): Promise<number> {
  const { workspace, policy, by } = wanted;
  const now = world.now();
  return world.store.write(async (q) => {
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
