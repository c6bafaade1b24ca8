import type { Action } from "../../domain/campaign.ts";
import { actions, button, context, section } from "./blocks.ts";
import { actionIds, numbered } from "./ids.ts";
import { fitted, type Message } from "./message.ts";
import { type Mrkdwn, mrkdwn } from "./text.ts";

const wishes: Record<Action | "stop", string> = {
  pause: "pause",
  resume: "resume",
  cancel: "cancellation",
  stop: "emergency stop",
};

/** The reason ends in something that could be a limit: two buttons, and nothing is done before one is pressed. */
export function clauseQuestion(look: {
  action: Action | "stop";
  clause: string;
  /** Opaque ids of the two choices. */
  limit: string;
  reason: string;
}): Message {
  const { action, clause, limit, reason } = look;
  const asked = mrkdwn`Your reason ends with “${clause}”. Nothing has been changed yet. Is it a limit of the ${wishes[action]}, or part of the reason?`;
  const press = (label: string, value: string, place: number) =>
    button({
      label,
      actionId: numbered(actionIds.clause, place),
      value,
      spoken: `${label}: ${clause}`,
    });
  return fitted(asked, [
    section(asked),
    actions([press("As a limit", limit, 1), press("Part of the reason", reason, 2)]),
    context(meaning(action)),
  ]);
}

function meaning(action: Action | "stop"): Mrkdwn {
  return action === "stop"
    ? mrkdwn`*As a limit*: only what you named is stopped. *Part of the reason*: everything that the command says is stopped.`
    : mrkdwn`*As a limit*: it holds for the time or the connection that you named. *Part of the reason*: the words stand on the card and limit nothing.`;
}
