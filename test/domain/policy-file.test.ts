import { describe, expect, it } from "vitest";
import { builtInPolicy, rule, type Then } from "../../src/domain/policy.ts";
import { checkPolicy } from "../../src/domain/policy-file.ts";

const withRules = (...rules: unknown[]) => ({ version: 1, rules });
const allow = (when: unknown) => withRules({ ...rule("a", {}, "allow"), when });
const decide = (decision: unknown) => withRules(rule("a", {}, decision as Then));

function sentencesOf(document: unknown): string[] {
  const checked = checkPolicy(document);
  return checked.ok ? [] : checked.problems.map(({ sentence }) => sentence);
}

describe("checkPolicy", () => {
  it("accepts the built-in policy, which is a policy file like any other", () => {
    expect(checkPolicy(builtInPolicy)).toEqual({ ok: true, policy: builtInPolicy });
  });

  it("accepts everything that this version knows", () => {
    const policy = {
      version: 1,
      channel: "C0123456789",
      admins: ["U0AAAAAAA"],
      rules: [
        rule(
          "resumes need marketing",
          {
            action: ["resume", "cancel", "stop"],
            connection: ["sales-eu"],
            vendor: ["talkdesk"],
            campaign: ["Spring*"],
            requester: ["U0BBBBBBB", "S0CCCCCCC", "admins", "members", "guests"],
          },
          { approve: { from: ["S0CCCCCCC", "admins"], count: 2, self: true }, expires: "4h" },
        ),
        rule("nothing else", {}, "deny"),
      ],
    };
    expect(checkPolicy(policy)).toEqual({ ok: true, policy });
  });

  it("takes a single value for a list of one, and a number for a campaign id", () => {
    expect(checkPolicy(allow({ action: "pause", campaign: 42 }))).toMatchObject({
      policy: { rules: [{ when: { action: ["pause"], campaign: ["42"] } }] },
    });
  });

  it("points at the place of a problem", () => {
    expect(checkPolicy({ ...withRules(), version: 2 })).toEqual({
      ok: false,
      problems: [{ path: "version", keys: ["version"], sentence: "version must be 1." }],
    });
  });

  it.each([
    [null, "The policy must have version and rules."],
    ["version: 1", "The policy must have version and rules."],
    [{ version: 1 }, "rules is missing."],
    [{ ...withRules(), rulez: [] }, "rulez is not something this version knows."],
    [withRules("pause"), "rules[0] must have name, when and then."],
    [withRules({ name: "a", when: {} }), "rules[0].then is missing."],
    [withRules({ ...rule("", {}, "allow") }), "rules[0].name is empty."],
    [
      withRules({ ...rule("x".repeat(81), {}, "allow") }),
      "rules[0].name is longer than 80 characters.",
    ],
    [allow({ weather: "fine" }), "rules[0].when.weather is not something this version knows."],
    [
      allow({ action: ["pauze"] }),
      "rules[0].when.action[0] must be one of: pause, resume, cancel, stop.",
    ],
    [
      allow({ vendor: ["mailchimp"] }),
      "rules[0].when.vendor[0] must be one of: peachdesk, burki, woodpecker, sarvam, talkdesk.",
    ],
    [
      allow({ connection: [] }),
      "rules[0].when.connection is an empty list: leave it out, or name somebody or something.",
    ],
    [allow({ connection: null }), "rules[0].when.connection must be a list."],
    [
      allow({ requester: ["ana"] }),
      "rules[0].when.requester[0] must be a user id (U…), a user group id (S…) or one of: admins, members, guests.",
    ],
    [decide("maybe"), "rules[0].then must be allow, deny, approve or ratify."],
    [decide([]), "rules[0].then must be allow, deny, approve or ratify."],
    [
      decide({ approve: { from: ["guests"] } }),
      "rules[0].then.approve.from[0] must be a user id (U…), a user group id (S…) or one of: admins, members.",
    ],
    [
      decide({ approve: { from: ["U1", "U1"], count: 2 } }),
      "rules[0].then.approve.count asks for more people than `from` names.",
    ],
    [
      decide({ approve: { from: ["admins"], count: 0 } }),
      "rules[0].then.approve.count must be 1 or more.",
    ],
    [
      decide({ approve: { from: ["admins"] }, expires: "soon" }),
      "rules[0].then.expires must be a duration such as 90s, 30m, 4h or 1d12h, 90 days at most.",
    ],
    [
      decide({ approve: { from: ["admins"] }, remind: ["8h"] }),
      "rules[0].then.remind must come before it expires.",
    ],
    [decide({ approve: [] }), "rules[0].then.approve is an empty list: name at least one step."],
    [{ ...withRules(), channel: "#sales" }, "channel must be a channel id such as C0123456789."],
    [
      { ...withRules(), admins: ["admins"] },
      "admins[0] must be a Slack user id such as U0AAAAAAA.",
    ],
    [{ ...withRules(), admins: Array(201).fill("U1") }, "admins has more than 200 entries."],
    [withRules(...Array(501).fill(rule("a", {}, "allow"))), "rules has more than 500 rules."],
  ])("says what is wrong with %j", (document, sentence) => {
    expect(sentencesOf(document)).toEqual([sentence]);
  });

  it("names every key it does not know", () => {
    expect(sentencesOf(decide({ approve: { from: ["admins"] }, urgent: 1, loud: 1 }))).toEqual([
      "rules[0].then.urgent is not something this version knows.",
      "rules[0].then.loud is not something this version knows.",
    ]);
  });

  it("names fifty problems at most", () => {
    expect(sentencesOf(withRules(...Array(60).fill("x")))).toHaveLength(50);
  });
});
