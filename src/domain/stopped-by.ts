import type { Change } from "./change.ts";

const ended = "Ended by the emergency stop";

/** What a resume says that an emergency stop has ended before anything of it was sent. */
export function stoppedBy(stopId: string): string {
  return `${ended} ${stopId}. Nothing was sent.`;
}

/** The same, where that is what ended a change. */
export function whatStopped({ state, targets }: Pick<Change, "state" | "targets">) {
  const sentence = targets[0]?.sentence;
  return state === "superseded" && sentence?.startsWith(ended) ? sentence : undefined;
}
