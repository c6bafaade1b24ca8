import { newJob } from "../queue/kinds.ts";
import { enqueue, rememberKey } from "../store/jobs.ts";
import type { World } from "../world.ts";
import type { Routing } from "./bolt.ts";
import type { Fairness } from "./fairness.ts";
import type { InboxDoors } from "./inbox.ts";
import { createSeen } from "./seen.ts";
import type { SlackWeb } from "./web.ts";

/** The request's own key makes a second delivery of it find the first one's row. */
export function createDoors(
  world: World,
  routing: Pick<Routing, "ask">,
  { web, fairness }: { web: Pick<SlackWeb, "answer">; fairness: Fairness },
): InboxDoors {
  const { store, now, log } = world;
  const keyOf = (key: string) => `slack:${key}`;
  return {
    seen: createSeen(),
    async keep({ workspace, body, key }) {
      const job = newJob("slack_request", workspace || null, { body }, { key: keyOf(key) });
      const isNew = await store.write((q) => enqueue(q, job, now()));
      if (isNew) world.wake();
      return isNew;
    },
    isNew: ({ workspace, key }) =>
      store.write((q) => rememberKey(q, { workspace, key: keyOf(key) }, now())),
    ask: ({ body, key }) => routing.ask(body, key),
    judge: fairness.judge,
    giveBack: fairness.giveBack,
    unasked: (kind) => log.info("Slack sent something that nobody asked for", { kind }),
    whisper({ body }, text) {
      if (typeof body.response_url !== "string") return;
      const message = { response_type: "ephemeral", replace_original: false, text };
      // Never throws; somebody who floods is not worth a second try.
      void web.answer(body.response_url, message);
    },
    onFault: (error) => log.error("a request from Slack met a fault", { error }),
  };
}
