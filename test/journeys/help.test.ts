import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtInPolicy, type Policy, rule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { type Cast, type Journey, startJourney } from "../support/journey.ts";

const shared = "C0SHAREDACME";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(async () => {
  await journey.begins();
  await holds(builtInPolicy);
});
afterAll(() => journey.ends());

async function holds(policy: Policy): Promise<void> {
  const { world, workspace } = journey.house;
  await applyPolicy(world, { workspace, policy, by: "U0DEE00004" });
}
const help = async (person: Cast, topic = "", channel?: string) =>
  (await journey.types(person, `help ${topic}`, channel)).told;
/** The words that a page of help offers. */
const offered = (page: string) =>
  [...new Set([...page.matchAll(/`\/campaign ([a-z]+)/g)].map(([, word]) => word))].sort();

const everyone = "cancel connections help history list pause policy resume status stop".split(" ");

describe("help", () => {
  it("tells a member what they may do at once, and what needs whom", async () => {
    const page = await help("ana");
    expect(page).toContain("• *pause*, *stop all*: you may, at once.");
    expect(page).toContain(
      "*resume*, *cancel*: you may, with 1 approval from an admin, not yourself.",
    );
    expect(offered(page)).toEqual(everyone);
  });

  it("tells an admin of everything, connecting and the digest too", async () => {
    const page = await help("dee");
    expect(page).toContain("*pause*, *resume*, *cancel*, *stop all*: you may, at once.");
    expect(offered(page)).toEqual([...everyone, "connect", "digest", "doctor"].sort());
  });

  it("tells a guest why not, and whom to ask", async () => {
    const page = await help("gus");
    expect(page).toContain("You are a guest of this workspace");
    expect(page).toContain("you may not. Who may: any member.");
    expect(offered(page)).toEqual(["help"]);
  });

  it("tells an outsider that they may not, and no name, rule or connection", async () => {
    await holds({
      version: 1,
      rules: [rule("Ben alone", { requester: ["U0BEN00002", "S0MARKETNG"] }, "allow")],
    });
    const page = await help("sam", "", shared);
    expect(page).toContain("You belong to another organisation");
    expect(page).toContain("Somebody of this workspace can help you.");
    expect(page).not.toMatch(/burki|Ben|U0BEN|MARKETNG/);
    expect(offered(page)).toEqual(["help"]);
  });

  it("leaves out what somebody may not do anywhere, and says whom to ask for it", async () => {
    await holds({
      version: 1,
      rules: [
        rule("marketing cancels", { action: ["cancel"], requester: ["S0MARKETNG"] }, "allow"),
        rule("no stop", { action: ["stop"] }, "deny"),
        rule("all pause", { action: ["pause"] }, "allow"),
        rule("Dee resumes", { action: ["resume"], requester: ["U0DEE00004"] }, "allow"),
      ],
    });
    const page = await help("ana");
    expect(page).toContain("*cancel*: you may not. Who may: @marketing.");
    expect(page).toContain("*resume*: you may not. Who may: Dee Larsson.");
    expect(page).toContain("*stop all*: you may not. As the policy is now, nobody may.");
    const withheld = ["cancel", "resume", "stop"];
    expect(offered(page)).toEqual(everyone.filter((word) => !withheld.includes(word)));
    expect(await help("ben")).toContain("*cancel*: you may, at once.");
  });

  it("tells apart the connections where the rules do", async () => {
    const deny = rule("not there", { action: ["pause"], connection: ["sarvam"] }, "deny");
    await holds({ version: 1, rules: [deny, ...builtInPolicy.rules] });
    const page = await help("ana");
    expect(page).toContain(
      "*pause* at burki, peachdesk, talkdesk and woodpecker: you may, at once.",
    );
    expect(page).toContain("*pause* at sarvam: you may not.");
  });

  it("says that some campaigns have rules of their own", async () => {
    expect(await help("ana")).not.toContain("rules of their own");
    const special = rule("spring", { campaign: ["Spring*"] }, "deny");
    await holds({ version: 1, rules: [special, ...builtInPolicy.rules] });
    expect(await help("ana")).toContain("have rules of their own");
  });

  it("says where cards go, and that they name nothing where others read along", async () => {
    const redacts = "leave out campaigns, names and reasons";
    expect(await help("ana")).not.toContain(redacts);
    expect(await help("ana", "", shared)).toContain(redacts);
    await holds({ ...builtInPolicy, channel: "C0APPROVALS" });
    const page = await help("ana", "", shared);
    expect(page).toContain("Cards go to <#C0APPROVALS>");
    expect(page).not.toContain(redacts);
  });

  it.each([
    ["ana", "pause", "you may, at once."],
    ["ana", "resume", "with 1 approval from an admin"],
    ["ana", "digest", "Only admins may do this"],
    ["ana", "policy", "/campaign policy away until mon 09:00"],
    ["gus", "status", "Only full members"],
    ["gus", "pause", "you may not. Who may: any member."],
  ] as const)("tells %s about %s: %s", async (person, topic, words) => {
    expect(await help(person, topic)).toContain(words);
  });
});

describe("help where nothing is connected", () => {
  it("says so", async () => {
    const bare = await startJourney({ connected: [] });
    const { told } = await bare.types("ana", "help");
    expect(told).toContain("No platform is connected here yet");
    await bare.ends();
  });
});
