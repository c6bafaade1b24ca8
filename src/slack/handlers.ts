import { applyTarget } from "../flows/apply-target.ts";
import { checkConnectionNow } from "../flows/check-connection.ts";
import { endPause } from "../flows/end-pause.ts";
import { expireChange } from "../flows/review-change.ts";
import type { Submitted } from "../flows/submit-change.ts";
import { tellHeads } from "../flows/tell-heads.ts";
import { sweepRemoved } from "../flows/uninstall-workspace.ts";
import { watchTarget } from "../flows/watch-target.ts";
import type { Handlers, Outcome } from "../queue/handlers.ts";
import { tidy } from "../queue/timetable.ts";
import type { World } from "../world.ts";
import type { Routing } from "./bolt.ts";
import { connectedAnswer, refusalAnswer } from "./cards/answers.ts";
import { pauseStaysNotice } from "./cards/pause-end.ts";
import { asSlackAllows } from "./deliver/as-slack-allows.ts";
import { sayInThread } from "./deliver/in-thread.ts";
import { createShowChange } from "./deliver/show-change.ts";
import { showDigest } from "./deliver/show-digest.ts";
import { tellAsker, tellChanged } from "./deliver/tell-asker.ts";
import { welcome } from "./deliver/welcome.ts";
import { readWish } from "./listeners/choose.ts";
import { answer, type Desk, visitorOf } from "./listeners/desk.ts";
import { submitAndAnswer } from "./listeners/submit.ts";

const done: Outcome = { kind: "done" };

/** What the worker does with each kind of job. */
export function createHandlers(world: World, desk: Desk, routing: Routing): Handlers {
  const { web, channels } = desk;
  const voice = { world, web, channels };
  const showChange = createShowChange(world, web, channels);
  return {
    async slack_request({ body }, job) {
      await routing.route(body, job.key ?? String(job.id));
      return done;
    },
    async submit_wish({ user, channel, requestKey, wish: kept }, { workspace }) {
      const origin = { workspace, user, channel, requestKey };
      const wish = readWish(kept);
      if (!wish) throw new Error("the wish cannot be read");
      const visitor = await visitorOf(desk, workspace, user);
      if (visitor.kind === "person") await submitAndAnswer(desk, origin, visitor.person, wish);
      else await answer(desk, origin, refusalAnswer(visitor.sentence));
      return done;
    },
    async apply_target(payload, { workspace }) {
      return applyTarget(world, { workspace, ...payload });
    },
    async watch_target({ look, ...payload }, { workspace }) {
      return watchTarget(world, { workspace, ...payload }, look);
    },
    async tell_changed({ changeId, targetId }, { workspace }) {
      return asSlackAllows(world, () => tellChanged(voice, workspace, changeId, targetId));
    },
    async show_change({ changeId, anew = false }, { workspace }) {
      return asSlackAllows(world, () => showChange(workspace, changeId, { anew }));
    },
    async tell_asker({ changeId }, { workspace }) {
      return asSlackAllows(world, () => tellAsker(voice, workspace, changeId));
    },
    async expire_change({ changeId }, { workspace }) {
      await expireChange(world, { workspace, changeId });
      return done;
    },
    async end_pause({ changeId }, { workspace }) {
      const ended = await endPause(world, { workspace, changeId }, async (user) => {
        const visitor = await visitorOf(desk, workspace, user);
        if (visitor.kind === "person") return visitor.person;
        throw new Error("Slack could not say who asked for the pause");
      });
      const sentence = ended && whyNotSubmitted(ended.submitted);
      if (!ended || sentence === undefined) return done;
      const notice = pauseStaysNotice(ended.change, sentence);
      return asSlackAllows(world, () => sayInThread(voice, ended.change, notice));
    },
    async show_digest({ workspace, date }) {
      return asSlackAllows(world, () => showDigest(voice, workspace, date));
    },
    async check_connection({ connectionId, user, channel }, job) {
      const checked = await checkConnectionNow(world, job.workspace, connectionId);
      if (checked.kind === "gone") return done;
      const origin = { workspace: job.workspace, user, channel, requestKey: String(job.id) };
      const message =
        checked.kind === "works" ? connectedAnswer(checked) : refusalAnswer(checked.sentence);
      await answer(desk, origin, message);
      return done;
    },
    async welcome_installer({ user }, { workspace }) {
      return asSlackAllows(world, () => welcome(world, desk.web, workspace, user));
    },
    async sweep_removed({ workspaces }) {
      await sweepRemoved(world, workspaces);
      return done;
    },
    async tidy() {
      await tellHeads(world);
      await tidy(world.store, world.now());
      return done;
    },
  };
}

function whyNotSubmitted(submitted: Submitted): string | undefined {
  if (submitted.kind === "submitted") return undefined;
  return submitted.kind === "refused"
    ? submitted.sentence
    : "One of its campaigns is no longer found under its connection.";
}
