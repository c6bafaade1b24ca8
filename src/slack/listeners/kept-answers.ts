import type { KnownBlock } from "@slack/types";
import type { RunningJob } from "../../queue/handlers.ts";
import type { Payload } from "../../queue/kinds.ts";
import { rememberKey } from "../../store/jobs.ts";
import type { Kept } from "../cards/age-words.ts";
import { clickAnswer } from "../cards/answers.ts";
import { clickPayload, commandPayload } from "../payloads.ts";
import { isClosed, isGone, isOurs, type NotKnownYet } from "../troubles.ts";
import { type Desk, mention, type Origin, whisper } from "./desk.ts";

/** What is known of a request that was written down. */
export function keptOf({
  createdAt,
  troubledAt,
}: Pick<RunningJob, "createdAt" | "troubledAt">): Kept {
  return { askedAt: createdAt, slackAway: troubledAt !== null };
}

/** Once, to whoever typed or pressed it: it is not forgotten. */
export async function sayThatItWaits(
  desk: Desk,
  body: unknown,
  job: Pick<RunningJob, "id" | "key" | "workspace">,
  { meanwhile }: NotKnownYet,
): Promise<void> {
  const origin = originIn(body);
  if (!origin) return;
  const key = `waits:${job.id}`;
  const { store, now } = desk.world;
  const first = await store.write((q) => rememberKey(q, { workspace: job.workspace, key }, now()));
  const words = `${meanwhile}, so nothing was done yet. Fermata keeps trying: there is no need to ask again.`;
  if (first) await mention(desk, { ...origin, requestKey: job.key ?? "" }, clickAnswer(words));
}

/** Words that Slack did not take when they were due, with their age. */
export async function deliverAnswer(
  desk: Desk,
  { user, channel, responseUrl, askedAt, text, blocks = [] }: Payload<"answer">,
  { id, workspace }: Pick<RunningJob, "id" | "workspace">,
): Promise<void> {
  const kept = askedAt && { askedAt, slackAway: true };
  const origin = { workspace, user, channel, responseUrl, requestKey: String(id), kept };
  try {
    await whisper(desk, origin, { text, blocks: blocks as unknown as KnownBlock[] });
  } catch (error) {
    if (!isClosed(error) && !isGone(error) && !isOurs(error)) throw error;
    desk.world.log.error("an answer could not be given to anybody", { workspace, job: id, error });
  }
}

/** Who typed or pressed what was written down, and how to answer them. */
export function originIn(body: unknown): Omit<Origin, "requestKey"> | undefined {
  const command = commandPayload.safeParse(body).data;
  if (command) {
    const { team_id: workspace, user_id: user, channel_id: channel } = command;
    return { workspace, user, channel, responseUrl: command.response_url };
  }
  const click = clickPayload.safeParse(body).data;
  if (!click?.team) return undefined;
  const { team, user, channel, response_url: responseUrl } = click;
  return { workspace: team.id, user: user.id, channel: channel?.id ?? user.id, responseUrl };
}
