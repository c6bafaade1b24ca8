import type { Change } from "../domain/change.ts";
import { answeredFor } from "../domain/change-steps.ts";
import type { Ratifying } from "../domain/policy.ts";
import {
  isOverdue,
  isOwed,
  type Ratification,
  type RatifyPress,
  ratify,
} from "../domain/ratify.ts";
import { loadChange } from "../store/changes.ts";
import type { World } from "../world.ts";
import { reverseJob, tellRatifyJob } from "./change-jobs.ts";
import { loadPolicy } from "./load-policy.ts";
import { type ChangeKey, type Move, moveChange } from "./move-change.ts";

/** What a press would come to, with nothing put on record. */
export async function previewRatify(
  world: World,
  key: ChangeKey,
  press: RatifyPress,
): Promise<{ change: Change; ratification: Ratification } | undefined> {
  const { policy } = await loadPolicy(world, key.workspace);
  const change = await world.store.read((q) => loadChange(q, key.workspace, key.changeId));
  return change && { change, ratification: ratify(change, press, world.now(), policy) };
}

/** A press of Ratify or Reverse. Undefined: there is no such change in this workspace. */
export async function ratifyChange(
  world: World,
  key: ChangeKey,
  press: RatifyPress,
  reason?: string,
): Promise<Ratification | undefined> {
  const { policy } = await loadPolicy(world, key.workspace);
  return moveChange<Ratification>(world, key, press.by.id, (change) => {
    const result = ratify(change, press, world.now(), policy);
    if (result.kind !== "answered") return { result };
    const { ratified, instead } = result;
    const from = { by: press.by.id, ...(reason !== undefined && { reason }) };
    return {
      result,
      after: answeredFor(change, ratified),
      audit: [{ event: ratified.kind, subject: change.id, detail: { reason, instead } }],
      jobs: press.kind === "reverse" ? [reverseJob(key, from)] : [],
    };
  });
}

/** The time to answer for it is over: it is kept or taken back, as its rule says, and said once. */
export async function endRatify(world: World, key: ChangeKey): Promise<void> {
  await moveChange(world, key, "fermata", (change): Move<undefined> => {
    const { verdict } = change;
    if (verdict.kind !== "ratify" || !isOwed(change) || !isOverdue(change, world.now()))
      return { result: undefined };
    const kind = kindAtEnd[verdict.otherwise];
    return {
      result: undefined,
      after: answeredFor(change, { kind, at: world.now() }),
      audit: [{ event: kind, subject: change.id, detail: {} }],
      jobs: [
        tellRatifyJob(key, "end"),
        ...(verdict.otherwise === "revert" ? [reverseJob(key, {})] : []),
      ],
    };
  });
}

const kindAtEnd = { keep: "kept", revert: "reverted" } as const satisfies Record<
  Ratifying["otherwise"],
  string
>;
