import type { Policy } from "../domain/policy.ts";
import { whatNeverMatches } from "../domain/policy-never.ts";
import { notesOn } from "../domain/policy-notes.ts";
import { listConnections } from "../store/connections.ts";
import type { World } from "../world.ts";

/** What of a policy does nothing now in this workspace, in sentences. */
export async function policyNotes(
  { store }: Pick<World, "store">,
  workspace: string,
  policy: Policy,
): Promise<string[]> {
  const connections = await store.read((q) => listConnections(q, workspace));
  const never = whatNeverMatches(policy).map(({ sentence }) => `It can never match: ${sentence}`);
  const names = connections.map(({ name }) => name);
  return [...never, ...notesOn(policy, names)];
}
