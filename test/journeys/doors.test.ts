import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { interaction } from "../slack/a-receiver.ts";
import { type Journey, outreach, settled, startJourney, textOf } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ connected: ["burki"] });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const ana = "U0ANA00001";

describe("a command", () => {
  it("is answered like any other under the name that a manifest gives it", async () => {
    const { slack, workspace } = journey.house;
    const body = new URLSearchParams({
      command: "/outreach-stop",
      text: "pause burki:42",
      team_id: workspace,
      channel_id: outreach,
      user_id: ana,
      trigger_id: "1.2.abc",
      response_url: `${slack.url}/commands/none`,
    });
    expect((await slack.send({ body: body.toString() })).status).toBe(200);
    await settled(journey.house);
    expect(journey.card()).toContain("burki:42");
    expect(journey.word("burki", "42")).toBe("paused");
  });
});

describe("a form that Slack does not let us open", () => {
  it.each([
    ["a right that we lack", "missing_scope", "Slack does not show this form here (missing_scope)"],
    ["somebody it does not know", "user_not_found", "Slack does not show this form here"],
    ["a trigger that was used", "trigger_exchanged", "Slack allows three seconds to open a form"],
    ["a form it does not take", "invalid_arguments", "the fault is on our side"],
  ])("is told at once and with its reason: %s", async (_name, error, words) => {
    const { slack } = journey.house;
    slack.faults.set({ method: "views.open", error });
    const { told } = await journey.types("ana", "connect burki");
    slack.faults.set(null);
    expect(told).toContain(words);
    expect(told).toContain("Nothing was changed.");
    await journey.passes(60_000);
    const opened = slack.calls().filter(({ method }) => method === "views.open");
    expect(opened).toHaveLength(1);
    expect(slack.ephemerals("ana")).toHaveLength(1);
  });
});

describe("a form without fields", () => {
  it.each([
    ["no state", undefined],
    ["null", null],
    ["an empty list", []],
    ["an empty object", {}],
    ["values that are a list", { values: [] }],
    ["no values", { values: null }],
    ["a block that is a list", { values: { block: [] } }],
  ])("is taken like any other, in whatever way Slack says so: %s", async (name, state) => {
    const { slack, workspace } = journey.house;
    const view = {
      ...{ id: `V${name}`, callback_id: "policy_save_modal", private_metadata: "pol_none" },
      state,
    };
    const sent = await slack.send({
      body: interaction({
        ...{ type: "view_submission", team: { id: workspace }, user: { id: ana } },
        view,
      }),
    });
    expect(sent.status).toBe(200);
    expect(textOf(JSON.parse(sent.body))).not.toContain("Something went wrong");
  });
});

describe("calling upon it all the time", () => {
  it("asks Slack once a minute who that is", async () => {
    const { slack } = journey.house;
    const asked = () => slack.calls().filter(({ method }) => method === "users.info").length;
    for (let times = 0; times < 40; times += 1) {
      await slack.event("app_mention", { user: ana, channel: outreach, text: "hi", ts: "1.1" });
      await settled(journey.house);
    }
    await journey.types("ana", "status burki:42");
    expect(slack.ephemerals("ana").length).toBeGreaterThanOrEqual(40);
    expect(asked()).toBe(1);
  });

  it("looks afresh for whatever is decided", async () => {
    const { slack } = journey.house;
    await journey.types("ana", "status burki:42");
    const before = slack.calls().filter(({ method }) => method === "users.info").length;
    await journey.types("ana", "pause burki:42");
    const after = slack.calls().filter(({ method }) => method === "users.info").length;
    expect(after).toBeGreaterThan(before);
  });
});
