import type { Install } from "../installs.ts";
import type { Platform } from "../platform.ts";
import type { PretendChannel } from "../types.ts";
import { type Answer, type Args, no, textArg } from "./answer.ts";

type Needs = readonly string[];

/** What a token must have been granted for a method; any one of several. https://docs.slack.dev/reference/scopes */
const needs: Record<string, Needs> = {
  "bots.info": ["users:read"],
  "chat.delete": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "conversations.open": ["im:write", "mpim:write"],
  "usergroups.list": ["usergroups:read"],
  "usergroups.users.list": ["usergroups:read"],
  "users.info": ["users:read"],
  "users.list": ["users:read"],
};

/** These ask for the right to read the kind of conversation that they are about. */
const aboutConversations = ["conversations.info", "conversations.members"];
const anyConversation = ["channels:read", "groups:read", "im:read", "mpim:read"];

/** Slack's refusal of a call that the token was not granted, with what it lacks; undefined where it was. */
export function missingScope(
  method: string,
  args: Args,
  install: Install,
  platform: Platform,
): Answer | undefined {
  const needed = neededFor(method, args, platform);
  const granted = scopesOf(install);
  if (needed.length === 0 || needed.some((one) => granted.includes(one))) return undefined;
  return no("missing_scope", { needed: needed.join(","), provided: install.scope });
}

export function scopesOf({ scope }: Install): string[] {
  return scope.split(",");
}

function neededFor(method: string, args: Args, platform: Platform): Needs {
  if (method === "conversations.list") {
    const types = textArg(args, "types") || "public_channel";
    return types.split(",").map((type) => scopeOfType[type.trim()] ?? "channels:read");
  }
  if (!aboutConversations.includes(method)) return needs[method] ?? [];
  const id = textArg(args, "channel");
  const found = platform.workspaces.flatMap(({ channels }) => channels.filter((c) => c.id === id));
  return found[0] ? [readingOf(found[0])] : anyConversation;
}

const scopeOfType: Record<string, string> = {
  public_channel: "channels:read",
  private_channel: "groups:read",
  im: "im:read",
  mpim: "mpim:read",
};

function readingOf({ isIm, isPrivate }: PretendChannel): string {
  if (isIm) return "im:read";
  return isPrivate ? "groups:read" : "channels:read";
}
