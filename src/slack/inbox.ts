import { sentenceModal } from "./cards/modal-blocks.ts";
import { type Judged, type Sender, type Sending, tooManyWords } from "./fairness.ts";
import type { SlackRequest } from "./read-request.ts";
import type { Seen } from "./seen.ts";

/** What Slack is told. An empty 200 means: heard, written down, worked on. */
export interface SlackAnswer {
  status: number;
  json?: unknown;
}

/** A request that is worth work; `key` is the same for every delivery of the same bytes. */
export interface Taken {
  workspace: string;
  body: Record<string, unknown>;
  key: string;
}

export interface InboxDoors {
  /** What was here before is answered, and neither judged nor worked again. */
  seen: Seen;
  /** Commits the request; resolves once it would survive a crash, with false if it was here before. */
  keep(request: Taken): Promise<boolean>;
  /** Remembers the key and nothing else; false if it was here before. */
  isNew(request: Taken): Promise<boolean>;
  /** Works it at once and resolves with what a listener answers. */
  ask(request: Taken): Promise<unknown>;
  /** Whether this sender may be taken now; nothing is stored for one who may not. */
  judge(sender: Sender): Judged;
  /** It was here before, and counts for nothing. */
  giveBack(sender: Sender): void;
  /** Slack sent what nobody asked for. */
  unasked(kind: string): void;
  /** Says something to one person by the request's own address, if it has one; nobody waits for it. */
  whisper(request: Taken, text: string): void;
  onFault(error: unknown): void;
}

const notKept =
  "Fermata could not write this down just now, so nothing was done. Please try again in a minute.";
const broke =
  "Something went wrong on our side. Nothing was changed, unless a card says so. Close this, and please try again in a minute.";
const late =
  "This takes longer than Slack lets us wait. It may still go through: look for its card or its answer before you send it again.";

/** Slack gives up after three seconds; our own words have to be there before. */
const patienceMs = 2_500;

/** What becomes of a request that is really Slack's. Never throws: every request gets an answer. */
export async function takeIn(
  request: SlackRequest,
  key: string,
  doors: InboxDoors,
): Promise<SlackAnswer> {
  switch (request.kind) {
    case "unreadable":
      return { status: 400 };
    case "nothing":
      if (request.unasked !== undefined) doors.unasked(request.unasked);
      return { status: 200 };
    case "challenge":
      return { status: 200, json: { challenge: request.challenge } };
    case "keep":
      return once({ ...request, key: request.key ?? key }, doors, { status: 200 }, keep);
    case "submit":
      return once({ ...request, key }, doors, { status: 200 }, submit);
    case "suggest":
      return once({ ...request, key }, doors, none, suggest);
  }
}

/** Seen before comes first: a replay uses up nobody's limit. What could not be taken may come again. */
async function once(
  request: Taken,
  doors: InboxDoors,
  again: SlackAnswer,
  take: (request: Taken, doors: InboxDoors) => Promise<SlackAnswer>,
): Promise<SlackAnswer> {
  const before = doors.seen.before(keyOf(request));
  return before && (await before) ? again : take(request, doors);
}

function keyOf({ workspace, key }: Taken): string {
  return `${workspace}/${key}`;
}

/** Nothing but our own database is touched before the answer. */
async function keep(request: Taken, doors: InboxDoors): Promise<SlackAnswer> {
  const isCommand = "command" in request.body;
  const sender = senderOf(request);
  const judged = judge(request, doors, sender);
  if (judged.kind === "too_many") {
    const text = tooManyWords(judged);
    if (isCommand) return onlyForThem(text);
    doors.whisper(request, text);
    return { status: 200 };
  }
  try {
    const isNew = await doors.seen.remember(keyOf(request), doors.keep(request));
    if (!isNew && sender) doors.giveBack(sender);
    return { status: 200 };
  } catch (error) {
    doors.onFault(error);
    return isCommand ? onlyForThem(notKept) : { status: 503 };
  }
}

function onlyForThem(text: string): SlackAnswer {
  return { status: 200, json: { response_type: "ephemeral", text } };
}

const within: Judged = { kind: "within" };

/** What people send is judged by who they are; what nobody sent is always taken. Nothing of it is told twice. */
function judge(request: Taken, doors: InboxDoors, sender = senderOf(request)): Judged {
  const judged = sender ? doors.judge(sender) : within;
  if (judged.kind === "too_many") void doors.seen.remember(keyOf(request), Promise.resolve());
  return judged;
}

/** Undefined for an event that nobody sent, such as that we were taken out. */
function senderOf({ workspace, body }: Taken): Sender | undefined {
  const { user, user_id, type, event } = body as {
    user?: { id?: unknown };
    user_id?: unknown;
    type?: unknown;
    event?: { user?: unknown };
  };
  const by = (id: unknown, sending: Sending) =>
    typeof id === "string" ? { workspace, user: id, sending } : undefined;
  if (type === "event_callback") return by(event?.user, "call");
  return by(user?.id ?? user_id, type === "block_suggestion" ? "type" : "act");
}

async function submit(request: Taken, doors: InboxDoors): Promise<SlackAnswer> {
  const judged = judge(request, doors);
  if (judged.kind === "too_many") return onTop(tooManyWords(judged));
  try {
    if (!(await isNew(request, doors))) return { status: 200 };
    const answer = await inTime(doors.ask(request), doors);
    return answer.inTime ? { status: 200, json: answer.value } : onTop(late);
  } catch (error) {
    doors.onFault(error);
    return onTop(broke);
  }
}

async function isNew(request: Taken, doors: InboxDoors): Promise<boolean> {
  const found = await doors.seen.remember(keyOf(request), doors.isNew(request));
  const sender = senderOf(request);
  if (!found && sender) doors.giveBack(sender);
  return found;
}

/** A view on top of the form, so that nothing that was typed is lost. */
function onTop(sentence: string): SlackAnswer {
  const view = sentenceModal("Not sent", sentence);
  return { status: 200, json: { response_action: "push", view } };
}

const none = { status: 200, json: { options: [] } };

async function suggest(request: Taken, doors: InboxDoors): Promise<SlackAnswer> {
  if (judge(request, doors).kind === "too_many") return none;
  try {
    if (!(await isNew(request, doors))) return none;
    const answer = await inTime(doors.ask(request), doors);
    return answer.inTime && answer.value !== undefined ? { status: 200, json: answer.value } : none;
  } catch (error) {
    doors.onFault(error);
    return none;
  }
}

type InTime = { inTime: true; value: unknown } | { inTime: false };

/** The work goes on when its time is up; only nobody waits for it any more. */
async function inTime(work: Promise<unknown>, { onFault }: InboxDoors): Promise<InTime> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<InTime>((resolve) => {
    timer = setTimeout(() => {
      work.catch(onFault);
      resolve({ inTime: false });
    }, patienceMs);
  });
  try {
    return await Promise.race([work.then((value): InTime => ({ inTime: true, value })), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
