import { newJob } from "../queue/kinds.ts";
import { enqueue, rememberKey } from "../store/jobs.ts";
import type { World } from "../world.ts";
import type { Routing } from "./bolt.ts";
import type { InboxDoors } from "./inbox.ts";

/** The request's own key makes a second delivery of it find the first one's row. */
export function createDoors(world: World, routing: Pick<Routing, "ask">): InboxDoors {
  const { store, now, log } = world;
  const keyOf = (key: string) => `slack:${key}`;
  return {
    async keep({ workspace, body, key }) {
      const job = newJob("slack_request", workspace, { body }, { key: keyOf(key) });
      if (await store.write((q) => enqueue(q, job, now()))) world.wake();
    },
    isNew: ({ workspace, key }) =>
      store.write((q) => rememberKey(q, { workspace, key: keyOf(key) }, now())),
    ask: ({ body, key }) => routing.ask(body, key),
    onFault: (error) => log.error("a request from Slack met a fault", { error }),
  };
}
