import type { ServerResponse } from "node:http";
import { type Answer, page, plain } from "./answer.ts";
import type { FaultStatus, SingleFault } from "./faults.ts";
import { send, sendHuge, sendSlowly } from "./sending.ts";

/** One call, about to be served: what can be done with it. */
export interface Play {
  path: string;
  strangeWord: string;
  /** Does what the call asks. `mask` is shown by reads instead of the true word. */
  act(mask?: string): Answer;
  actLater(ms: number): void;
  /** Does what the call asks, and undoes it when `ms` have passed. */
  actForAWhile(ms: number): Answer;
  /** Answers as if, and takes everything back. */
  pretendToAct(): Answer;
  /** A refusal in the vendor's own envelope. */
  refuse(status: FaultStatus): Answer;
  give(answer: Answer, by?: (res: ServerResponse, answer: Answer) => void): void;
  cutOff(): void;
  after(ms: number, run: () => void): void;
}

export function playCall(play: Play, fault: SingleFault | null): void {
  if (!fault) {
    play.give(play.act());
    return;
  }
  switch (fault.kind) {
    case "slow":
      play.after(fault.ms, () => play.give(play.act()));
      break;
    case "hang":
      break;
    case "hang_after":
      play.act();
      break;
    case "reset_before":
      play.cutOff();
      break;
    case "reset_after":
      play.act();
      play.cutOff();
      break;
    case "late":
      play.actLater(fault.ms);
      break;
    case "wrong_state":
      play.give(play.pretendToAct());
      break;
    case "undoes":
      play.give(play.actForAWhile(fault.ms));
      break;
    default:
      playAnswer(play, fault);
  }
}

type Silent = "slow" | "hang" | "hang_after" | "reset_before" | "reset_after" | "late";

function playAnswer(
  play: Play,
  fault: Exclude<SingleFault, { kind: Silent | "wrong_state" | "undoes" }>,
): void {
  switch (fault.kind) {
    case "status":
      if (fault.acts) play.act();
      play.give(refusalOf(play, fault));
      break;
    case "empty":
      play.act();
      play.give(plain(200), send);
      break;
    case "html":
      play.give(page(200, "Sign in"));
      break;
    case "unknown_word":
      play.give(play.act(fault.word ?? play.strangeWord));
      break;
    case "redirect":
      play.give(plain(307, "", { location: fault.to ?? `http://127.0.0.1:1${play.path}` }));
      break;
    case "huge":
      play.give(play.act(), sendHuge);
      break;
    case "drip":
      play.give(play.act(), (res, answer) => sendSlowly(res, answer, fault.ms ?? 200, play.after));
  }
}

function refusalOf(play: Play, fault: SingleFault & { kind: "status" }): Answer {
  const html = fault.status === 500 && fault.html !== false;
  const answer = html ? page(500, "500 Internal Server Error") : play.refuse(fault.status);
  if (fault.retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, "retry-after": fault.retryAfter } };
}
