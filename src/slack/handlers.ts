import { applyTarget } from "../flows/apply-target.ts";
import { checkConnectionNow } from "../flows/check-connection.ts";
import { endPauseInTime } from "../flows/end-pause.ts";
import type { Followed } from "../flows/follow-change.ts";
import { stopConnection } from "../flows/grow-stop.ts";
import { notReversed } from "../flows/not-reversed.ts";
import { endRatify } from "../flows/ratify-change.ts";
import { readReach } from "../flows/read-reach.ts";
import { type Reversal, reverseChange } from "../flows/reverse-change.ts";
import { stopTheRest } from "../flows/stop-rest.ts";
import { tellHeads } from "../flows/tell-heads.ts";
import { expireChange } from "../flows/time-out.ts";
import { sweepRemoved } from "../flows/uninstall-workspace.ts";
import { giveUpUnknownJobs } from "../flows/unknown-jobs.ts";
import { watchTarget } from "../flows/watch-target.ts";
import type { Handlers, Outcome, RunningJob } from "../queue/handlers.ts";
import { tidy } from "../queue/timetable.ts";
import type { World } from "../world.ts";
import type { Routing } from "./bolt.ts";
import { connectedAnswer, refusalAnswer } from "./cards/answers.ts";
import { whoCouldPlainly } from "./cards/who-could.ts";
import { takesNextBest, untilSlackTakesIt } from "./deliver/as-slack-allows.ts";
import { tellClosed } from "./deliver/closed-channel.ts";
import type { Voice } from "./deliver/in-thread.ts";
import { callApprovers } from "./deliver/remind.ts";
import { createShowChange } from "./deliver/show-change.ts";
import { showDigest } from "./deliver/show-digest.ts";
import { tellAsker, tellChanged, tellNotEnded } from "./deliver/tell-asker.ts";
import { tellGivenUp } from "./deliver/tell-given-up.ts";
import { tellLost } from "./deliver/tell-lost.ts";
import { tellLeftOut, tellRatify } from "./deliver/tell-ratify.ts";
import { tellCalled, tellThread } from "./deliver/tell-thread.ts";
import { welcome } from "./deliver/welcome.ts";
import { readWish } from "./listeners/choose.ts";
import { answer, awaitVisitor, type Desk } from "./listeners/desk.ts";
import { deliverAnswer, keptOf, sayThatItWaits } from "./listeners/kept-answers.ts";
import { submitAndAnswer } from "./listeners/submit.ts";
import { knownOrNobody, orNobody, pauseStays } from "./owed.ts";
import { NotKnownYet } from "./troubles.ts";
import { whoIsIn } from "./who-is.ts";

const done: Outcome = { kind: "done" };

/** What the worker does with each kind of job. */
export function createHandlers(world: World, desk: Desk, routing: Routing): Handlers {
  const { web, people, channels, names, admins } = desk;
  const plain: Voice = { world, web, people, channels, names, admins };
  const showChange = createShowChange(plain);
  const soon = () => new Date(world.now().getTime() + 2_000);
  /** Speaks for one job, which takes the next best place once the best has failed for long. */
  const speaking = (job: RunningJob, say: (voice: Voice) => Promise<void>) =>
    untilSlackTakesIt(world, job, () => say({ ...plain, nextBest: takesNextBest(world, job) }));
  const known = knownOrNobody(desk);
  return {
    async slack_request({ body, viewId }, job) {
      const kept = { ...keptOf(job), viewId };
      return untilSlackTakesIt(world, job, async () => {
        try {
          await routing.route(body, job.key ?? String(job.id), kept);
        } catch (error) {
          if (error instanceof NotKnownYet) await sayThatItWaits(desk, body, job, error);
          throw error;
        }
      });
    },
    async submit_wish({ user, channel, requestKey, wish: kept }, job) {
      const { workspace } = job;
      const origin = { workspace, user, channel, requestKey, kept: keptOf(job) };
      const wish = readWish(kept);
      if (!wish) throw new Error("the wish cannot be read");
      return untilSlackTakesIt(world, job, async () => {
        const visitor = await awaitVisitor(desk, origin, wish.action);
        if (visitor.kind === "person") return submitAndAnswer(desk, origin, visitor.person, wish);
        return answer(desk, origin, refusalAnswer(visitor.sentence));
      });
    },
    async apply_target(payload, { workspace }) {
      return applyTarget(world, { workspace, ...payload }, whoIsIn(desk, workspace));
    },
    async watch_target(payload, { workspace }) {
      return watchTarget(world, { workspace, ...payload });
    },
    async tell_changed({ changeId, targetId }, job) {
      return speaking(job, (voice) => tellChanged(voice, job.workspace, changeId, targetId));
    },
    async show_change({ changeId, anew = false, sought = false }, job) {
      return untilSlackTakesIt(world, job, () => {
        const nextBest = takesNextBest(world, job);
        const how = { anew, sought, nextBest, key: job.key ?? undefined };
        return showChange(job.workspace, changeId, how);
      });
    },
    async tell_asker({ changeId }, job) {
      return speaking(job, (voice) => tellAsker(voice, job.workspace, changeId));
    },
    async tell_thread(payload, job) {
      return speaking(job, (voice) => tellThread(voice, job.workspace, payload));
    },
    async tell_called(payload, job) {
      return speaking(job, (voice) => tellCalled(voice, job.workspace, payload));
    },
    async tell_closed(closed, job) {
      const { workspace } = job;
      return speaking(job, (voice) => tellClosed(voice, { workspace, ...closed }));
    },
    async answer(words, job) {
      return untilSlackTakesIt(world, job, () => deliverAnswer(desk, words, job));
    },
    async expire_change({ changeId }, { workspace }) {
      const again = await expireChange(world, { workspace, changeId });
      return again ? { kind: "again", at: again } : done;
    },
    async remind_approvers({ changeId, n, escalated = false }, job) {
      const how = { again: n > 0, escalated };
      return speaking(job, (voice) => callApprovers(voice, job.workspace, changeId, how));
    },
    async read_reach({ changeId }, { workspace }) {
      await readReach(world, { workspace, changeId });
      return done;
    },
    async end_pause({ changeId }, job) {
      const key = { workspace: job.workspace, changeId };
      return untilSlackTakesIt(world, job, async () => {
        let later: Date | undefined;
        const sentence = await orNobody(async () => {
          const who = (user: string) => known(key.workspace, user);
          const ended = await endPauseInTime(world, key, who);
          if (ended && "again" in ended) later = ended.again;
          if (!ended || "again" in ended) return undefined;
          return whyNotSubmitted(plain, key.workspace, ended.submitted);
        });
        if (sentence !== undefined) await pauseStays(world, key, sentence);
        return later ? { kind: "again", at: later } : done;
      });
    },
    async tell_not_ended({ changeId, sentences }, job) {
      return speaking(job, (voice) => tellNotEnded(voice, job.workspace, changeId, sentences));
    },
    async end_ratify({ changeId }, { workspace }) {
      await endRatify(world, { workspace, changeId });
      return done;
    },
    async reverse_change({ changeId, ...from }, job) {
      const key = { workspace: job.workspace, changeId };
      return untilSlackTakesIt(world, job, async () => {
        let early = false;
        const sentence = await orNobody(async () => {
          const who = (user: string) => known(key.workspace, user);
          const reversal = await reverseChange(world, key, { ...from, at: job.createdAt }, who);
          early = reversal?.kind === "too_early";
          if (!reversal || reversal.kind === "too_early") return undefined;
          return whyNotReversed(plain, key.workspace, reversal);
        });
        if (sentence !== undefined) await notReversed(world, key, sentence);
        return early ? { kind: "again", at: soon() } : done;
      });
    },
    async tell_ratify(payload, job) {
      return speaking(job, (voice) => tellRatify(voice, job.workspace, payload));
    },
    async tell_left_out({ changeId }, job) {
      return speaking(job, (voice) => tellLeftOut(voice, job.workspace, changeId));
    },
    async stop_connection({ changeId, connectionId }, { workspace }) {
      await stopConnection(world, { workspace, changeId }, connectionId);
      return done;
    },
    async tell_lost(payload, job) {
      return speaking(job, (voice) => tellLost(voice, job.workspace, payload));
    },
    async tell_given_up({ changeId, sentence }, job) {
      return speaking(job, (voice) => tellGivenUp(voice, job.workspace, changeId, sentence));
    },
    async stop_rest(rest, { workspace }) {
      return stopTheRest(world, workspace, rest);
    },
    async show_digest({ workspace, date }, job) {
      return speaking(job, (voice) => showDigest(voice, workspace, date));
    },
    async check_connection({ connectionId, user, channel }, job) {
      const checked = await checkConnectionNow(world, job.workspace, connectionId);
      if (checked.kind === "gone") return done;
      const origin = { workspace: job.workspace, user, channel, requestKey: String(job.id) };
      const message =
        checked.kind === "works" ? connectedAnswer(checked) : refusalAnswer(checked.sentence);
      return untilSlackTakesIt(world, job, () => answer(desk, origin, message));
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
      world.memories.sweep();
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
