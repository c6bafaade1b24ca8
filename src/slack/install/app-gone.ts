import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from "@slack/bolt";
import type { Log } from "../../ops/log.ts";
import { partingPayload } from "../payloads.ts";
import type { Installs } from "./installs.ts";

export interface Leaving {
  installs: Pick<Installs, "remove" | "leave">;
  log: Log;
}

type Args<Name extends string> = SlackEventMiddlewareArgs<Name> & AllMiddlewareArgs;

/** Somebody took the app out of a workspace, or of a whole organisation. */
export function appGone(leaving: Leaving) {
  return ({ body }: Args<"app_uninstalled">) => remove(leaving, body);
}

/** Tokens ended. Those of people are none of ours; without the bot's we are out. */
export function tokensGone(leaving: Leaving) {
  return ({ body }: Args<"tokens_revoked">) => remove(leaving, body);
}

/** An organisation took some of its workspaces away from us; the others stay. */
export function accessGone({ installs }: Leaving) {
  return async ({ body }: Args<"team_access_revoked">): Promise<void> => {
    const { event } = partingPayload.parse(body);
    if (event.type === "team_access_revoked") await installs.leave?.(event.team_ids);
  };
}

/** Slack sends both, in any order and sometimes twice; the first one that counts removes everything. */
async function remove(leaving: Leaving, body: unknown): Promise<void> {
  const { team_id, enterprise_id, event_time, event } = partingPayload.parse(body);
  const id = team_id ?? enterprise_id;
  if (!id) return leaving.log.warn("Slack did not say where the app was taken out");
  const at = new Date(event_time * 1000);
  if (event.type === "app_uninstalled") return leaving.installs.remove({ id, at });
  if (event.type !== "tokens_revoked") return;
  const botUsers = event.tokens.bot ?? [];
  if (botUsers.length > 0) await leaving.installs.remove({ id, at, botUsers });
}
