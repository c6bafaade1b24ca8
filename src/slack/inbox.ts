import type { SlackRequest } from "./payloads.ts";

/** What Slack is told. An empty 200 means: heard, written down, worked on. */
export interface SlackAnswer {
  status: number;
  json?: unknown;
}

export interface InboxDoors {
  /** Commits the request; resolves once it would survive a crash. */
  keep(request: { workspace: string; body: Record<string, unknown>; key: string }): Promise<void>;
  /** Works it at once and resolves with what Slack must be told. */
  answer(request: {
    workspace: string;
    body: Record<string, unknown>;
    key: string;
  }): Promise<unknown>;
}

const notKept =
  "Fermata could not write this down just now, so nothing was done. Please try again in a minute.";

/** What becomes of a request that is really Slack's. Nothing but our own database is touched before the answer. */
export async function takeIn(
  request: SlackRequest,
  key: string,
  doors: InboxDoors,
): Promise<SlackAnswer> {
  switch (request.kind) {
    case "unreadable":
      return { status: 400 };
    case "nothing":
      return { status: 200 };
    case "challenge":
      return { status: 200, json: { challenge: request.challenge } };
    case "keep":
      return keepIt(request, key, doors);
    case "answer":
      return { status: 200, json: await doors.answer({ ...request, key }) };
  }
}

async function keepIt(
  request: Extract<SlackRequest, { kind: "keep" }>,
  key: string,
  doors: InboxDoors,
): Promise<SlackAnswer> {
  try {
    await doors.keep({ ...request, key });
    return { status: 200 };
  } catch {
    const isCommand = "command" in request.body;
    return isCommand
      ? { status: 200, json: { response_type: "ephemeral", text: notKept } }
      : { status: 503 };
  }
}
