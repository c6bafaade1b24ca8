import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from "@slack/bolt";
import type { Change } from "../../domain/change.ts";
import { isCalled, type Person } from "../../domain/person.ts";
import type { Review } from "../../domain/review.ts";
import { maySee } from "../../domain/rights.ts";
import { previewReview } from "../../flows/review-change.ts";
import { loadChange } from "../../store/changes.ts";
import { postAt } from "../../store/posts.ts";
import { refusalAnswer } from "../cards/answers.ts";
import { approvers, namedIn } from "../cards/approval-words.ts";
import { type Message, says } from "../cards/message.ts";
import { type Names, named } from "../cards/names.ts";
import { type Mrkdwn, mrkdwn } from "../cards/text.ts";
import { mayDecideAnswer } from "../cards/whispers.ts";
import { mentionPayload } from "../payloads.ts";
import { comesBack, HeldBack, slackErrorOf } from "../troubles.ts";
import { ballotOf } from "./ballot.ts";
import { type Desk, type Known, visitorOf } from "./desk.ts";

type Args = SlackEventMiddlewareArgs<"app_mention"> & AllMiddlewareArgs;
const elsewhere =
  "Call Fermata in the thread of a card to decide it. Everything else begins with /campaign help.";

/** Called in the thread of a card: whoever may decide gets the buttons there. What they wrote counts for nothing. */
export function appMentioned(desk: Desk) {
  return async ({ body }: Args): Promise<void> => {
    const { team_id: workspace, event } = mentionPayload.parse(body);
    const { user, channel, thread_ts: thread } = event;
    // Nothing hangs on it, and whoever calls us waits: words at once instead of a wait for Slack.
    const { chat } = await desk.web.client(workspace);
    const place = { channel, user, ...(thread ? { thread_ts: thread } : {}) };
    let hasTurn = false;
    try {
      await desk.web.look(workspace, "chat.postEphemeral", async () => {
        hasTurn = true;
        const visitor = await visitorOf(desk, workspace, user, "glance");
        const message =
          visitor.kind === "person"
            ? await answerFor(desk, { workspace, channel, thread }, visitor)
            : refusalAnswer(visitor.sentence);
        await chat.postEphemeral({ ...place, ...message });
      });
    } catch (error) {
      // Whoever calls us that often is answered soon enough, and a late answer is worth nothing.
      if (error instanceof HeldBack && !hasTurn)
        return desk.world.log.info("a mention was left unanswered", { workspace });
      // They have left the channel meanwhile, or we have.
      if (slackErrorOf(error) === undefined || comesBack(error)) throw error;
    }
  };
}

async function answerFor(
  desk: Desk,
  place: { workspace: string; channel: string; thread: string | undefined },
  visitor: Known,
): Promise<Message> {
  const leave = maySee(visitor.person, visitor.policy.policy);
  if (!leave.ok) return refusalAnswer(leave.sentence);
  const { workspace, channel, thread = "" } = place;
  const change = await desk.world.store.read(async (q) => {
    const post = await postAt(q, workspace, channel, thread);
    return post && loadChange(q, workspace, post.changeId);
  });
  if (!change) return refusalAnswer(elsewhere);
  const key = { workspace, changeId: change.id };
  const ballot = await ballotOf(desk, key, visitor, { kind: "approve" });
  if (ballot?.kind !== "ballot") return refusalAnswer(unpressed(ballot?.sentence ?? elsewhere));
  const preview = await previewReview(desk.world, key, ballot.press);
  if (!preview) return refusalAnswer(elsewhere);
  const names = await desk.names.of(workspace, namedIn(change));
  return wordsFor(preview, ballot.press.by, names);
}

function wordsFor(
  { change, review }: { change: Change; review: Review },
  person: Person,
  names: Names,
): Message {
  if (review.kind === "decided" || review.kind === "counted") {
    return mayDecideAnswer(change, whyThey(change, review.vote, person, names), names);
  }
  const whoCan = review.kind === "not_counted" ? (review.whoCan ?? []) : [];
  const sentence = unpressed(review.sentence);
  if (whoCan.length === 0) return refusalAnswer(sentence);
  return says(mrkdwn`${sentence} This waits for ${approvers(whoCan, names)}.`);
}

/** They have called us and pressed nothing, so there is no press to tell of. */
function unpressed(sentence: string): string {
  return sentence.replace(/(?:\. Your(?: second)?|, so your) press was not counted(?=\.)/, "");
}

/** "you are in @marketing": by what right their vote would count. */
function whyThey(
  { verdict }: Change,
  { steps, instead }: { steps: readonly number[]; instead?: string },
  person: Person,
  names: Names,
): Mrkdwn {
  if (instead !== undefined) return mrkdwn`you decide instead of ${named(instead, names)}`;
  const all = verdict.kind === "approve" ? verdict.steps : [];
  const from = steps.flatMap((place) => all[place]?.from ?? []);
  const group = from.find((id) => person.groups.includes(id));
  if (from.some((id) => isCalled(person, id))) return mrkdwn`the rule “${verdict.rule}” names you`;
  if (group) return mrkdwn`you are in ${named(group, names)}`;
  return from.includes("admins") && person.admin
    ? mrkdwn`you are an admin`
    : mrkdwn`you are a member`;
}
