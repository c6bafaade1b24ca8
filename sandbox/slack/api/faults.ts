import { memberOf } from "../find.ts";
import type { Workspace } from "../state.ts";
import type { Fault } from "../types.ts";
import { type Answer, type Args, no, textArg } from "./answer.ts";

/** `hang` is no answer at all; an HTTP status other than 200 goes with some refusals. */
export type Reply = { hang: true } | Refusal | { hang: false; status: number; body: unknown };

interface Refusal {
  hang: false;
  status: number;
  retryAfter?: number;
  answer: Answer;
}

/** The newest fault that fits the call, one of its times spent. */
export function takeFault(
  faults: Fault[],
  call: { method: string; args: Args },
  workspace: Workspace | undefined,
): Fault | undefined {
  const fault = faults.findLast((one) => fits(one, call, workspace));
  if (fault?.times === undefined) return fault;
  fault.times -= 1;
  if (fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
  return fault;
}

function fits(
  fault: Fault,
  { method, args }: { method: string; args: Args },
  workspace: Workspace | undefined,
): boolean {
  if (fault.method && fault.method !== method) return false;
  if (fault.team && fault.team !== workspace?.team.id) return false;
  if (!fault.user) return true;
  const asked = textArg(args, "user") || textArg(args, "user_id");
  const person = workspace && memberOf(workspace, asked);
  return [asked, person?.id, person?.name].includes(fault.user);
}

export function faulty(fault: Fault): Reply {
  if (fault.hang) return { hang: true };
  if (fault.body !== undefined)
    return { hang: false, status: fault.status ?? 200, body: fault.body };
  const error = fault.error ?? "internal_error";
  if (error === "ratelimited")
    return { ...refusedForNow(fault.retryAfter ?? 1), status: fault.status ?? 429 };
  return { hang: false, status: fault.status ?? 200, answer: no(error) };
}

export function refusedForNow(seconds: number): Refusal {
  return {
    hang: false,
    status: 429,
    retryAfter: seconds,
    answer: no("ratelimited"),
  };
}
