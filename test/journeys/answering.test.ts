import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Delivery } from "../../sandbox/slack/types.ts";
import { vendorNames } from "../../src/domain/campaign.ts";
import { buttonsOn, type Journey, startJourney } from "../support/journey.ts";

let journey: Journey;
beforeEach(async () => {
  journey = await startJourney({ vendorDeadlineMs: 400 });
});
afterEach(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const everyVendor = (hangs: boolean) => {
  for (const vendor of Object.values(journey.house.vendors)) {
    vendor.faults.set(hangs ? { kind: "hang" } : null);
  }
};
const callsOut = () => ({
  vendors: vendorNames.flatMap((name) => journey.house.vendors[name].log()).length,
  slack: journey.house.slack.calls().length,
});

/** How many transactions and calls it took until Slack had its answer. */
async function costOf(act: () => Promise<Delivery>) {
  const { store } = journey.house.world;
  const { write } = store;
  let commits = 0;
  const counted = {
    ...store,
    write: ((...args: Parameters<typeof write>) => {
      commits += 1;
      return write.apply(store, args);
    }) as typeof write,
  };
  Object.assign(store, { write: counted.write });
  const before = callsOut();
  const delivery = await act();
  const after = callsOut();
  Object.assign(store, { write });
  return {
    status: delivery.status,
    body: delivery.body,
    commits,
    vendorCalls: after.vendors - before.vendors,
    slackCalls: after.slack - before.slack,
  };
}

describe("while every vendor hangs", () => {
  const answered = { status: 200, body: "", commits: 1, vendorCalls: 0, slackCalls: 0 };

  it("a command and a click cost one commit each before they are answered, and nothing else", async () => {
    await journey.types("ana", "resume burki:7");
    const [approve] = buttonsOn(journey.cards().at(-1));
    const place = { channel: "C0OUTREACH", ts: journey.cards().at(-1)?.ts ?? "" };
    const { slack } = journey.house;
    everyVendor(true);
    // Nobody works on what comes in, so all that happens is what the answer itself needs.
    await journey.house.app().worker.stop();

    expect(
      await costOf(() => slack.typeCommand("ana", "outreach", "/campaign pause burki:42")),
    ).toEqual(answered);
    expect(
      await costOf(() => slack.press("dee", place, approve?.actionId ?? "", approve?.blockId)),
    ).toEqual(answered);

    everyVendor(false);
    await journey.house.restart();
    await journey.passes(100);
    await journey.passes(5_000);
    expect(journey.word("burki", "42")).toBe("paused");
    expect(journey.word("burki", "7")).toBe("running");
  });

  it("ten people are answered before one vendor has said a word", async () => {
    everyVendor(true);
    const { slack, vendors } = journey.house;
    const deliveries = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        slack.typeCommand("ana", "outreach", `/campaign pause burki:${1000 + index}`),
      ),
    );
    expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set([200]));
    const answers = vendorNames.flatMap((name) =>
      vendors[name].log().filter(({ status }) => status !== null),
    );
    expect(answers.filter(({ changing }) => changing)).toEqual([]);
    everyVendor(false);
  });

  it("one sick vendor does not keep another's pause waiting", async () => {
    journey.house.vendors.burki.faults.set({ kind: "hang" });
    await journey.types("ana", "pause woodpecker:42");
    expect((await journey.change()).state).toBe("done");
    expect(journey.house.vendors.burki.log().filter(({ changing }) => changing)).toEqual([]);
  });
});

describe("a request that was lost on its way is never acted on", () => {
  it.each([
    ["unsigned", { headers: { "x-slack-signature": "v0=00" } }],
    ["signed a day ahead", { timestamp: Math.floor(Date.now() / 1000) + 86_400 }],
    ["signed ten minutes ago", { timestamp: Math.floor(Date.now() / 1000) - 600 }],
  ])("%s", async (_, how) => {
    const sent = await journey.house.slack.send({ body: commandBody("pause burki:42"), ...how });
    expect(sent.status).toBe(401);
    await journey.passes(10);
    expect(await journey.changes()).toEqual([]);
  });
});

describe("the same bytes sent twice", () => {
  it("act once, and both are answered", async () => {
    const request = {
      body: commandBody("resume burki:7"),
      timestamp: Math.floor(journey.clock.now().getTime() / 1000),
    };
    const first = await journey.house.slack.send(request);
    const second = await journey.house.slack.send(request);
    await journey.passes(10);
    const third = await journey.house.slack.send(request);
    await journey.passes(10);
    expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
    expect(await journey.changes()).toHaveLength(1);
    expect(journey.cards()).toHaveLength(1);
  });
});

function commandBody(text: string): string {
  const { slack } = journey.house;
  return new URLSearchParams({
    token: "x",
    team_id: slack.team.id,
    team_domain: slack.team.domain,
    channel_id: "C0OUTREACH",
    channel_name: "outreach",
    user_id: "U0ANA00001",
    user_name: "ana",
    command: "/campaign",
    text,
    api_app_id: slack.appId,
    is_enterprise_install: "false",
    response_url: `${slack.url}/commands/T0/1/unknown`,
    trigger_id: "1.2.3",
  }).toString();
}
