import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Rule, rule } from "../../src/domain/policy.ts";
import { moveRule } from "../../src/domain/policy-edit.ts";
import { loadPolicy } from "../../src/flows/load-policy.ts";
import { editDraft, openDraft } from "../../src/flows/policy-draft.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { actionIds, numbered } from "../../src/slack/cards/ids.ts";
import { interaction } from "../slack/a-receiver.ts";
import { hour, type Journey, settled, startJourney, textOf } from "../support/journey.ts";

const [ana, ben, dee, marketing] = ["U0ANA00001", "U0BEN00002", "U0DEE00004", "S0MARKETNG"];
const resumes = rule(
  "resumes need marketing",
  { action: ["resume"] },
  {
    approve: { from: [marketing, ben] },
  },
);
const pauses = rule("anybody pauses", { action: ["pause"] }, "allow");
const gone = "This draft is no longer there";
const notAdmin = "Only admins may do this, and you are not one.";
const moved = "The draft has changed since you looked";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ connected: ["burki"] });
});
beforeEach(async () => {
  await journey.begins();
  await saves(resumes, pauses);
  await journey.types("dee", "policy");
});
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

function saves(...rules: Rule[]) {
  const { world, workspace } = journey.house;
  return applyPolicy(world, { workspace, policy: { version: 1, rules }, by: "the test" });
}

/** What is on top in front of Dee. */
function shown() {
  const view = journey.house.slack.views("dee").at(-1);
  if (!view) throw new Error("no view is open");
  return view;
}
const words = () => textOf(shown());

async function presses(action: keyof typeof actionIds, at?: number, selected?: string) {
  const id = at === undefined ? actionIds[action] : numbered(actionIds[action], at);
  await journey.house.slack.press("dee", { viewId: shown().id }, id, undefined, selected);
  await settled(journey.house);
}
const picks = (deed: string, at: number) =>
  presses("policyRule", at, `${deed}:${at}:${shown().privateMetadata.split(" ")[1]}`);
const sends = (values: Record<string, string | string[]> = {}) =>
  journey.house.slack.submit("dee", shown().id, values);

/** Dee's draft changes elsewhere: the second rule goes first. */
async function draftMoves() {
  const { world, workspace } = journey.house;
  const draft = await openDraft(world, workspace, dee);
  await editDraft(world, draft, draft.revision, (policy) => moveRule(policy, 1, -1));
}
function deeIsNoAdmin() {
  const person = journey.house.slack.people.find(({ id }) => id === dee);
  if (person) person.isAdmin = false;
}
async function aDayPasses() {
  await journey.passes(13 * hour);
  await journey.passes(13 * hour);
}

/** A form is filled in with these: each of the three that stand on top of the list. */
const forms = [
  ["policyAdd", "name", { name: "no", outcome: "deny" }],
  ["policyImport", "yaml", { yaml: "version: 1\nrules: []\n" }],
] as const;

describe("a press in a list of rules", () => {
  it("of a draft that is a day old does nothing, and says so", async () => {
    await aDayPasses();
    await presses("policyAdd");
    expect(words()).toContain(gone);
    await journey.house.slack.closeView("dee", shown().id);
    await picks("up", 1);
    expect(words()).toContain(gone);
  });

  it("by somebody who stopped being an admin does nothing, and says so", async () => {
    deeIsNoAdmin();
    await presses("policyExport");
    expect(words()).toContain(notAdmin);
    await journey.house.slack.closeView("dee", shown().id);
    await picks("up", 1);
    expect(words()).toContain(notAdmin);
    expect(words()).not.toContain("anybody pauses");
  });

  it("opens no rule of a draft that has changed since", async () => {
    await draftMoves();
    await picks("edit", 0);
    expect(words()).toContain(moved);
  });

  it("opens no rule that says more than a form can hold, and says what to do", async () => {
    const long = Array.from({ length: 60 }, (_, at) => `${"c".repeat(60)}${at}`);
    await saves(rule("long", { connection: long }, "deny"));
    await journey.types("dee", "policy");
    await picks("edit", 0);
    expect(words()).toContain("This rule says more than a form can hold. Nothing was changed.");
  });

  it("turns the pages of a long policy, there and back", async () => {
    const many = Array.from({ length: 60 }, (_, at) => rule(`rule no. ${at + 1}`, {}, "deny"));
    await saves(...many);
    await journey.types("dee", "policy");
    expect(words()).not.toContain("60. rule no. 60");
    await presses("policyPage", 1);
    await presses("policyPage", 0);
    expect(words()).toContain("1. rule no. 1:");
  });

  it("keeps what a rule says when another outcome is chosen for it", async () => {
    await picks("edit", 0);
    await presses("policyThen", undefined, "approve2");
    expect(words()).toContain("Step 2, who decides: people");
    expect((await sends({ step2_others: "admins" })).errors).toBe(undefined);
    expect(words()).toContain("1. resumes need marketing: resume by anyone needs");
  });
});

describe("a form on top of the list", () => {
  it.each(forms)(
    "puts nothing into a draft that has changed since: %s",
    async (button, field, filled) => {
      await presses(button);
      await draftMoves();
      const { errors } = await sends(filled);
      expect(errors?.[field]).toMatch(/changed since you looked|no longer there/);
      expect(shown().callbackId).not.toBe("policy_modal");
    },
  );

  it.each(forms)(
    "takes nothing from somebody who stopped being an admin: %s",
    async (button, field, filled) => {
      await presses(button);
      deeIsNoAdmin();
      expect((await sends(filled)).errors?.[field]).toContain(notAdmin);
      const { world, workspace } = journey.house;
      expect((await openDraft(world, workspace, dee)).policy.rules).toEqual([resumes, pauses]);
    },
  );

  it("changes the draft also where the list under it was closed", async () => {
    await presses("policyAdd");
    journey.house.slack.faults.set({ method: "views.update", error: "not_found", times: 1 });
    expect((await sends({ name: "no", outcome: "deny" })).errors).toBe(undefined);
    const { world, workspace } = journey.house;
    expect((await openDraft(world, workspace, dee)).policy.rules).toHaveLength(3);
  });
});

describe("a saved policy that cannot be read", () => {
  it("is said to be so, and saving another one mends it", async () => {
    const { world, workspace } = journey.house;
    const { version } = await loadPolicy(world, workspace);
    const at = { workspace, version: version + 1, savedAt: world.now(), savedBy: "another hand" };
    await world.store.write((q) => q.insert(q.t.policies).values({ ...at, document: {} }));
    await journey.types("dee", "policy");
    expect(words()).toContain("The saved policy cannot be read, so everything is denied.");
    await presses("policyImport");
    await sends({ yaml: "version: 1\nrules:\n  - name: all\n    when: {}\n    then: allow\n" });
    await presses("policySave");
    await sends();
    expect(await loadPolicy(world, workspace)).toMatchObject({
      version: version + 2,
      policy: { rules: [{ name: "all" }] },
    });
  });
});

describe("What if?", () => {
  async function asks(values: Record<string, string | string[]> = {}) {
    const { slack } = journey.house;
    const [spring] = await slack.suggest("dee", shown().id, actionIds.campaigns, "spring");
    const sent = await sends({ who: ana, what: "resume", which: [spring?.value ?? ""], ...values });
    return sent.errors;
  }

  it("says who would be asked, and of a time in words when that would be", async () => {
    await presses("policyWhatIf");
    expect(await asks({ at: "tomorrow 9:00" })).toBe(undefined);
    expect(words()).toContain("rule “resumes need marketing”");
  });

  it("answers nothing to somebody who stopped being an admin, nor of a draft that is gone", async () => {
    await presses("policyWhatIf");
    await aDayPasses();
    expect((await asks())?.who).toContain(gone);
    deeIsNoAdmin();
    expect((await asks())?.who).toContain(notAdmin);
  });

  it("says that Slack could not say who somebody is, beside their name", async () => {
    await presses("policyWhatIf");
    const { faults } = journey.house.slack;
    faults.set({ method: "users.info", user: "ana", error: "internal_error" });
    expect((await asks())?.who).toBe("Slack could not say just now who this is.");
    faults.set(null);
  });

  it("says which field names a campaign that its platform did not tell of in time", async () => {
    await presses("policyWhatIf");
    const { slack, vendors, world } = journey.house;
    const [spring] = await slack.suggest("dee", shown().id, actionIds.campaigns, "spring");
    vendors.burki.faults.set({ kind: "status", status: 503 });
    world.recentLists.clear();
    const sent = await sends({ who: ana, what: "resume", which: [spring?.value ?? ""] });
    expect(sent.errors?.which).toBe("One of these could not be read. Choose again.");
  });
});

describe("what did not come from a view of ours as it stands", () => {
  const text = (value: string) => ({ value: { type: "plain_text_input", value } });
  const option = (value: string) => ({ type: "static_select", selected_option: { value } });
  const from = () => {
    const { workspace } = journey.house;
    return { team: { id: workspace }, user: { id: dee, team_id: workspace } };
  };

  /** What is told beside the fields of a form with these values, which says that it stands in this place. */
  async function submits(callback: string, place: string, values: object): Promise<unknown> {
    const view = { id: "V1", callback_id: callback, private_metadata: place, state: { values } };
    const body = interaction({ type: "view_submission", ...from(), view });
    return JSON.parse((await journey.house.slack.send({ body })).body).errors;
  }

  const deny = { name: text("no"), outcome: { [actionIds.policyThen]: option("deny") } };
  const yaml = { yaml: text("version: 1\nrules: []\n") };
  const wish = {
    who: { value: { type: "users_select", selected_user: ana } },
    what: { value: option("pause") },
    which: { [actionIds.campaigns]: { type: "x", selected_options: [{ value: "con_1:42" }] } },
  };
  it.each([
    ["policy_rule_modal", "name", deny, moved],
    ["policy_import_modal", "yaml", yaml, gone],
    ["policy_what_if_modal", "who", wish, gone],
  ])("is refused in words: %s of no draft of ours", async (callback, field, values, told) => {
    for (const place of ["", "nonsense", "drf_none 0 0 - -1"])
      expect(await submits(callback, place, values)).toEqual({
        [field]: expect.stringContaining(told),
      });
    const { world, workspace } = journey.house;
    expect((await openDraft(world, workspace, dee)).revision).toBe(0);
  });

  it("is told of every field in which nothing was chosen", async () => {
    expect(await submits("policy_what_if_modal", shown().privateMetadata, {})).toEqual({
      who: "Choose somebody.",
      what: "Choose what they would do.",
      which: "Choose at least one campaign.",
    });
  });

  it.each([
    ["a button", { type: "button", action_id: "policy_page:0", value: "0" }],
    ["a menu", { type: "overflow", action_id: "policy_rule:0", selected_option: null }],
    ["a button for a form", { type: "button", action_id: "policy_add" }],
    ["a choice", { type: "radio_buttons", action_id: "policy_then" }],
  ])("does nothing: %s in a view that says nothing of a draft", async (_name, action) => {
    const { slack } = journey.house;
    const before = words();
    for (const view of [undefined, { id: shown().id, callback_id: "x", private_metadata: "" }]) {
      const actions = [{ block_id: "b", ...action }];
      const body = interaction({
        type: "block_actions",
        ...from(),
        view,
        actions,
        trigger_id: "1.2",
      });
      expect((await slack.send({ body })).status).toBe(200);
      await settled(journey.house);
    }
    expect(words()).toBe(before);
    expect(slack.views("dee")).toHaveLength(1);
  });
});

describe("Replay", () => {
  it("counts with who is in the user groups now", async () => {
    await journey.types("ana", "pause burki:42");
    await presses("policyReplay");
    expect(words()).toContain("on 1 change of the last 90 days");
  });

  it("replays nothing while Slack cannot say who is in a user group, and says so", async () => {
    await saves(pauses);
    await journey.types("dee", "policy");
    await presses("policyAdd");
    await sends({ name: "new", outcome: "approve1", step1_others: marketing });
    await journey.passes(2 * 60_000);
    const { faults } = journey.house.slack;
    faults.set({ method: "usergroups.users.list", error: "internal_error" });
    await presses("policyReplay");
    expect(words()).toContain("Slack could not say just now who is in the policy's user groups");
    faults.set(null);
  });
});
