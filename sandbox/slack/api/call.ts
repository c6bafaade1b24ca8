import type { Workspace } from "../state.ts";
import type { ApiCall, Fault } from "../types.ts";
import { type Answer, type Args, no } from "./answer.ts";
import { methods } from "./methods.ts";
import { spendResponseUrl } from "./response-url.ts";

export interface Request {
  /** "chat.postMessage", or "response_url". */
  method: string;
  path: string;
  token: string | undefined;
  args: Args;
}

/** `hang` is no answer at all; an HTTP status other than 200 goes with some refusals. */
export type Reply =
  | { hang: true }
  | { hang: false; status: number; retryAfter?: number; answer: Answer };

export type Limits = (method: string, args: Args) => number;

/** One Web API call from the token to the record of it. */
export function answerCall(
  request: Request,
  workspace: Workspace,
  limits: Limits | undefined,
): Reply {
  const call: ApiCall = {
    at: workspace.now(),
    method: request.method,
    args: request.args,
    ok: false,
  };
  workspace.calls.push(call);
  const reply = decide(request, workspace, limits);
  if (reply.hang) call.error = "no_answer";
  else if (reply.answer.ok) call.ok = true;
  else call.error = reply.answer.error;
  workspace.changed();
  return reply;
}

function decide(request: Request, workspace: Workspace, limits: Limits | undefined): Reply {
  const fault = takeFault(workspace, request.method);
  if (fault && !fault.afterActing) return faulty(fault);
  const wait = limits?.(request.method, request.args) ?? 0;
  if (wait > 0) return refusedForNow(wait);
  const answer = run(request, workspace);
  return fault ? faulty(fault) : { hang: false, status: statusOf(request, answer), answer };
}

function run(request: Request, workspace: Workspace): Answer {
  if (request.method === "response_url")
    return spendResponseUrl(request.path, request.args, workspace);
  const method = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (!method) return no("unknown_method", { req_method: request.method });
  if (!method.open && !request.token) return no("not_authed");
  if (!method.open && request.token !== workspace.botToken) return no("invalid_auth");
  return method.run(request.args, workspace);
}

function statusOf(request: Request, answer: Answer): number {
  if (answer.ok || request.method !== "response_url") return 200;
  return ["not_found", "expired_url", "used_url"].includes(answer.error) ? 404 : 400;
}

function takeFault(workspace: Workspace, method: string): Fault | undefined {
  const fault = workspace.faults.findLast((one) => !one.method || one.method === method);
  if (fault?.times === undefined) return fault;
  fault.times -= 1;
  if (fault.times <= 0) workspace.faults.splice(workspace.faults.indexOf(fault), 1);
  return fault;
}

function faulty(fault: Fault): Reply {
  if (fault.hang) return { hang: true };
  const error = fault.error ?? "internal_error";
  if (error === "ratelimited")
    return { ...refusedForNow(fault.retryAfter ?? 1), status: fault.status ?? 429 };
  return { hang: false, status: fault.status ?? 200, answer: no(error) };
}

function refusedForNow(seconds: number): Reply & { hang: false } {
  return { hang: false, status: 429, retryAfter: seconds, answer: no("ratelimited") };
}
