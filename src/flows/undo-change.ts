import { isCalled, type Person } from "../domain/person.ts";
import { undo } from "../domain/undo.ts";
import { loadChange } from "../store/changes.ts";
import { askedAfter } from "../store/overtaking.ts";
import type { World } from "../world.ts";
import { asWeLeftIt } from "./as-we-left-it.ts";
import { type Followed, submitSame, wishAgain } from "./follow-change.ts";
import { idFrom } from "./ids.ts";
import type { ChangeKey } from "./move-change.ts";
import { refusePerson } from "./refuse-person.ts";
import { sameCampaigns } from "./same-campaigns.ts";
import { submittedEarlier } from "./submit-change.ts";

/**
 * The opposite of a change, for those of its campaigns that still stand as it left them: asked by whoever presses, and
 * judged by the policy as it is now. However often it is pressed, one change comes of it. Undefined: no such change in
 * this workspace.
 */
export async function undoChange(
  world: World,
  key: ChangeKey,
  by: Person,
  heardAt = world.now(),
): Promise<Followed | undefined> {
  const { workspace, changeId } = key;
  const change = await world.store.read((q) => loadChange(q, workspace, changeId));
  if (!change) return undefined;
  const requestKey = idFrom("undo", workspace, changeId);
  const earlier = await submittedEarlier(world, { workspace, requestKey });
  if (earlier && isCalled(by, earlier.askedBy)) return { kind: "submitted", change: earlier };
  if (earlier) return nothing(`This was asked to be undone already (${earlier.id}).`);
  const newer = await world.store.read((q) => askedAfter(q, change));
  const possible = undo(change, newer, world.now());
  if (possible.kind === "impossible") return { kind: "nothing_to_do", sentence: possible.sentence };
  const { until: _planned, reason: _asked, ...wish } = wishAgain(change);
  const nobody = await refusePerson(world, workspace, by, possible.action);
  if (nobody) return nobody;
  const there = await sameCampaigns(world, workspace, possible.targets);
  const ours = possible.targets.map((target) => ({ target, root: { target } }));
  const same = possible.action === "resume" ? asWeLeftIt(there, ours) : there;
  const submission = { ...wish, action: possible.action, by, requestKey, heardAt };
  return submitSame(world, { ...submission, reason: `Undoes ${changeId}.` }, same);
}

function nothing(why: string): Followed {
  return { kind: "nothing_to_do", sentence: `${why} Nothing more was done.` };
}
