import { z } from "zod";
import type { NewJob } from "../store/jobs.ts";

const id = z.string().min(1);

/** Every kind of job with what it carries: ids, and the picked fields of a request that Slack must not send twice. */
const payloads = {
  /** `viewId`: the form that an earlier run has opened and not filled yet. */
  slack_request: z.object({
    body: z.record(z.string(), z.unknown()),
    viewId: z.string().optional(),
  }),
  /** A form that was sent: answered at once, worked afterwards. */
  submit_wish: z.object({
    user: id,
    channel: id,
    requestKey: id,
    wish: z.record(z.string(), z.unknown()),
  }),
  apply_target: z.object({ changeId: id, targetId: id }),
  /** A success that its platform may still undo, read again; `look` counts from 1. */
  watch_target: z.object({ changeId: id, targetId: id }),
  /** It did not stay so: to the person who asked for it, once. */
  tell_changed: z.object({ changeId: id, targetId: id }),
  /**
   * `anew`: also where its newest version is shown already, for who reads there has changed. `sought`: somebody looks
   * for it, so it is posted where none is left.
   */
  show_change: z.object({
    changeId: id,
    anew: z.boolean().optional(),
    sought: z.boolean().optional(),
  }),
  /** How much is at stake, for whoever decides. */
  read_reach: z.object({ changeId: id }),
  expire_change: z.object({ changeId: id }),
  /** A channel that does not take our cards, to whoever installed us; `reason` is Slack's own word. */
  tell_closed: z.object({ channel: id, reason: z.string() }),
  /** `n` is 0 when it was just asked, then counts the reminders. */
  remind_approvers: z.object({
    changeId: id,
    n: z.int().min(0),
    escalated: z.boolean().optional(),
  }),
  /** The end of a change, once, to the person who asked for it. */
  tell_asker: z.object({ changeId: id }),
  /** The moment at which a pause was meant to end. */
  end_pause: z.object({ changeId: id }),
  /** Why a pause did not end at that moment, to whoever asked for it, once. */
  tell_not_ended: z.object({ changeId: id, sentences: z.array(z.string()) }),
  /** The moment at which somebody had to have answered for what acted first. */
  end_ratify: z.object({ changeId: id }),
  /** Takes back what acted first, once it has come to its end; `by` nobody: the time to answer for it was over. */
  reverse_change: z.object({ changeId: id, by: id.optional(), reason: z.string().optional() }),
  /** What acted first, to those who are to know: at its start, and when nobody has answered for it. */
  tell_ratify: z.object({ changeId: id, moment: z.enum(["start", "end"]) }),
  /** What an emergency stop did not reach, said once where everybody reads it. */
  /** Work that was given up, to those who can find out why. */
  tell_given_up: z.object({ changeId: id, sentence: z.string() }),
  /** What an emergency stop could not do at once, because something else still held it. */
  stop_rest: z.object({
    stopId: id,
    by: z.object({
      id,
      kind: z.enum(["member", "guest", "bot", "deactivated", "stranger"]),
      admin: z.boolean(),
      groups: z.array(z.string()),
    }),
    channel: z.string(),
    reason: z.string(),
    askedAt: z.iso.datetime(),
    waits: z.boolean(),
    campaigns: z.array(z.tuple([id, id])),
  }),
  /** Campaigns of an earlier change that the one that follows it leaves out, each with why. */
  tell_lost: z.object({
    changeId: id,
    lost: z.array(z.object({ campaign: z.string(), why: z.string() })),
  }),
  tell_left_out: z.object({ changeId: id }),
  /** A connection that an emergency stop was still reading when its process ended. */
  stop_connection: z.object({ changeId: id, connectionId: id }),
  /** Words for one person only: to a response URL if there is one, else in the channel, else directly. */
  answer: z.object({
    text: z.string(),
    blocks: z.array(z.record(z.string(), z.unknown())).optional(),
    responseUrl: z.string().optional(),
    channel: id,
    user: id,
    askedAt: z.coerce.date().optional(),
  }),
  /** A line in the thread of a change's card, or where that cannot be, to whoever asked for it. */
  tell_thread: z.object({
    changeId: id,
    about: z.enum(["pause_stays", "not_reversed"]),
    sentence: z.string(),
  }),
  /** Whom an approval was put before, where nobody who could give it sees its card, or Slack does not say who does. */
  tell_called: z.object({ changeId: id, people: z.array(id), unsure: z.boolean().optional() }),
  show_digest: z.object({ workspace: id, date: z.iso.date() }),
  check_connection: z.object({ connectionId: id, user: id, channel: z.string() }),
  /** The next steps, to whoever has just installed us. */
  welcome_installer: z.object({ user: id }),
  /** A while after workspaces were removed. */
  sweep_removed: z.object({ workspaces: z.array(id) }),
  tidy: z.object({}),
} as const;

export type JobKind = keyof typeof payloads;
export type Payload<Kind extends JobKind> = z.infer<(typeof payloads)[Kind]>;
export const jobKinds = Object.keys(payloads) as JobKind[];

/** How a kind is run. */
export interface Running {
  /** Kinds of one lane share its places, so that one kind cannot starve another lane's. */
  lane: "slack" | "apply" | "show" | "other";
  /** How often it is tried without any news before it is given up. */
  tries: number;
  /** The longest wait between two tries, in milliseconds. */
  longestWaitMs: number;
  /** How long it waits for Slack before it ends in words. */
  waitsMs: number;
  urgent?: true;
  /** Due at a moment that people were told of, which no clock moves. */
  planned?: true;
}

const minute = 60_000;
/** Somebody has typed or pressed it and was told that it is heard: still wanted today, not tomorrow. */
const asked = { tries: 10, longestWaitMs: 5_000, waitsMs: 6 * 60 * minute };
/** A plan, its taking back, or news of an end: owed until it is delivered. */
const owed = { longestWaitMs: 30_000, waitsMs: 7 * 24 * 60 * minute };
/** Nothing is lost with it. */
const brief = { longestWaitMs: 30_000, waitsMs: 10 * minute };

export const running: Record<JobKind, Running> = {
  slack_request: { lane: "slack", ...asked, urgent: true },
  submit_wish: { lane: "slack", ...asked, urgent: true },
  apply_target: { lane: "apply", tries: 40, ...owed },
  watch_target: { lane: "other", tries: 40, ...owed },
  show_change: { lane: "show", tries: 200, ...owed },
  tell_changed: { lane: "show", tries: 200, ...owed },
  tell_asker: { lane: "show", tries: 200, ...owed },
  tell_closed: { lane: "show", tries: 200, ...owed },
  tell_thread: { lane: "show", tries: 200, ...owed },
  tell_called: { lane: "show", tries: 200, ...owed },
  remind_approvers: { lane: "show", tries: 200, ...owed, planned: true },
  read_reach: { lane: "other", tries: 3, ...brief },
  expire_change: { lane: "other", tries: 40, ...owed, planned: true },
  end_pause: { lane: "other", tries: 40, ...owed, planned: true },
  tell_not_ended: { lane: "show", tries: 200, ...owed },
  end_ratify: { lane: "other", tries: 40, ...owed, planned: true },
  reverse_change: { lane: "other", tries: 40, ...owed },
  tell_ratify: { lane: "show", tries: 200, ...owed },
  tell_lost: { lane: "show", tries: 200, ...owed },
  tell_left_out: { lane: "show", tries: 200, ...owed },
  tell_given_up: { lane: "show", tries: 200, ...owed },
  stop_rest: { lane: "other", tries: 200, ...owed, longestWaitMs: 5_000, urgent: true },
  stop_connection: { lane: "apply", tries: 40, ...owed },
  answer: { lane: "show", tries: 20, ...owed },
  show_digest: { lane: "show", tries: 200, ...owed },
  check_connection: { lane: "other", tries: 3, ...brief },
  welcome_installer: { lane: "show", tries: 20, ...owed },
  sweep_removed: { lane: "other", tries: 200, ...owed, planned: true },
  tidy: { lane: "other", tries: 3, ...brief },
};

/** What waits for its turn, or for a platform or Slack, and for no moment of the calendar. */
export const kindsThatOnlyWait = jobKinds.filter((kind) => !running[kind].planned);

/** A job to be committed with a step. */
export function newJob<Kind extends JobKind>(
  kind: Kind,
  workspace: string | null,
  payload: Payload<Kind>,
  when: Pick<NewJob, "runAt" | "key" | "share"> = {},
): NewJob {
  return { kind, workspace, payload, urgent: running[kind].urgent ?? false, ...when };
}

/** Undefined if the payload is not what its kind carries. */
export function readPayload<Kind extends JobKind>(
  kind: Kind,
  payload: unknown,
): Payload<Kind> | undefined {
  const read = payloads[kind].safeParse(payload);
  return read.success ? (read.data as Payload<Kind>) : undefined;
}

export function isJobKind(kind: string): kind is JobKind {
  return Object.hasOwn(payloads, kind);
}
