import { placeOf } from "./install/place.ts";
import {
  anyPayload,
  challengePayload,
  commandPayload,
  eventPayload,
  groupPayload,
  interactionPayload,
  mentionPayload,
  partingPayload,
  sharingPayload,
} from "./payloads.ts";

/** A Slack request by what must happen to it before it is answered. */
export type SlackRequest =
  /** May change something: stored first, answered, then worked. Events have a key of their own. */
  | { kind: "keep"; workspace: string; body: Record<string, unknown>; key?: string }
  /** A form that was sent: wants an answer with a body, and may hold a key, so it is never stored. */
  | { kind: "submit"; workspace: string; body: Record<string, unknown> }
  /** Wants options for what is being typed; changes nothing. */
  | { kind: "suggest"; workspace: string; body: Record<string, unknown> }
  | { kind: "challenge"; challenge: string }
  /** `unasked`: what nobody asked Slack for, by its kind. */
  | { kind: "nothing"; unasked?: string }
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
  const parting = partingPayload.safeParse(json).data;
  // Of no workspace: the job has to outlive the workspace that it removes.
  if (parting) return { kind: "keep", workspace: "", body: parting, key: parting.event_id };
  const sharing = sharingPayload.safeParse(json).data;
  if (sharing) {
    return { kind: "keep", workspace: sharing.team_id, body: sharing, key: sharing.event_id };
  }
  const mention = mentionPayload.safeParse(json).data;
  if (mention) {
    return { kind: "keep", workspace: mention.team_id, body: mention, key: mention.event_id };
  }
  const group = groupPayload.safeParse(json).data;
  if (group) return { kind: "keep", workspace: group.team_id, body: group, key: group.event_id };
  return unaskedEvent(json);
}

function unaskedEvent(json: unknown): SlackRequest {
  const event = eventPayload.safeParse(json).data;
  const kind = event?.event.type ?? anyPayload.safeParse(json).data?.type;
  if (kind === undefined || (!event && kind === "event_callback")) return { kind: "unreadable" };
  return { kind: "nothing", unasked: kind.slice(0, longestKind) };
}

/** Their words go into the log. */
const longestKind = 60;
/** Kinds that we listen to: of those, what is broken is broken. */
const asked = new Set(["block_actions", "view_submission", "block_suggestion"]);

function readCommand(form: Record<string, string>): SlackRequest {
  const parsed = commandPayload.safeParse(form);
  if (!parsed.success) return { kind: "unreadable" };
  return { kind: "keep", workspace: parsed.data.team_id, body: parsed.data };
}

function readInteraction(json: unknown): SlackRequest {
  const kind = anyPayload.safeParse(json).data?.type;
  if (kind === undefined) return { kind: "unreadable" };
  if (kind === "view_closed") return { kind: "nothing" };
  if (!asked.has(kind)) return { kind: "nothing", unasked: kind.slice(0, longestKind) };
  const parsed = interactionPayload.safeParse(json);
  if (!parsed.success) return { kind: "unreadable" };
  const read = parsed.data;
  const place = placeOf(read);
  // One that names no workspace is refused in words.
  const workspace = place?.workspace ?? "";
  const body = { ...read, team: place ? { ...read.team, id: workspace } : null };
  switch (read.type) {
    case "block_actions":
      return { kind: "keep", workspace, body };
    case "view_submission":
      return { kind: "submit", workspace, body };
    case "block_suggestion":
      return { kind: "suggest", workspace, body };
  }
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
