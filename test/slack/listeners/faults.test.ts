import { describe, expect, it } from "vitest";
import type { House } from "../../../sandbox/house.ts";
import { movedClock } from "../../../sandbox/moved-clock.ts";
import { listChanges } from "../../../src/store/changes.ts";
import { connectionByName } from "../../../src/store/connections.ts";
import { settled, textOf } from "../../support/journey.ts";
import { aHouse, clickBytes, commandBytes, connectBytes, outreach } from "./a-house.ts";

const sorry = "Something went wrong on our side. Nothing was changed, unless a card says so.";
const told = (house: House, person = "ana") =>
  house.slack.ephemerals(person).map(textOf).join("\n");
const changes = (house: House) =>
  house.world.store.read((q) => listChanges(q, { workspace: house.workspace, limit: 10 }));
/** Every job but those of the timetable, which come with the time of day. */
const jobs = async (house: House) => {
  const rows = await house.world.store.read((q) => q.select().from(q.t.jobs));
  return rows.filter(({ kind }) => kind !== "tidy");
};

/** From now on the database cannot be read, or cannot be written. */
function breaks({ world }: House, side: "read" | "write"): () => void {
  const whole = { [side]: world.store[side] };
  const broken = () => Promise.reject(new Error("disk I/O error"));
  Object.assign(world.store, { [side]: broken });
  return () => Object.assign(world.store, whole);
}

describe("when our own side breaks", () => {
  it("tells whoever typed a command, once it is given up", async () => {
    const house = await aHouse();
    const heal = breaks(house, "read");
    const delivery = await house.slack.typeCommand("ana", outreach, "/campaign pause burki:42");
    expect(delivery).toMatchObject({ status: 200, body: "" });
    await expect.poll(() => told(house), { timeout: 5_000 }).toContain(sorry);
    heal();
    await settled(house);
    expect(house.slack.ephemerals("ana")).toHaveLength(1);
    expect(await changes(house)).toEqual([]);
  });

  it("tells whoever pressed a button", async () => {
    const house = await aHouse();
    const heal = breaks(house, "read");
    await house.slack.send({ body: clickBytes(house, "review_approve", "chg_1") });
    await expect.poll(() => told(house), { timeout: 5_000 }).toContain(sorry);
    heal();
    await settled(house);
  });

  it("says at once that a command could not be written down", async () => {
    const house = await aHouse();
    const heal = breaks(house, "write");
    const delivery = await house.slack.typeCommand("ana", outreach, "/campaign pause burki:42");
    expect(delivery.status).toBe(200);
    expect(told(house)).toContain("nothing was done");
    expect(
      (await house.slack.send({ body: clickBytes(house, "review_approve", "x") })).status,
    ).toBe(503);
    heal();
    await settled(house);
    expect(house.vendors.burki.log().filter(({ changing }) => changing)).toEqual([]);
  });

  it("keeps a form open under a sentence", async () => {
    const house = await aHouse();
    const heal = breaks(house, "read");
    const answer = await house.slack.send({ body: connectBytes(house, "a-key-of-burki") });
    heal();
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ response_action: "push" });
    expect(answer.body).toContain("Something went wrong on our side");
  });

  it.each([
    ["no state", { state: undefined }],
    ["a state that is null", { state: null }],
    ["fields of no kind", { state: { values: { name: null } } }],
    ["a form of no vendor", { private_metadata: "nosuch C1" }],
    ["no metadata", { private_metadata: undefined }],
    ["another callback", { callback_id: "constructor" }],
    [
      "values of every other kind",
      { state: { values: { name: { value: { type: "x", value: {} } } } } },
    ],
  ])("answers a form with %s, and goes on", async (_name, parts) => {
    const house = await aHouse();
    const answer = await house.slack.send({ body: connectBytes(house, "a-key-of-burki", parts) });
    expect([200, 400]).toContain(answer.status);
    expect((await house.slack.typeCommand("ana", outreach, "/campaign help")).status).toBe(200);
  });
});

describe("the same bytes again", () => {
  it("A2: are answered and do nothing, also after a restart", async () => {
    const house = await aHouse();
    const request = {
      body: commandBytes(house, "pause burki:42"),
      timestamp: Math.floor(Date.now() / 1000),
    };
    expect((await house.slack.send(request)).status).toBe(200);
    await settled(house);
    const rows = await jobs(house);
    expect((await house.slack.send(request)).status).toBe(200);
    await house.restart();
    expect((await house.slack.send(request)).status).toBe(200);
    await settled(house);
    expect((await jobs(house)).length).toBe(rows.length);
    expect(await changes(house)).toHaveLength(1);
    expect(house.vendors.burki.log().filter(({ changing }) => changing)).toHaveLength(1);
  });

  it("A2: of a form store its key once, and bring no old one back", async () => {
    const house = await aHouse();
    const { apiKey = "" } = house.vendors.burki.secret;
    const timestamp = Math.floor(Date.now() / 1000);
    const request = { body: connectBytes(house, apiKey), timestamp };
    expect(await house.slack.send(request)).toMatchObject({ status: 200, body: "" });
    await house.restart();
    expect(await house.slack.send(request)).toMatchObject({ status: 200, body: "" });
    const stored = await house.world.store.read((q) =>
      connectionByName(q, house.workspace, "burki"),
    );
    expect(stored?.version).toBe(2);
  });
});

describe("an event that Slack delivers again", () => {
  it("A9: is worked once, at once, a minute later, five minutes later and after a restart", async () => {
    const clock = movedClock();
    const house = await aHouse({ now: clock.now });
    await house.slack.typeCommand("ana", outreach, "/campaign pause burki:42");
    await settled(house);
    const shared = { channel: outreach, connected_team_id: "T0ACMECORP" };
    const tell = async (retryNum?: number) => {
      const about = { eventId: "Ev0SAME0001", ...(retryNum && { retryNum }) };
      expect((await house.slack.event("channel_shared", shared, about)).status).toBe(200);
      await settled(house);
    };
    await tell();
    const rows = (await jobs(house)).length;
    const updates = () => house.slack.calls().filter(({ method }) => method === "chat.update");
    const drawn = updates().length;
    for (const [retryNum, waitMs] of [0, 60_000, 300_000].entries()) {
      clock.advance(waitMs);
      await tell(retryNum + 1);
    }
    await house.restart();
    await tell(3);
    expect((await jobs(house)).length).toBe(rows);
    expect(updates()).toHaveLength(drawn);
    expect(drawn).toBeGreaterThan(0);
  });
});

describe("a key that was typed into a form", () => {
  it("is in no row of the database, sealed or not at all", async () => {
    const house = await aHouse();
    const { apiKey = "" } = house.vendors.burki.secret;
    await house.slack.send({ body: connectBytes(house, apiKey) });
    await settled(house);
    expect(JSON.stringify(await jobs(house))).not.toContain(apiKey);
  });
});
