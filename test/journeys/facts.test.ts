import { afterEach, beforeEach, expect, it } from "vitest";
import { type Policy, rule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { type Journey, settled, startJourney } from "../support/journey.ts";

const marketing = "S0MARKETNG";
let journey: Journey;
beforeEach(async () => {
  journey = await startJourney({ connected: ["burki"] });
});
afterEach(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

async function saves(...rules: Policy["rules"]): Promise<void> {
  const { world, workspace } = journey.house;
  await applyPolicy(world, { workspace, policy: { version: 1, rules }, by: "U0DEE00004" });
}

it("somebody whose ornaments are null pauses like anybody else, by the offset of their clock", async () => {
  const { slack, workspace } = journey.house;
  const user = { id: "U0ANA00001", team_id: workspace, tz: null, tz_offset: 7_200, profile: null };
  slack.faults.set({ method: "users.info", body: { ok: true, user } });
  const { told } = await journey.types("ana", "pause burki:42 for 2h");
  expect(told).toContain("your time zone could not be read from Slack");
  expect((await journey.untilEnded()).state).toBe("done");
});

it("members who were seen a short while ago pause while Slack says of nobody who they are, and end nothing", async () => {
  await journey.types("ana", "status");
  journey.house.slack.faults.set({ method: "users.info", error: "internal_error" });
  await journey.types("ana", "pause burki:42");
  expect((await journey.change()).action).toBe("pause");
  const { told } = await journey.types("ana", "cancel burki:7");
  expect(told).toContain("Slack could not tell us who you are just now");
  expect(await journey.changes()).toHaveLength(1);
});

it("whoever was taken out of the group a moment ago approves nothing", async () => {
  await saves(
    rule("agreed", { action: ["resume"] }, { approve: { from: [marketing] } }),
    rule("rest", {}, "allow"),
  );
  await journey.types("ana", "resume burki:7 because the price is right");
  const group = journey.house.slack.groups.find(({ id }) => id === marketing) as unknown as {
    users: string[];
  };
  group.users = group.users.filter((id) => id !== "U0BEN00002");
  await journey.presses("ben", "Approve");
  expect((await journey.change()).votes).toEqual([]);
});

it("a group that cannot be read locks out nobody who does not need it, and doctor names it", async () => {
  await saves(
    rule("marketing", { action: ["cancel"], requester: [marketing] }, "allow"),
    rule("rest", { action: ["pause", "stop"] }, "allow"),
  );
  journey.house.slack.faults.set({
    method: "usergroups.users.list",
    error: "plan_upgrade_required",
  });
  const { told } = await journey.types("ana", "cancel burki:7");
  expect(told).toContain("could not read the user group");
  await journey.types("ana", "pause burki:42");
  expect((await journey.untilEnded()).state).toBe("done");
  const doctor = await journey.types("dee", "doctor");
  expect(doctor.told).toContain("User groups need a paid plan of Slack.");
});

it("a guest is refused before the platform is read, in the same words for what is there and what is not", async () => {
  const { burki } = journey.house.vendors;
  const read = burki.log().length;
  const there = await journey.types("gus", "pause burki:42");
  const nowhere = await journey.types("gus", "pause burki:99999");
  expect(there.told).toContain("Guests of this workspace may not pause campaigns here.");
  expect(nowhere.told).toBe(there.told);
  await settled(journey.house);
  expect(burki.log()).toHaveLength(read);
});
