import { describe, expect, it } from "vitest";
import type { House } from "../../../sandbox/house.ts";
import { listConnections } from "../../../src/store/connections.ts";
import { settled, textOf } from "../../support/journey.ts";
import { interaction } from "../a-receiver.ts";
import { aHouse, clickBytes, connectBytes, outreach, people } from "./a-house.ts";

/** The last words to this person alone, in a channel or, for who is in none, directly. */
const told = (house: House, person: string) =>
  textOf([...house.slack.messages(`@${person}`), ...house.slack.ephemerals(person)].at(-1));

describe("a button pressed by somebody who may not", () => {
  it.each(["gus", "sam"] as const)("makes no vendor be read again for %s", async (person) => {
    const house = await aHouse();
    const before = house.vendors.burki.log().length;
    await house.slack.send({
      body: clickBytes(house, "target_check_again", "chg_1", people[person]),
    });
    await settled(house);
    expect(told(house, person)).toContain("Only full members");
    expect(house.vendors.burki.log()).toHaveLength(before);
  });

  it("says the same of a change elsewhere and of one that never was", async () => {
    const house = await aHouse();
    for (const action of [
      "review_approve",
      "review_deny",
      "change_withdraw",
      "target_check_again",
      "change_try_again",
      "change_undo",
    ]) {
      await house.slack.send({ body: clickBytes(house, action, `chg_of_others_${action}`) });
      await settled(house);
      expect(told(house, "ana")).toContain("This change is not known here. Nothing was changed.");
    }
  });
});

describe("somebody of another organisation", () => {
  it("B13: stores no key, although their own team is named in the form", async () => {
    const house = await aHouse();
    const body = JSON.parse(
      new URLSearchParams(connectBytes(house, "a-key-of-burki")).get("payload") ?? "",
    );
    const theirs = {
      ...body,
      team: { id: "T0ACMECORP" },
      user: { id: people.sam, team_id: "T0ACMECORP" },
      view: { ...body.view, app_installed_team_id: house.workspace },
    };
    const answer = await house.slack.send({ body: interaction(theirs) });
    expect(answer.body).toContain("Only admins may do this");
    const rows = (workspace: string) =>
      house.world.store.read((q) => listConnections(q, workspace));
    expect(await rows(house.workspace)).toMatchObject([{ name: "burki", version: 1 }]);
    expect(await rows("T0ACMECORP")).toEqual([]);
  });
});

describe("a command that opens a form", () => {
  it("is answered in words when it names no vendor that we know", async () => {
    const house = await aHouse();
    await house.slack.typeCommand("dee", outreach, "/campaign connect nosuchvendor");
    await settled(house);
    expect(told(house, "dee")).toContain("is not a vendor I know");
    expect(house.slack.views("dee")).toEqual([]);
  });

  it("says so when Slack's three seconds were over before it could", async () => {
    const house = await aHouse();
    house.slack.faults.set({ method: "views.open", error: "expired_trigger_id", times: 1 });
    await house.slack.typeCommand("dee", outreach, "/campaign connect burki");
    await settled(house);
    expect(told(house, "dee")).toContain("Please try again");
  });

  it("says nothing to somebody who closed it while it was loading", async () => {
    const house = await aHouse();
    house.slack.faults.set({ method: "views.update", error: "not_found", times: 1 });
    await house.slack.typeCommand("dee", outreach, "/campaign connect burki");
    await settled(house);
    expect(house.slack.ephemerals("dee")).toEqual([]);
    expect(house.slack.calls().filter(({ method }) => method === "views.open")).toHaveLength(1);
  });

  it("says in the form that Slack could not tell who it is", async () => {
    const house = await aHouse();
    house.slack.faults.set({ method: "users.info", status: 500 });
    await house.slack.typeCommand("dee", outreach, "/campaign connect burki");
    await settled(house);
    expect(textOf(house.slack.views("dee").at(-1))).toContain(
      "Slack could not tell us who you are",
    );
  });
});

describe("an answer for one person", () => {
  it("comes in the channel when the response URL does not work", async () => {
    const house = await aHouse();
    house.slack.faults.set({ method: "response_url", error: "expired_url", status: 404 });
    await house.slack.typeCommand("ana", outreach, "/campaign help");
    await settled(house);
    expect(
      house.slack.calls().filter(({ method }) => method === "chat.postEphemeral"),
    ).toHaveLength(1);
    expect(told(house, "ana")).not.toBe("");
  });

  it("comes as a direct message when the channel is closed to us too", async () => {
    const house = await aHouse();
    house.slack.faults.set({ method: "response_url", error: "expired_url", status: 404 });
    await house.slack.typeCommand("ana", "C0GENERAL1", "/campaign help");
    await settled(house);
    expect(house.slack.messages("@ana")).toHaveLength(1);
  });
});
