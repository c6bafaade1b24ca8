import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { movedClock } from "../../sandbox/moved-clock.ts";
import type { PretendWorkspace } from "../../sandbox/slack/types.ts";
import { type Policy, rule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { actionIds } from "../../src/slack/cards/ids.ts";
import { auditOf } from "../../src/store/audit.ts";
import { listChanges } from "../../src/store/changes.ts";
import { listConnections } from "../../src/store/connections.ts";
import { interaction } from "../slack/a-receiver.ts";
import { comes, digestsIn, setsDigest } from "../support/digest.ts";
import { connectBurki, installIn } from "../support/install.ts";
import {
  buttonsOn,
  type Cast,
  type Journey,
  labelsOn,
  outreach,
  settled,
  startJourney,
  textOf,
} from "../support/journey.ts";

const shared = "C0SHAREDACME";
const spring = "Spring launch";

describe("people of another organisation, in a channel that is shared with them", () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney();
  });
  beforeEach(() => journey.begins());
  afterAll(() => journey.ends());

  const waitingCard = async () => {
    await journey.types("ana", "pause burki:42");
    await journey.passes(10);
    await journey.types("ana", "resume burki:42 because wrong price", shared);
    const card = journey.cards(shared).at(-1);
    if (!card) throw new Error("no card");
    return card;
  };

  it("B12: read a card without names or reasons, and decide nothing by it", async () => {
    const card = await waitingCard();
    expect(labelsOn(card)).toEqual(["Approve", "Deny", "Withdraw"]);
    for (const word of [spring, "wrong price", "burki", "Burki"])
      expect(JSON.stringify(card)).not.toContain(word);
    const before = journey.words();
    for (const label of ["Approve", "Deny", "Withdraw"]) {
      const { told } = await journey.presses("sam", label, card);
      expect(told).toMatch(/Only full members|Only the person who asked/);
    }
    expect((await journey.change()).state).toBe("waiting");
    expect((await journey.change()).votes).toEqual([]);
    expect(journey.words()).toEqual(before);
    const { house } = journey;
    const { id } = await journey.change();
    const lines = await house.world.store.read((q) => auditOf(q, house.workspace, id));
    // The first at once; its equals of the hour are counted.
    expect(lines.filter(({ event }) => event === "outsider_pressed")).toHaveLength(1);
  });

  it("are shown no details, which a member is", async () => {
    const card = await waitingCard();
    const { id } = await journey.change();
    const asks = async (person: Cast) => {
      await journey.house.slack.press(person, card, actionIds.details, undefined, id);
      await settled(journey.house);
      return textOf(journey.house.slack.views(person).at(-1));
    };
    expect(await asks("sam")).toContain("Only full members");
    const told = await asks("dee");
    for (const word of [spring, "wrong price", "burki:42"]) expect(told).toContain(word);
  });

  it("see that it ended, and the asker is told how, alone", async () => {
    const card = await waitingCard();
    await journey.presses("dee", "Approve", card);
    await journey.untilEnded();
    expect(journey.card(shared)).toContain("1 of 1 campaign resumed.");
    expect(journey.cards(shared)).toHaveLength(1);
    const thread = journey.house.slack.messages(shared).filter(({ threadTs }) => threadTs);
    expect(thread).toEqual([]);
    expect(journey.house.slack.messages("@ana").map(textOf).join()).toContain(spring);
  });

  it.each([
    "pause burki:42",
    "resume burki:42",
    "status",
    "list",
    "history",
    "policy",
    "connections",
  ])("B13: type %s and are refused", async (text) => {
    const { told } = await journey.types("sam", text, shared);
    expect(told).toMatch(/other organisations may not|Only full members/);
    expect(await journey.changes()).toEqual([]);
    expect(journey.changing("burki")).toEqual([]);
  });

  it.each(["", "connect", "connect burki", "digest"])(
    "B13: open no form by /campaign %s",
    async (text) => {
      await journey.types("sam", text, shared);
      const view = journey.house.slack.views("sam").at(-1);
      expect(view?.submit).toBeUndefined();
      expect(textOf(view)).toMatch(/Only (full members|admins)/);
    },
  );

  const theirs = (view: object, more: object = {}) => {
    const team = { id: "T0ACMECORP", domain: "acme" };
    const user = { id: "U0SAM00006", team_id: "T0ACMECORP" };
    const here = { id: "V1", app_installed_team_id: journey.house.workspace, ...view };
    return interaction({ type: "view_submission", team, user, view: here, ...more });
  };
  const text = (value: string) => ({ value: { type: "plain_text_input", value } });
  const picked = (value: string) => ({
    value: { type: "radio_buttons", selected_option: { value } },
  });

  it("B13: send forms that name their own team beside ours, and change nothing", async () => {
    await waitingCard();
    const { id } = await journey.change();
    const { house } = journey;
    const [burki] = await house.world.store.read((q) => listConnections(q, house.workspace));
    const campaigns = {
      type: "multi_external_select",
      selected_options: [{ value: `${burki?.id}:43` }],
    };
    const forms = [
      {
        callback_id: "deny_reason_modal",
        private_metadata: id,
        state: { values: { reason: text("no") } },
      },
      {
        callback_id: "connect_vendor_modal",
        private_metadata: shared,
        state: { values: { vendor: picked("burki") } },
      },
      {
        callback_id: "digest_modal",
        private_metadata: "UTC",
        state: { values: { on: picked("off") } },
      },
      {
        callback_id: "campaign_modal",
        private_metadata: shared,
        state: { values: { action: picked("pause"), campaigns: { campaign_search: campaigns } } },
      },
    ];
    const calls = journey.changing("burki").length;
    for (const form of forms) {
      const answer = await house.slack.send({ body: theirs(form) });
      expect(answer.status, form.callback_id).toBe(200);
      await settled(house);
    }
    expect(journey.changing("burki")).toHaveLength(calls);
    expect((await journey.change()).state).toBe("waiting");
    expect(await journey.changes()).toHaveLength(2);
  });

  it("B13: are offered no campaign while they type", async () => {
    const view = {
      id: "V1",
      callback_id: "campaign_modal",
      app_installed_team_id: journey.house.workspace,
    };
    const about = { action_id: actionIds.campaigns, block_id: "campaigns", value: "spring" };
    const body = theirs(view, { type: "block_suggestion", ...about });
    const answer = await journey.house.slack.send({ body });
    expect(JSON.parse(answer.body)).toEqual({ options: [] });
  });

  it.each<[string, object]>([
    ["an error page", { status: 500 }],
    ["an error", { error: "user_not_found" }],
    ["no person", { body: { ok: true } }],
    ["a person of another shape", { body: { ok: true, user: { id: 7 } } }],
    ["somebody else", { body: { ok: true, user: { id: "U0DEE00004", team_id: "T0FERMATA1" } } }],
    ["no JSON", { body: "<html>" }],
  ])("B12: decide nothing when Slack, asked who they are, gives %s", async (_name, fault) => {
    const card = await waitingCard();
    journey.house.slack.faults.set({ method: "users.info", ...fault });
    const { told } = await journey.presses("ben", "Approve", card);
    journey.house.slack.faults.set(null);
    expect(told).toContain("Slack could not tell us who you are");
    const { id, state, votes } = await journey.change();
    expect([state, votes]).toEqual(["waiting", []]);
    const { house } = journey;
    const lines = await house.world.store.read((q) => auditOf(q, house.workspace, id));
    expect(lines.map(({ event }) => event)).toContain("outsider_pressed");
  });
});

describe("a channel that is shared after its cards were posted", () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney();
  });
  beforeEach(() => journey.begins());
  afterAll(() => journey.ends());

  it("B17: has every card redrawn without names, those that ended too", async () => {
    await journey.types("ana", "pause burki:42 because first reason");
    await journey.passes(10);
    await journey.types("ana", "resume burki:42 because wrong price");
    expect(journey.cards().map(textOf).join()).toContain(spring);
    await journey.house.slack.shareChannel(outreach, "T0ACMECORP");
    await settled(journey.house);
    expect(journey.cards()).toHaveLength(2);
    for (const word of [spring, "wrong price", "first reason", "burki"])
      expect(JSON.stringify(journey.cards())).not.toContain(word);
    await journey.presses("dee", "Approve", journey.cards().at(-1));
    expect((await journey.untilEnded()).state).toBe("done");
  });

  it("B17: gets the next card without names, and the next digest in counts", async () => {
    const year = journey.clock.now().getUTCFullYear() + 1;
    await comes(journey, `${year}-03-10T10:00:00Z`);
    await setsDigest(journey, "dee", { time: "09:00" });
    await journey.types("ana", "pause burki:42");
    await comes(journey, `${year}-03-11T10:00:00Z`);
    await journey.house.slack.shareChannel(outreach, "T0ACMECORP");
    await comes(journey, `${year}-03-12T10:00:00Z`);
    const [first, second] = digestsIn(journey).slice(-2);
    expect(textOf(first)).toContain(spring);
    expect(textOf(second)).toContain("paused");
    expect(textOf(second)).not.toContain(spring);
    await journey.types("ana", "pause sarvam:camp-09af because wrong price");
    expect(journey.card()).not.toContain("wrong price");
  });
});

describe("guests", () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney();
  });
  beforeEach(() => journey.begins());
  afterAll(() => journey.ends());

  it.each([
    { isRestricted: true, isUltraRestricted: false },
    { isRestricted: true, isUltraRestricted: true },
    { isRestricted: false, isUltraRestricted: true },
  ])("B14: neither ask, nor decide, nor configure: %o", async (marks) => {
    const gus = journey.house.slack.people.find(({ name }) => name === "gus");
    Object.assign(gus ?? {}, marks, { isAdmin: true });
    const { told } = await journey.types("gus", "pause burki:42");
    expect(told).toContain("Guests of this workspace may not pause campaigns here.");
    await journey.types("gus", "connect burki");
    expect(textOf(journey.house.slack.views("gus").at(-1))).toContain("Only admins may do this");
    await journey.types("ana", "pause burki:42");
    await journey.passes(10);
    await journey.types("ana", "resume burki:42");
    const pressed = await journey.presses("gus", "Approve");
    expect(pressed.told).toContain("Only full members of this workspace can decide.");
    expect((await journey.change()).state).toBe("waiting");
  });
});

describe("one person of an Enterprise Grid, who has two ids", () => {
  const two: Policy = {
    version: 1,
    rules: [
      rule("anybody pauses", { action: ["pause"] }, "allow"),
      rule("two of us", {}, { approve: { from: ["members"], count: 2 } }),
    ],
  };
  let house: House;
  let berlin: PretendWorkspace;
  beforeAll(async () => {
    house = await startHouse({ oauth: true, logLevel: "fatal", now: movedClock().now });
    berlin = house.slack.workspace("Contoso Berlin");
    await installIn(house, { person: "hugo", where: berlin.team.id });
    await connectBurki(house, berlin.team.id);
    await applyPolicy(house.world, { workspace: berlin.team.id, policy: two, by: "the test" });
    await berlin.typeCommand("U0EVA00000", "outreach", "/campaign pause burki:42");
    await settled(house);
  });
  afterAll(() => house.close());

  const change = async () => {
    const about = { workspace: berlin.team.id, limit: 10 };
    const all = await house.world.store.read((q) => listChanges(q, about));
    return all.find(({ action }) => action === "resume");
  };
  const approves = async (id: string) => {
    const card = berlin
      .messages("outreach")
      .filter(({ threadTs }) => !threadTs)
      .at(-1);
    const button = buttonsOn(card).find(({ label }) => label === "Approve");
    if (!card || !button) throw new Error("no card that waits");
    const before = berlin.ephemerals(id).length;
    await berlin.press(id, card, button.actionId, button.blockId);
    await settled(house);
    return berlin.ephemerals(id).slice(before).map(textOf).join();
  };

  it("B15: is never both the asker and an approver, nor two approvers", async () => {
    await berlin.typeCommand("U0EVA00000", "outreach", "/campaign resume burki:42");
    await settled(house);
    expect((await change())?.askedBy).toBe("W0EVA00000");
    for (const id of ["W0EVA00000", "U0EVA00000"])
      expect(await approves(id)).toContain("You asked for this, so somebody else has to decide.");
    expect(await approves("U0FINN0000")).toContain("Your approval is counted. 1 more is needed.");
    expect(await approves("W0FINN0000")).toContain("You have already decided on this.");
    expect(await approves("W0GRETA000")).toContain("Only full members of this workspace");
    expect(await change()).toMatchObject({ state: "waiting", votes: [{ by: "W0FINN0000" }] });
    await approves("W0HUGO0000");
    expect((await change())?.votes).toHaveLength(2);
    expect((await change())?.state).not.toBe("waiting");
  });
});
