import { applyTarget } from "../flows/apply-target.ts";
import { checkConnectionNow } from "../flows/check-connection.ts";
import { endPauseInTime } from "../flows/end-pause.ts";
import type { Followed } from "../flows/follow-change.ts";
import { stopConnection } from "../flows/grow-stop.ts";
import { endRatify } from "../flows/ratify-change.ts";
import { readReach } from "../flows/read-reach.ts";
import { type Reversal, reverseChange } from "../flows/reverse-change.ts";
import { stopTheRest } from "../flows/stop-rest.ts";
import { tellHeads } from "../flows/tell-heads.ts";
import { expireChange } from "../flows/time-out.ts";
import { sweepRemoved } from "../flows/uninstall-workspace.ts";
import { giveUpUnknownJobs } from "../flows/unknown-jobs.ts";
import { watchTarget } from "../flows/watch-target.ts";
import type { Handlers, Outcome } from "../queue/handlers.ts";
import { tidy } from "../queue/timetable.ts";
import type { World } from "../world.ts";
import type { Routing } from "./bolt.ts";
import { connectedAnswer, refusalAnswer } from "./cards/answers.ts";
import { pauseStaysNotice } from "./cards/pause-end.ts";
import { notReversedNotice } from "./cards/ratify-words.ts";
import { whoCouldPlainly } from "./cards/who-could.ts";
import { asSlackAllows, untilSlackTakesIt } from "./deliver/as-slack-allows.ts";
import { tellClosed } from "./deliver/closed-channel.ts";
import { sayInThread, type Voice } from "./deliver/in-thread.ts";
import { callApprovers } from "./deliver/remind.ts";
import { createShowChange } from "./deliver/show-change.ts";
import { showDigest } from "./deliver/show-digest.ts";
import { tellAsker, tellChanged, tellNotEnded } from "./deliver/tell-asker.ts";
import { tellGivenUp } from "./deliver/tell-given-up.ts";
import { tellLost } from "./deliver/tell-lost.ts";
import { tellLeftOut, tellRatify } from "./deliver/tell-ratify.ts";
import { welcome } from "./deliver/welcome.ts";
import { readWish } from "./listeners/choose.ts";
import { answer, type Desk, personBehind, visitorOf } from "./listeners/desk.ts";
import { submitAndAnswer } from "./listeners/submit.ts";
import { whoIsIn } from "./who-is.ts";

const done: Outcome = { kind: "done" };

/** What the worker does with each kind of job. */
export function createHandlers(world: World, desk: Desk, routing: Routing): Handlers {
  const { web, people, channels, names } = desk;
  const voice = { world, web, people, channels, names };
  const showChange = createShowChange(voice);
  const soon = () => new Date(world.now().getTime() + 2_000);
  const known = async (workspace: string, user: string) => {
    const visitor = await personBehind(desk, workspace, user, "resume");
    if (visitor.kind === "person") return visitor.person;
    throw new Error("Slack could not say who somebody is");
  };
  return {
    async slack_request({ body }, job) {
      return asSlackAllows(world, () => routing.route(body, job.key ?? String(job.id)));
    },
    async submit_wish({ user, channel, requestKey, wish: kept }, { workspace }) {
      const origin = { workspace, user, channel, requestKey };
      const wish = readWish(kept);
      if (!wish) throw new Error("the wish cannot be read");
      const visitor = await visitorOf(desk, workspace, user, wish.action);
      return asSlackAllows(world, () =>
        visitor.kind === "person"
          ? submitAndAnswer(desk, origin, visitor.person, wish)
          : answer(desk, origin, refusalAnswer(visitor.sentence)),
      );
    },
    async apply_target(payload, { workspace }) {
      return applyTarget(world, { workspace, ...payload }, whoIsIn(desk, workspace));
    },
    async watch_target(payload, { workspace }) {
      return watchTarget(world, { workspace, ...payload });
    },
    async tell_changed({ changeId, targetId }, job) {
      return untilSlackTakesIt(world, job, () =>
        tellChanged(voice, job.workspace, changeId, targetId),
      );
    },
    async show_change({ changeId, anew = false }, job) {
      const how = { anew, key: job.key ?? undefined };
      return untilSlackTakesIt(world, job, () => showChange(job.workspace, changeId, how));
    },
    async tell_asker({ changeId }, job) {
      return untilSlackTakesIt(world, job, () => tellAsker(voice, job.workspace, changeId));
    },
    async tell_closed(closed, job) {
      const { workspace } = job;
      return untilSlackTakesIt(world, job, () => tellClosed(voice, { workspace, ...closed }));
    },
    async expire_change({ changeId }, { workspace }) {
      const again = await expireChange(world, { workspace, changeId });
      return again ? { kind: "again", at: again } : done;
    },
    async remind_approvers({ changeId, n, escalated = false }, job) {
      const how = { again: n > 0, escalated };
      return untilSlackTakesIt(world, job, () =>
        callApprovers(voice, job.workspace, changeId, how),
      );
    },
    async read_reach({ changeId }, { workspace }) {
      await readReach(world, { workspace, changeId });
      return done;
    },
    async end_pause({ changeId }, job) {
      const { workspace } = job;
      const key = { workspace, changeId };
      const ended = await endPauseInTime(world, key, (user) => known(workspace, user));
      if (ended && "again" in ended) return { kind: "again", at: ended.again };
      const sentence = ended && (await whyNotSubmitted(voice, workspace, ended.submitted));
      if (!ended || sentence === undefined) return done;
      const notice = pauseStaysNotice(ended.change, sentence);
      return untilSlackTakesIt(world, job, () => sayInThread(voice, ended.change, notice));
    },
    async tell_not_ended({ changeId, sentences }, job) {
      return untilSlackTakesIt(world, job, () =>
        tellNotEnded(voice, job.workspace, changeId, sentences),
      );
    },
    async end_ratify({ changeId }, { workspace }) {
      await endRatify(world, { workspace, changeId });
      return done;
    },
    async reverse_change({ changeId, ...from }, job) {
      const { workspace } = job;
      const key = { workspace, changeId };
      const reversal = await reverseChange(world, key, from, (user) => known(workspace, user));
      if (reversal?.kind === "too_early") return { kind: "again", at: soon() };
      const sentence = reversal && (await whyNotReversed(voice, workspace, reversal));
      if (!reversal || sentence === undefined) return done;
      const notice = notReversedNotice(reversal.change, sentence);
      return untilSlackTakesIt(world, job, () => sayInThread(voice, reversal.change, notice));
    },
    async tell_ratify(payload, { workspace }) {
      return tellRatify(voice, workspace, payload);
    },
    async tell_left_out(payload, { workspace }) {
      return tellLeftOut(voice, workspace, payload.changeId);
    },
    async stop_connection({ changeId, connectionId }, { workspace }) {
      await stopConnection(world, { workspace, changeId }, connectionId);
      return done;
    },
    async tell_lost(payload, { workspace }) {
      return tellLost(voice, workspace, payload);
    },
    async tell_given_up({ changeId, sentence }, job) {
      return untilSlackTakesIt(world, job, () =>
        tellGivenUp(voice, job.workspace, changeId, sentence),
      );
    },
    async stop_rest(rest, { workspace }) {
      return stopTheRest(world, workspace, rest);
    },
    async show_digest({ workspace, date }, job) {
      return untilSlackTakesIt(world, job, () => showDigest(voice, workspace, date));
    },
    async check_connection({ connectionId, user, channel }, job) {
      const checked = await checkConnectionNow(world, job.workspace, connectionId);
      if (checked.kind === "gone") return done;
      const origin = { workspace: job.workspace, user, channel, requestKey: String(job.id) };
      const message =
        checked.kind === "works" ? connectedAnswer(checked) : refusalAnswer(checked.sentence);
      return asSlackAllows(world, () => answer(desk, origin, message));
    },
    async welcome_installer({ user }, job) {
      return untilSlackTakesIt(world, job, () => welcome(world, web, job.workspace, user));
    },
    async sweep_removed({ workspaces }) {
      await sweepRemoved(world, workspaces);
      return done;
    },
    async tidy() {
      await tellHeads(world);
      await giveUpUnknownJobs(world);
      await tidy(world.store, world.now());
      return done;
    },
  };
}

async function whyNotReversed(
  voice: Voice,
  workspace: string,
  reversal: Exclude<Reversal, { kind: "too_early" }>,
): Promise<string | undefined> {
  if (reversal.kind === "asked") return whyNotSubmitted(voice, workspace, reversal.submitted);
  return "None of its campaigns stands paused by it any more.";
}

/** For a thread, where whoever could ask is named and not called. */
async function whyNotSubmitted(
  { names }: Voice,
  workspace: string,
  submitted: Followed,
): Promise<string | undefined> {
  if (submitted.kind === "submitted") return undefined;
  if (submitted.kind === "nothing_to_do") return submitted.sentence;
  if (submitted.kind !== "refused")
    return "One of its campaigns is no longer found under its connection.";
  const { sentence, who } = submitted;
  if (!who) return sentence;
  const known = await names.of(workspace, who.from);
  return `${sentence} ${whoCouldPlainly(who, { kind: "member" }, known)}`;
}
