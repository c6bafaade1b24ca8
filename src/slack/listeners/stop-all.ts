import type { Person } from "../../domain/person.ts";
import type { StopCommand } from "../../domain/stop-command.ts";
import { type Stopped, stopAll } from "../../flows/stop-all.ts";
import type { Message } from "../cards/message.ts";
import { nothingRunsAnswer, stopAnswer } from "../cards/stop-answer.ts";
import type { Desk, Origin } from "./desk.ts";
import { refused } from "./refuse.ts";
import { noSuchConnection } from "./show-status.ts";
import { answerWhenDone } from "./submit.ts";

/** The command is its own confirmation; the answer says how many campaigns on which platforms. */
export async function stopAllAndAnswer(
  desk: Desk,
  origin: Origin,
  by: Person,
  { connections, reason }: StopCommand,
): Promise<void> {
  const { workspace, requestKey, channel } = origin;
  const stopping = stopAll(desk.world, { workspace, requestKey, by, channel, connections, reason });
  await answerWhenDone(
    desk,
    origin,
    stopping,
    (stopped) => wordsFor(desk, workspace, by, stopped),
    "Still reading the platforms. What has been stopped so far, if anything, is on the card of the stop.",
  );
}

async function wordsFor(
  desk: Desk,
  workspace: string,
  person: Person,
  stopped: Stopped,
): Promise<Message> {
  switch (stopped.kind) {
    case "submitted":
      return stopAnswer(stopped.change);
    case "nothing_runs":
      return nothingRunsAnswer(stopped.scope);
    case "refused":
      return refused(desk, workspace, person, stopped);
    case "no_connection":
      return noSuchConnection(stopped, { person });
  }
}
