import { answeredFor } from "../domain/change-steps.ts";
import { newJob } from "../queue/kinds.ts";
import type { World } from "../world.ts";
import { type ChangeKey, moveChange } from "./move-change.ts";

/** Taking back what acted first has come to nothing: its card says so and why, and so does a line in its thread, once. */
export async function notReversed(world: World, key: ChangeKey, sentence: string): Promise<void> {
  const { workspace, changeId } = key;
  await moveChange(world, key, "fermata", (change) => {
    const { ratified } = change;
    if (!ratified || ratified.nothing !== undefined) return { result: undefined };
    const thread = { changeId, about: "not_reversed", sentence } as const;
    const once = { key: `not-reversed:${workspace}:${changeId}` };
    return {
      result: undefined,
      after: answeredFor(change, { ...ratified, nothing: sentence }),
      audit: [{ event: "not_reversed", subject: changeId, detail: { why: sentence } }],
      jobs: [newJob("tell_thread", workspace, thread, once)],
    };
  });
}
