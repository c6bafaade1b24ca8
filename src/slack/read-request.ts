import type { z } from "zod";
import { challengePayload, commandPayload, eventPayload, interactionPayload } from "./payloads.ts";

/** A Slack request by what must happen to it before it is answered. */
export type SlackRequest =
  /** May change something: stored first, answered, then worked. */
  | { kind: "keep"; workspace: string; body: Record<string, unknown> }
  /** A form that was sent: wants an answer with a body, and may hold a key, so it is never stored. */
  | { kind: "submit"; workspace: string; body: Record<string, unknown> }
  /** Wants options for what is being typed; changes nothing. */
  | { kind: "suggest"; workspace: string; body: Record<string, unknown> }
  | { kind: "challenge"; challenge: string }
  | { kind: "nothing" }
  | { kind: "unreadable" };

/** Reads a body whose signature is right. Never throws: whatever is not known is `unreadable`. */
export function readSlackRequest(contentType: string, rawBody: string): SlackRequest {
  if (contentType.startsWith("application/json")) return readEvent(parseJson(rawBody));
  const form = readForm(rawBody);
  if (form === undefined) return { kind: "unreadable" };
  const { payload } = form;
  return payload === undefined ? readCommand(form) : readInteraction(parseJson(payload));
}

function readEvent(json: unknown): SlackRequest {
  const challenge = challengePayload.safeParse(json);
  if (challenge.success) return { kind: "challenge", challenge: challenge.data.challenge };
  return eventPayload.safeParse(json).success ? { kind: "nothing" } : { kind: "unreadable" };
}

function readCommand(form: Record<string, string>): SlackRequest {
  const parsed = commandPayload.safeParse(form);
  if (!parsed.success) return { kind: "unreadable" };
  return { kind: "keep", workspace: parsed.data.team_id, body: parsed.data };
}

function readInteraction(json: unknown): SlackRequest {
  const parsed = interactionPayload.safeParse(json);
  if (!parsed.success) return { kind: "unreadable" };
  const read = parsed.data;
  if (read.type === "view_closed") return { kind: "nothing" };
  const workspace = workspaceOf(read);
  if (!workspace) return { kind: "unreadable" };
  const body = { ...read, team: { ...read.team, id: workspace } };
  switch (read.type) {
    case "block_actions":
      return { kind: "keep", workspace, body };
    case "view_submission":
      return { kind: "submit", workspace, body };
    case "block_suggestion":
      return { kind: "suggest", workspace, body };
  }
}

type Interaction = Exclude<z.infer<typeof interactionPayload>, { type: "view_closed" }>;

/**
 * The workspace whose app it is. Somebody of another organisation acts in a view under their own
 * team; never fall back to `user.team_id`, which says nothing of us.
 */
function workspaceOf({ team, view }: Interaction): string | undefined {
  return view?.app_installed_team_id ?? team?.id;
}

/** A field given twice is refused: it could mean one workspace to us and another to Slack. */
function readForm(rawBody: string): Record<string, string> | undefined {
  const fields: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(rawBody)) {
    if (name in fields) return undefined;
    fields[name] = value;
  }
  return { ...fields };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
