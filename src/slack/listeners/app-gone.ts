import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from "@slack/bolt";
import { partingPayload } from "../payloads.ts";
import type { Desk } from "./desk.ts";

type Args<Name extends string> = SlackEventMiddlewareArgs<Name> & AllMiddlewareArgs;

/** Somebody took the app out of a workspace, or of a whole organisation. */
export function appGone(desk: Desk) {
  return ({ body }: Args<"app_uninstalled">) => remove(desk, body);
}

/** Tokens ended. Those of people are none of ours; without the bot's we are out. */
export function tokensGone(desk: Desk) {
  return ({ body }: Args<"tokens_revoked">) => remove(desk, body);
}

/** Slack sends both, in any order and sometimes twice; the first one that counts removes everything. */
async function remove(desk: Desk, body: unknown): Promise<void> {
  const { team_id, enterprise_id, event_time, event } = partingPayload.parse(body);
  const id = team_id ?? enterprise_id;
  if (!id) return desk.world.log.warn("Slack did not say where the app was taken out");
  const at = new Date(event_time * 1000);
  if (event.type === "app_uninstalled") return desk.installs.remove({ id, at });
  const botUsers = event.tokens.bot ?? [];
  if (botUsers.length > 0) await desk.installs.remove({ id, at, botUsers });
}
