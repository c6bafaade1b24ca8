import { type Install, isOrgWide } from "../installs.ts";
import type { Platform } from "../platform.ts";
import type { Workspace } from "../state.ts";
import type { ApiCall } from "../types.ts";
import { type Answer, type Args, no } from "./answer.ts";
import { faulty, type Reply, refusedForNow, takeFault } from "./faults.ts";
import { methods, openMethods, tokenMethods } from "./methods.ts";
import { workspaceFor } from "./reach.ts";
import { spendResponseUrl } from "./response-url.ts";
import { missingScope, scopesOf } from "./scopes.ts";

export interface Request {
  /** "chat.postMessage", or "response_url". */
  method: string;
  path: string;
  token: string | undefined;
  args: Args;
}

export type Limits = (method: string, args: Args, team: string | undefined) => number;

/** What is to be done, and the workspace or organisation it is about, if any. */
interface Plan {
  workspace?: Workspace;
  /** What shares one budget of calls. */
  payer?: string;
  run(): Answer;
}

/** One Web API call from the token to the record of it. */
export function answerCall(
  request: Request,
  platform: Platform,
  limits: Limits | undefined,
): Reply {
  const plan = planOf(request, platform);
  const { client_secret: _kept, refresh_token: _too, ...args } = request.args;
  const call: ApiCall = {
    at: platform.now(),
    ...(plan.workspace ? { team: plan.workspace.team.id } : {}),
    method: request.method,
    ...(request.method === "response_url" ? { path: request.path } : {}),
    args,
    ok: false,
  };
  platform.calls.push(call);
  const reply = carryOut(plan, request, platform, limits);
  if (reply.hang) call.error = "no_answer";
  else if ("body" in reply) call.error = "malformed";
  else if (reply.answer.ok) call.ok = true;
  else call.error = reply.answer.error;
  (plan.workspace ?? platform.workspaces[0])?.changed();
  return reply;
}

function carryOut(
  plan: Plan,
  request: Request,
  platform: Platform,
  limits: Limits | undefined,
): Reply {
  const fault = takeFault(platform.faults, request, plan.workspace);
  if (fault && !fault.afterActing) return faulty(fault);
  const wait = limits?.(request.method, request.args, plan.payer) ?? 0;
  if (wait > 0) return refusedForNow(wait);
  const answer = plan.run();
  return fault ? faulty(fault) : { hang: false, status: statusOf(request, answer), answer };
}

function planOf(request: Request, platform: Platform): Plan {
  const { method, token, args } = request;
  if (method === "response_url") return planResponse(request, platform);
  const open = own(openMethods, method);
  if (open) return { run: () => open.run(args, platform) };
  if (!own(methods, method) && !own(tokenMethods, method))
    return { run: () => no("unknown_method", { req_method: method }) };
  if (!token) return { run: () => no("not_authed") };
  const install = platform.installs.find((one) => one.token === token);
  if (!install) return { run: () => no("invalid_auth") };
  const late = install.endsAt !== undefined && install.endsAt <= platform.now().getTime();
  const ended = install.ended ?? (late ? "token_expired" : undefined);
  return ended ? { run: () => no(ended) } : planFor(install, request, platform);
}

function planFor(install: Install, { method, args }: Request, platform: Platform): Plan {
  const payer = install.home;
  const aboutToken = own(tokenMethods, method);
  const found = workspaceFor(install, method, args, platform);
  if (aboutToken) {
    const there = "ok" in found || isOrgWide(install) ? {} : { workspace: found };
    return { ...there, payer, run: () => aboutToken.run(args, install, platform) };
  }
  if ("ok" in found) return { payer, run: () => found };
  const run = () =>
    missingScope(method, args, install, platform) ??
    methods[method]?.run(args, found, scopesOf(install)) ??
    no("unknown_method");
  return { workspace: found, payer: found.team.id, run };
}

/** The path names the workspace it was made in. */
function planResponse({ path, args }: Request, platform: Platform): Plan {
  const workspace = platform.workspaces.find(({ team }) => path.split("/")[2] === team.id);
  if (!workspace) return { run: () => no("not_found") };
  return { workspace, run: () => spendResponseUrl(path, args, workspace) };
}

function own<Entry>(table: Record<string, Entry>, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function statusOf(request: Request, answer: Answer): number {
  if (answer.ok || request.method !== "response_url") return 200;
  return ["not_found", "expired_url", "used_url"].includes(answer.error) ? 404 : 400;
}
