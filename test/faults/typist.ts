import type { House } from "../../sandbox/house.ts";
import { signRequest } from "../../sandbox/slack/signature.ts";
import type { Delivery } from "../../sandbox/slack/types.ts";
import { requestKey } from "../../src/slack/signature.ts";
import type { Store } from "../../src/store/database.ts";
import { outreach } from "../support/journey.ts";

export interface Typed {
  /** What the database remembers the command by, once it has it. */
  key: string;
  text: string;
  delivery: Delivery;
}

/** Taken: answered with an empty 200, and not in words. */
export const isTaken = ({ delivery }: Typed) => delivery.status === 200 && delivery.body === "";

let number = 0;

/** Types as one person, and knows what must then be in the database. */
export async function typeAs(house: House, person: string, text: string): Promise<Typed> {
  const { slack } = house;
  const who = slack.people.find(({ name }) => name === person);
  number += 1;
  const body = new URLSearchParams({
    command: "/campaign",
    text,
    team_id: slack.team.id,
    team_domain: slack.team.domain,
    user_id: who?.id ?? "",
    channel_id: outreach,
    api_app_id: slack.appId,
    response_url: `${slack.url}/commands/none/typed/${number}`,
    trigger_id: `${number}.typed`,
  }).toString();
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = signRequest(slack.signingSecret, timestamp, body);
  const key = `slack:${requestKey({ "x-slack-signature": signature })}`;
  return { key, text, delivery: await slack.send({ body, timestamp }) };
}

/** Types by several hands at once until told to stop; gives everything that was typed. */
export function typeOn(house: House, texts: readonly string[], hands = 6) {
  const typed: Typed[] = [];
  let open = true;
  const hand = async (first: number) => {
    for (let at = first; open; at += 1) {
      typed.push(await typeAs(house, "ana", texts[at % texts.length] ?? ""));
    }
  };
  const all = Promise.all(Array.from({ length: hands }, (_, first) => hand(first)));
  return {
    async stop(): Promise<Typed[]> {
      open = false;
      await all;
      return typed;
    },
  };
}

/** Those commands that were taken and that the database does not know, or has not worked. */
export async function lostOf(store: Store, typed: readonly Typed[]): Promise<Typed[]> {
  const rows = await store.read((q) =>
    q
      .select({ key: q.t.jobs.key, doneAt: q.t.jobs.doneAt, failed: q.t.jobs.failed })
      .from(q.t.jobs),
  );
  const worked = new Set(rows.filter((row) => row.doneAt && !row.failed).map(({ key }) => key));
  return typed.filter((one) => isTaken(one) && !worked.has(one.key));
}
