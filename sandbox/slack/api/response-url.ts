import { messageAt } from "../find.ts";
import { edit, post, readContent, remove, saysNothing } from "../messages.ts";
import type { ResponseUrl, Workspace } from "../state.ts";
import { type Answer, type Args, flagArg, no, ok, textArg } from "./answer.ts";

const lifeMs = 30 * 60_000;
const mostUses = 5;

export function newResponseUrl(
  workspace: Workspace,
  kind: "commands" | "actions",
  about: Pick<ResponseUrl, "channel" | "person" | "original">,
): string {
  const number = Math.floor(1e12 + workspace.random() * 9e12);
  const path = `/${kind}/${workspace.team.id}/${number}/${workspace.newId("", 24)}`;
  workspace.responseUrls.set(path, { ...about, issuedAt: workspace.now().getTime(), uses: 0 });
  return workspace.url() + path;
}

/** What a POST to a `response_url` does: no token, few uses, half an hour. */
export function spendResponseUrl(path: string, args: Args, workspace: Workspace): Answer {
  const url = workspace.responseUrls.get(path);
  if (!url) return no("not_found");
  if (workspace.now().getTime() - url.issuedAt > lifeMs) return no("expired_url");
  if (url.uses >= mostUses) return no("used_url");
  const answer = respond(url, args, workspace);
  if (answer.ok) url.uses += 1;
  return answer;
}

function respond(url: ResponseUrl, args: Args, workspace: Workspace): Answer {
  const original = originalOf(url, workspace);
  if (flagArg(args, "delete_original") && original) {
    remove(workspace, original);
    return ok();
  }
  const content = readContent(args, workspace);
  if ("ok" in content) return content;
  if (saysNothing(content)) return no("no_text");
  if (flagArg(args, "replace_original") && original) {
    edit(workspace, original, content);
    return ok();
  }
  sayThere(workspace, url, args);
  return ok();
}

function originalOf(url: ResponseUrl, workspace: Workspace) {
  return url.original && messageAt(workspace, url.channel, url.original.ts, url.person);
}

/** Posts for the person alone, or for the whole channel with `response_type: "in_channel"`. */
export function sayThere(
  workspace: Workspace,
  where: { channel: string; person: string },
  args: Args,
): Answer {
  const content = readContent(args, workspace);
  if ("ok" in content) return content;
  const alone = textArg(args, "response_type") !== "in_channel";
  const threadTs = textArg(args, "thread_ts");
  post(
    workspace,
    {
      channel: where.channel,
      author: workspace.botUserId,
      ...(alone ? { visibleTo: where.person } : {}),
      ...(threadTs ? { threadTs } : {}),
    },
    content,
  );
  return ok();
}
