import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  stringify,
} from "yaml";
import { builtInPolicy, type Policy } from "../domain/policy.ts";
import { checkPolicy } from "../domain/policy-file.ts";
import { commit } from "../store/commit.ts";
import { Conflict } from "../store/errors.ts";
import { latestPolicy, policyAt, savePolicy } from "../store/policies.ts";
import type { World } from "../world.ts";

const mostBytes = 256 * 1024;

export type PolicyText =
  | { kind: "policy"; policy: Policy }
  /** One line each, beginning with the line of the file it is about. */
  | { kind: "problems"; problems: readonly string[] };

/** A policy file, from YAML to a policy, or every reason why not. */
export function readPolicyText(text: string): PolicyText {
  if (Buffer.byteLength(text) > mostBytes) {
    return { kind: "problems", problems: [`The file is larger than ${mostBytes / 1024} kB.`] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: true, lineCounter: lines });
  if (document.errors.length === 0) return fromDocument(document, lines);
  const problems = document.errors.map(({ pos, message }) => {
    const reason = message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? message;
    return `Line ${lines.linePos(pos[0]).line}: ${reason}`;
  });
  return { kind: "problems", problems };
}

function fromDocument(document: Document, lines: LineCounter): PolicyText {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 });
  } catch {
    const problem = "The file repeats itself by aliases more than is allowed.";
    return { kind: "problems", problems: [problem] };
  }
  const checked = checkPolicy(value);
  if (checked.ok) return { kind: "policy", policy: checked.policy };
  const problems = checked.problems.map(
    ({ keys, sentence }) => `Line ${lineOf(document, lines, keys)}: ${sentence}`,
  );
  return { kind: "problems", problems };
}

/** The line of what stands at this place; of what it should stand in, if it is missing. */
function lineOf(document: Document, lines: LineCounter, keys: readonly PropertyKey[]): number {
  let here: unknown = document.contents;
  let offset = startOf(here) ?? 0;
  for (const key of keys) {
    const next = below(isAlias(here) ? here.resolve(document) : here, key);
    if (!next) break;
    offset = startOf(next.mark) ?? offset;
    here = next.value;
  }
  return lines.linePos(offset).line;
}

/** A key's value with what marks its line: the key itself in a map, the entry in a list. */
function below(node: unknown, key: PropertyKey): { mark: unknown; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
    return pair && { mark: pair.key, value: pair.value };
  }
  const item = isSeq(node) && typeof key === "number" ? node.items[key] : undefined;
  return item === undefined ? undefined : { mark: item, value: item };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
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
