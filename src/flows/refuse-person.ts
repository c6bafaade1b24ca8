import { whyNobody } from "../domain/judge.ts";
import type { Person } from "../domain/person.ts";
import type { PolicyAction } from "../domain/policy.ts";
import { whoMay } from "../domain/rights.ts";
import type { WhoCan } from "../domain/who-could.ts";
import { appendOnce } from "../store/repeats.ts";
import type { World } from "../world.ts";
import { loadPolicy } from "./load-policy.ts";

/** Somebody whom no rule could let do this, whatever the campaign. */
interface RefusedPerson {
  kind: "refused";
  sentence: string;
  who: WhoCan;
}

/**
 * Refuses whoever may ask for nothing of the kind before any platform is read, in the same words whether there is such
 * a campaign or not. Undefined: some rule could allow it.
 */
export async function refusePerson(
  world: World,
  workspace: string,
  by: Person,
  action: PolicyAction,
): Promise<RefusedPerson | undefined> {
  if (by.kind === "member") return undefined;
  const { policy } = await loadPolicy(world, workspace);
  const sentence = whyNobody(by, policy, action);
  if (sentence === undefined) return undefined;
  const detail = { action, targets: [], rule: "" };
  const line = { event: "refused", subject: by.id, detail };
  const at = world.now();
  await world.store.write((q) => appendOnce(q, { workspace, at, actor: by.id, line }));
  const may = whoMay(policy, action);
  const from = may.includes("members")
    ? may.filter((one) => one === "members" || one === "guests")
    : may;
  return { kind: "refused", sentence, who: { deed: "ask", from } };
}
