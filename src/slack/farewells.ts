import { giveUpEnd, giveUpExpiry, giveUpTarget, giveUpWatch } from "../flows/give-up-target.ts";
import type { Farewells } from "../queue/handlers.ts";
import { refusalAnswer } from "./cards/answers.ts";
import { answer, type Desk, type Origin } from "./listeners/desk.ts";
import { clickPayload, commandPayload } from "./payloads.ts";

const sorry = refusalAnswer(
  "Something went wrong on our side. Nothing was changed, unless a card says so.",
  "Please try again in a minute.",
);

/** Nobody who typed or pressed something is left without an answer, even when we have given up on it. */
export function createFarewells(desk: Desk): Farewells {
  return {
    async slack_request({ body }, job) {
      const origin = originIn(body);
      if (origin) await answer(desk, { ...origin, requestKey: job.key ?? "" }, sorry);
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
    async submit_wish({ user, channel, requestKey }, { workspace }) {
      await answer(desk, { workspace, user, channel, requestKey }, sorry);
    },
  };
}

function originIn(body: unknown): Omit<Origin, "requestKey"> | undefined {
  const command = commandPayload.safeParse(body).data;
  if (command) {
    const { team_id: workspace, user_id: user, channel_id: channel } = command;
    return { workspace, user, channel, responseUrl: command.response_url };
  }
  const click = clickPayload.safeParse(body).data;
  if (!click?.team) return undefined;
  const { team, user, channel, response_url: responseUrl } = click;
  return { workspace: team.id, user: user.id, channel: channel?.id ?? user.id, responseUrl };
}
