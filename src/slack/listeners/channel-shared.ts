import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from "@slack/bolt";
import { newJob } from "../../queue/kinds.ts";
import { enqueueAll } from "../../store/jobs.ts";
import { shownIn } from "../../store/posts.ts";
import { sharingPayload } from "../payloads.ts";
import type { Desk } from "./desk.ts";

type Args = SlackEventMiddlewareArgs<"channel_shared"> & AllMiddlewareArgs;

/** `chat.update` allows about fifty calls a minute; so many go at once and the others one by one. */
const atOnce = 20;
const apartMs = 1_500;

/** People of another organisation read a channel from now on: every card that stands there loses its names. */
export function channelShared({ world, channels }: Desk) {
  return async ({ body, context }: Args): Promise<void> => {
    const { team_id: workspace, event } = sharingPayload.parse(body);
    channels.isShared(workspace, event.channel);
    const now = world.now();
    await world.store.write(async (q) => {
      const shown = await shownIn(q, workspace, event.channel);
      const jobs = shown.map((changeId, place) => {
        const waitMs = Math.max(0, place - atOnce) * apartMs;
        const when = {
          key: `anew:${String(context.requestKey)}:${changeId}`,
          runAt: new Date(now.getTime() + waitMs),
        };
        return newJob("show_change", workspace, { changeId, anew: true }, when);
      });
      await enqueueAll(q, jobs, now);
    });
    world.wake();
  };
}
