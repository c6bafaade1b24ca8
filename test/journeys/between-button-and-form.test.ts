import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rule, type StepRule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { interaction } from "../slack/a-receiver.ts";
import { type Cast, hour, type Journey, startJourney } from "../support/journey.ts";

const [ben, chi, dee] = ["U0BEN00002", "U0CHI00003", "U0DEE00004"];
const [whoTheyAre, whoAsked] = [
  "Slack could not tell us who you are just now",
  "Slack could not say just now who asked for this",
];
let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ connected: ["burki"] });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

function saves(...rules: ReturnType<typeof rule>[]) {
  const { world, workspace } = journey.house;
  return applyPolicy(world, { workspace, policy: { version: 1, rules }, by: "the test" });
}

/** What happens while Slack cannot say who this person is. */
async function unknown<T>(name: Cast, work: () => Promise<T>): Promise<T> {
  const { faults } = journey.house.slack;
  faults.set({ method: "users.info", user: name, error: "internal_error" });
  const result = await work();
  faults.set(null);
  return result;
}

/** Presses, and gives the form that opened. */
async function opens(name: Cast, label: "Deny" | "Reverse") {
  await journey.presses(name, label, journey.cards()[0]);
  const form = journey.house.slack.views(name).at(-1);
  if (!form) throw new Error("no form opened");
  return form.id;
}

async function sends(name: Cast, form: string): Promise<string | undefined> {
  const sent = await journey.house.slack.submit(name, form, { reason: "the price was right" });
  return sent.errors?.reason;
}

/** The same form with the id of a change that is not known here. */
async function sendsForNone(callback: string): Promise<string> {
  const { slack, workspace } = journey.house;
  const values = { reason: { value: { type: "plain_text_input", value: "x" } } };
  const view = { id: "V1", callback_id: callback, private_metadata: "chg_none", state: { values } };
  const user = { id: dee, team_id: workspace };
  const team = { id: workspace };
  const body = interaction({ type: "view_submission", team, user, view });
  return JSON.stringify(await slack.send({ body }));
}

describe("a change that waits", () => {
  const waitsFor = async (...approve: StepRule[]) => {
    await saves(rule("they agree", { action: ["resume"] }, { approve, expires: "4h" }));
    await journey.types("ana", "resume burki:7 because the price is right");
  };

  it("counts nothing while Slack cannot say who asked for it", async () => {
    await waitsFor({ from: [ben] });
    for (const label of ["Approve", "Deny"]) {
      const { told } = await unknown("ana", () => journey.presses("ben", label));
      expect(told).toContain(whoAsked);
    }
    expect(journey.house.slack.views("ben")).toEqual([]);
    expect(await journey.change()).toMatchObject({ state: "waiting", votes: [] });
  });

  it("is not approved anyway while Slack cannot say who asked for it", async () => {
    await waitsFor({ from: [ben] });
    journey.house.vendors.burki.setWord("7", "completed");
    const { message } = await journey.presses("ben", "Approve");
    const { told } = await unknown("ana", () => journey.presses("ben", "Approve anyway", message));
    expect(told).toContain(whoAsked);
    expect(await journey.change()).toMatchObject({ state: "waiting", votes: [] });
  });

  it("is not denied by a form while Slack cannot say who is who, and is once it can", async () => {
    await waitsFor({ from: [ben] });
    const form = await opens("ben", "Deny");
    expect(await unknown("ben", () => sends("ben", form))).toContain(whoTheyAre);
    expect(await unknown("ana", () => sends("ben", form))).toContain(whoAsked);
    expect((await journey.change()).state).toBe("waiting");
    expect(await sends("ben", form)).toBe(undefined);
    expect((await journey.change()).state).toBe("denied");
  });

  it("is not denied by somebody who has left the group that was asked since the form opened", async () => {
    await waitsFor({ from: ["S0MARKETNG"] });
    const form = await opens("ben", "Deny");
    const group = journey.house.slack.groups.find(({ id }) => id === "S0MARKETNG");
    if (group) group.users = [chi];
    journey.clock.advance(61_000);
    const reason = await sends("ben", form);
    expect(reason).toContain("The policy asks other people to decide this.");
    expect(reason).toContain("@marketing");
    expect((await journey.change()).state).toBe("waiting");
  });

  it("is not denied by a form that comes after its time, nor approved by a press", async () => {
    await waitsFor({ from: [ben] });
    const form = await opens("ben", "Deny");
    journey.clock.advance(4 * hour);
    const { told } = await journey.presses("ben", "Approve");
    expect(told).toContain("so it expired");
    expect(await sends("ben", form)).toContain("so it expired");
    expect((await journey.change()).votes).toEqual([]);
  });

  it("is not known to a form of another one", async () => {
    await waitsFor({ from: ["admins"] });
    expect(await sendsForNone("deny_reason_modal")).toContain("This change is not known here.");
    expect((await journey.change()).state).toBe("waiting");
  });

  it("says how many more are needed", async () => {
    await waitsFor({ from: [ben, chi, dee], count: 3 });
    expect((await journey.presses("ben", "Approve")).told).toContain("2 more are needed.");
    expect((await journey.presses("chi", "Approve")).told).toContain("1 more is needed.");
  });
});

describe("a pause that acted first", () => {
  beforeEach(async () => {
    const ratify = { from: ["S0MARKETNG", dee], within: "1h", otherwise: "keep" as const };
    await saves(rule("act first", { action: ["pause"] }, { ratify }));
    await journey.types("ana", "pause burki:42 because wrong price");
    await journey.untilEnded(1_000);
  });
  const answered = async () => (await journey.change()).ratified;

  it("is answered for by nobody while Slack cannot say who asked for it", async () => {
    for (const label of ["Ratify", "Reverse"]) {
      const { told } = await unknown("ana", () => journey.presses("ben", label));
      expect(told).toContain(whoAsked);
    }
    expect(journey.house.slack.views("ben")).toEqual([]);
    expect(await answered()).toBe(undefined);
  });

  it("is not reversed by a form while Slack cannot say who is who, and is once it can", async () => {
    const form = await opens("ben", "Reverse");
    expect(await unknown("ben", () => sends("ben", form))).toContain(whoTheyAre);
    expect(await unknown("ana", () => sends("ben", form))).toContain(whoAsked);
    expect(await answered()).toBe(undefined);
    expect(await sends("ben", form)).toBe(undefined);
    expect(await answered()).toMatchObject({ kind: "reversed", by: ben });
  });

  it("is not reversed by a form once somebody has ratified it", async () => {
    const form = await opens("ben", "Reverse");
    await journey.presses("dee", "Ratify", journey.cards()[0]);
    expect(await sends("ben", form)).toContain("already");
    expect(await answered()).toMatchObject({ kind: "ratified", by: dee });
    await journey.passes(10_000);
    expect(journey.word("burki", "42")).toBe("paused");
  });

  it("is not reversed by a form that comes after its time, and a press is told so", async () => {
    const form = await opens("ben", "Reverse");
    journey.clock.advance(hour);
    // The work that is due by then may have been faster; either way it is too late, and said so.
    expect(await sends("ben", form)).toMatch(
      /The time to answer for this is over\.|Nobody answered for this in time/,
    );
    const { told } = await journey.presses("ben", "Ratify", journey.cards()[0]);
    expect(told).toContain("Nobody answered for this in time, so it was kept as it is.");
    expect(await answered()).toMatchObject({ kind: "kept" });
  });

  it("is not reversed by somebody who has left the group that was asked since the form opened", async () => {
    const form = await opens("ben", "Reverse");
    const group = journey.house.slack.groups.find(({ id }) => id === "S0MARKETNG");
    if (group) group.users = [chi];
    journey.clock.advance(61_000);
    const reason = await sends("ben", form);
    expect(reason).toContain("The policy asks other people");
    expect(reason).toContain("@marketing or Dee Larsson");
    expect(await answered()).toBe(undefined);
  });

  it("is not known to a form of another one", async () => {
    expect(await sendsForNone("reverse_reason_modal")).toContain("This change is not known here.");
    expect(await answered()).toBe(undefined);
  });
});
