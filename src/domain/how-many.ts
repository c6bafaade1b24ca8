import type { Action } from "./campaign.ts";

/** As many campaigns as somebody names at once. */
export const mostAtOnce = 50;
/** As many as one change takes, however it came about. */
export const mostInChange = 100;
/** An emergency stop takes more, and so does whatever follows one. */
export const mostAtStop = 1_000;

/** Why an action is not for so many campaigns at once, in a sentence: one rule for what is typed, chosen and pressed. */
export function tooMany(action: Action, count: number, most = mostAtOnce): string | undefined {
  if (action === "cancel" && count > 1) return "Cancelling is done one campaign at a time.";
  return count > most ? `These are ${count} campaigns; ${most} at once is the most.` : undefined;
}
