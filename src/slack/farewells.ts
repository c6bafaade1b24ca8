import { giveUpEnd, giveUpExpiry, giveUpTarget, giveUpWatch } from "../flows/give-up-target.ts";
import { notReversed } from "../flows/not-reversed.ts";
import type { Farewells, RunningJob } from "../queue/handlers.ts";
import { loadChange } from "../store/changes.ts";
import { refusalAnswer } from "./cards/answers.ts";
import { unshownAnswer } from "./cards/unshown.ts";
import { keeperOf } from "./deliver/keeper.ts";
import { answer, type Desk } from "./listeners/desk.ts";
import { keptOf, originIn } from "./listeners/kept-answers.ts";

const sorry = refusalAnswer(
  "Something went wrong on our side. Nothing was changed, unless a card says so.",
  "Please try again in a minute.",
);
const unknown = "Slack did not say for too long who asked for it.";

/** Nobody who typed or pressed something, or waits for news, is left without words when we have given up on it. */
export function createFarewells(desk: Desk): Farewells {
  const { world } = desk;
  const unshown = async ({ changeId }: { changeId: string }, job: RunningJob) =>
    tellUnshown(desk, changeId, job);
  return {
    async slack_request({ body }, job) {
      const origin = originIn(body);
      const kept = { requestKey: job.key ?? "", kept: keptOf(job) };
      if (origin) await answer(desk, { ...origin, ...kept }, sorry);
    },
    async apply_target(payload, { workspace }) {
      await giveUpTarget(desk.world, { workspace, ...payload });
    },
    async watch_target(payload, { workspace }) {
      await giveUpWatch(desk.world, { workspace, ...payload });
    },
    async expire_change({ changeId }, { workspace }) {
      await giveUpExpiry(desk.world, { workspace, changeId });
    },
    async end_pause({ changeId }, { workspace }) {
      await giveUpEnd(desk.world, { workspace, changeId });
    },
    async submit_wish({ user, channel, requestKey }, job) {
      const { workspace } = job;
      await answer(desk, { workspace, user, channel, requestKey, kept: keptOf(job) }, sorry);
    },
    async reverse_change({ changeId }, { workspace }) {
      await notReversed(world, { workspace, changeId }, unknown);
    },
    show_change: unshown,
    tell_asker: unshown,
    tell_changed: unshown,
    tell_thread: unshown,
    tell_ratify: unshown,
    tell_left_out: unshown,
    tell_lost: unshown,
    tell_not_ended: unshown,
    remind_approvers: unshown,
  };
}

/** By another way: to the asker directly, and to an admin, who can look at what is wrong there. */
async function tellUnshown(
  desk: Desk,
  changeId: string,
  { id, kind, workspace }: RunningJob,
): Promise<void> {
  const { store } = desk.world;
  const change = await store.read((q) => loadChange(q, workspace, changeId));
  if (!change) return;
  const people = [change.askedBy, await keeperOf(desk, workspace)];
  const words = unshownAnswer(change, kind === "show_change" ? "card" : "news");
  for (const user of new Set(people.filter((one) => one !== undefined))) {
    const origin = { workspace, user, channel: user, requestKey: `farewell:${id}:${user}` };
    await answer(desk, origin, words);
  }
}
