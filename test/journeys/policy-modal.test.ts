import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rule } from "../../src/domain/policy.ts";
import { moveRule } from "../../src/domain/policy-edit.ts";
import { loadPolicy } from "../../src/flows/load-policy.ts";
import { editDraft, openDraft } from "../../src/flows/policy-draft.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { actionIds, numbered } from "../../src/slack/cards/ids.ts";
import { verifyAudit } from "../../src/store/verify-audit.ts";
import { modalFaults } from "../support/block-kit.ts";
import { type Cast, type Journey, settled, startJourney, textOf } from "../support/journey.ts";

const ids = { ana: "U0ANA00001", ben: "U0BEN00002", chi: "U0CHI00003", dee: "U0DEE00004" };
const needsBen = rule("resumes need Ben", { action: ["resume"] }, { approve: { from: [ids.ben] } });
const pauses = rule("anybody pauses", { action: ["pause"] }, "allow");

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ connected: ["burki"] });
});
beforeEach(async () => {
  await journey.begins();
  await saves(needsBen, pauses);
});
afterEach(async () => {
  expect((await verifyAudit(journey.house.world.store)).ok).toBe(true);
});
afterAll(() => journey.ends());

const inForce = () => loadPolicy(journey.house.world, journey.house.workspace);
function saves(...rules: (typeof pauses)[]) {
  const { world, workspace } = journey.house;
  return applyPolicy(world, { workspace, policy: { version: 1, rules }, by: "the test" });
}

/** What is on top in front of that person; Slack would have taken every view of it. */
function shown(person: Cast = "dee") {
  const view = journey.house.slack.views(person).at(-1);
  if (!view) throw new Error(`${person} has no view open`);
  const { raw } = view as unknown as { raw: unknown };
  expect(modalFaults(raw)).toEqual([]);
  return view;
}
const words = (person: Cast = "dee") => textOf(shown(person));

async function opens(person: Cast = "dee") {
  await journey.types(person, "policy");
  return shown(person);
}

/** Presses something in the view on top, by its action. */
async function presses(action: keyof typeof actionIds, at?: number, selected?: string) {
  const id = at === undefined ? actionIds[action] : numbered(actionIds[action], at);
  const place = { viewId: shown().id };
  await journey.house.slack.press("dee", place, id, undefined, selected);
  await settled(journey.house);
}

async function picks(deed: string, at: number) {
  const { privateMetadata } = shown();
  const revision = privateMetadata.split(" ")[1];
  await presses("policyRule", at, `${deed}:${at}:${revision}`);
}

const sends = (values: Record<string, string | string[] | null> = {}) =>
  journey.house.slack.submit("dee", shown().id, values);

async function savesDraft() {
  await presses("policySave");
  const sent = await sends();
  expect(sent.errors).toBeUndefined();
}

describe("/campaign policy", () => {
  it("shows an admin the rules in order, in words", async () => {
    const view = await opens();
    expect(view.title).toBe("Policy");
    expect(words()).toContain(`1. resumes need Ben: resume by anyone needs 1 of <@${ids.ben}>`);
    expect(words()).toContain("2. anybody pauses: pause by anyone is allowed.");
    expect(words()).toContain("What you change here holds only after you press Save.");
  });

  it("shows the others the same to read, and no form", async () => {
    const { told } = await journey.types("ana", "policy");
    expect(told).toContain("resumes need Ben");
    expect(journey.house.slack.views("ana")).toEqual([]);
  });

  it("adds a rule, which holds once it is saved and not before", async () => {
    await opens();
    await presses("policyAdd");
    const sent = await sends({
      name: "no cancels",
      action: ["cancel"],
      campaign: "Spring*\nKYC",
      outcome: "deny",
    });
    expect(sent.errors).toBeUndefined();
    expect(words()).toContain("3. no cancels: cancel of Spring∗ or KYC by anyone is denied");
    expect(words()).toContain("This is your draft, and it is not saved.");
    expect((await inForce()).policy.rules).toEqual([needsBen, pauses]);
    const { version } = await inForce();
    await presses("policySave");
    expect(words()).toContain("*Added:* no cancels");
    await sends();
    expect(journey.house.slack.views("dee")).toEqual([]);
    const after = await inForce();
    expect(after.version).toBe(version + 1);
    expect(after.policy.rules.at(-1)).toEqual(
      rule("no cancels", { action: ["cancel"], campaign: ["Spring*", "KYC"] }, "deny"),
    );
  });

  it("edits, moves and removes rules", async () => {
    await opens();
    await picks("up", 1);
    expect(words()).toMatch(/1\. anybody pauses[\s\S]*2\. resumes need Ben/);
    await picks("remove", 0);
    expect(words()).not.toContain("anybody pauses");
    await picks("edit", 0);
    expect(shown().title).toBe("Rule 1");
    await sends({ step1_people: [ids.ben, ids.chi], step1_count: "2", expires: "4h" });
    await savesDraft();
    expect((await inForce()).policy.rules).toEqual([
      rule(
        "resumes need Ben",
        { action: ["resume"] },
        { approve: { from: [ids.ben, ids.chi], count: 2 }, expires: "4h" },
      ),
    ]);
  });

  it("shows the fields of another outcome, and keeps what was typed", async () => {
    await opens();
    await presses("policyAdd");
    const { id } = shown();
    const typed = { name: "two pairs of eyes" };
    await journey.house.slack.press(
      "dee",
      { viewId: id },
      actionIds.policyThen,
      "outcome",
      "approve2",
      typed,
    );
    await settled(journey.house);
    expect(words()).toContain("Step 2, who decides: people");
    const sent = await sends({ step1_people: [ids.ben], step2_others: "admins", remind: "1h, 3h" });
    expect(sent.errors).toBeUndefined();
    expect(words()).toContain(`3. two pairs of eyes: anything by anyone needs 1 of <@${ids.ben}>`);
  });

  it("tells what is wrong beside its field, and loses nothing", async () => {
    await opens();
    await presses("policyAdd");
    const { errors } = await sends({
      name: "odd",
      outcome: "approve1",
      step1_people: [ids.ben],
      step1_count: "2",
      expires: "soon",
      min: "many",
      from: "9",
    });
    expect(errors).toMatchObject({
      step1_count: "This asks for more people than `from` names.",
      expires: expect.stringContaining("This must be a duration such as"),
      min: "This must be a whole number.",
      zone: expect.stringContaining("is missing"),
    });
    expect((await sends({ step1_count: null, expires: "2h", min: null, from: null })).errors).toBe(
      undefined,
    );
    expect(words()).toContain("3. odd:");
  });

  it("keeps a draft that was closed, until it is thrown away", async () => {
    await opens();
    await picks("remove", 1);
    await journey.house.slack.closeView("dee", shown().id);
    await opens();
    expect(words()).not.toContain("anybody pauses");
    await presses("policyAnew");
    expect(words()).toContain("anybody pauses");
  });

  it("does nothing on a press in a list that is out of date, and says so", async () => {
    await opens();
    const { world, workspace } = journey.house;
    const draft = await openDraft(world, workspace, ids.dee);
    await editDraft(world, draft, 0, (policy) => moveRule(policy, 0, 1));
    await picks("remove", 0);
    expect(words()).toContain("The draft had changed when you pressed, so nothing was done.");
    expect(words()).toMatch(/1\. anybody pauses[\s\S]*2\. resumes need Ben/);
  });
});

describe("trying a draft out", () => {
  it("says what would happen if somebody asked", async () => {
    await opens();
    await presses("policyWhatIf");
    const { id } = shown();
    const [spring] = await journey.house.slack.suggest("dee", id, actionIds.campaigns, "spring");
    const sent = await sends({ who: ids.ana, what: "resume", which: [spring?.value ?? ""] });
    expect(sent.errors).toBeUndefined();
    expect(words()).toContain("*It would need approval within 8h* (rule “resumes need Ben”)");
    expect(words()).toContain(`1 from <@${ids.ben}> (not <@${ids.ana}>, who asked)`);
    await sends({ who: ids.ben });
    expect(words()).toContain(`besides <@${ids.ben}> too few people could give it`);
    await sends({ what: "cancel" });
    expect(words()).toContain("no rule lets them do this");
    expect((await sends({ at: "never" })).errors?.at).toContain("not a time I can read");
    expect(await journey.changes()).toEqual([]);
  });

  it("replays it over past changes", async () => {
    await journey.types("ana", "pause burki:42");
    await opens();
    await picks("remove", 1);
    await presses("policyReplay");
    expect(words()).toContain("on 1 change of the last 90 days");
    expect(words()).toContain("*denied, was allowed* (no rule fits)");
  });

  it("exports it as a file, and takes one in its place", async () => {
    await opens();
    await presses("policyExport");
    expect(words()).toContain("name: resumes need Ben");
    await journey.house.slack.closeView("dee", shown().id);
    await presses("policyImport");
    const bad = await sends({
      yaml: "version: 1\nrules:\n  - name: x\n    when: {}\n    then: dney\n",
    });
    expect(bad.errors?.yaml).toContain("Line 5: rules[0].then must be");
    await sends({ yaml: "version: 1\nrules:\n  - name: nothing\n    when: {}\n    then: deny\n" });
    expect(words()).toContain("1. nothing: anything by anyone is denied");
    await savesDraft();
    expect((await inForce()).policy.rules).toEqual([rule("nothing", {}, "deny")]);
  });
});

describe("saving a draft", () => {
  const people = () => journey.house.slack.people;

  it("is refused with names where too few could decide", async () => {
    const ben = people().find(({ name }) => name === "ben");
    if (ben) ben.deleted = true;
    await opens();
    await picks("up", 1);
    await presses("policySave");
    expect(words()).toContain("*Nothing was saved.*");
    expect(words()).toContain(
      `“resumes need Ben” asks for one person, and nobody could decide: <@${ids.ben}> is deactivated.`,
    );
    expect(shown().submit).toBeUndefined();
  });

  it("is refused where Slack cannot say who is there", async () => {
    await opens();
    await picks("up", 1);
    journey.house.slack.faults.set({ method: "users.info", user: "ben", error: "internal_error" });
    await presses("policySave");
    expect(words()).toContain("Slack could not say just now who is still there");
    journey.house.slack.faults.set(null);
  });

  it("tells of somebody who was faster, and loses nothing", async () => {
    await opens();
    await picks("remove", 1);
    await presses("policySave");
    const version = await saves(needsBen, pauses, rule("more", {}, "allow"));
    await sends();
    expect(words()).toContain(`saved version ${version}`);
    expect((await inForce()).version).toBe(version);
    await sends();
    expect((await inForce()).policy.rules).toEqual([needsBen]);
  });

  it("is refused to somebody who stopped being an admin meanwhile", async () => {
    await opens();
    await picks("remove", 1);
    await presses("policySave");
    const dee = people().find(({ name }) => name === "dee");
    if (dee) dee.isAdmin = false;
    await sends();
    expect(words()).toContain("Only admins may do this, and you are not one.");
    expect((await inForce()).policy.rules).toEqual([needsBen, pauses]);
  });
});

describe("somebody who would approve their own wish", () => {
  it("C18: cannot by writing themselves into the policy afterwards", async () => {
    await journey.types("ana", "pause burki:42");
    await journey.untilEnded();
    await journey.types("dee", "resume burki:42");
    const mine = { approve: { from: [ids.dee, ids.ben], self: true } };
    await saves(rule("resumes need Ben", { action: ["resume"] }, mine), pauses);
    const { told } = await journey.presses("dee", "Approve");
    expect(told).toContain("You asked for this, so somebody else has to decide.");
    expect((await journey.change()).state).toBe("waiting");
  });

  it("C18: is refused at once where they are the only one who could", async () => {
    await journey.types("ana", "pause burki:42");
    await journey.untilEnded();
    const { told } = await journey.types("ben", "resume burki:42");
    expect(told).toContain("Too few people can approve this besides you");
  });
});
