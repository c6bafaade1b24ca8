import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rule, type StepRule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import {
  type Cast,
  hour,
  type Journey,
  labelsOn,
  outreach,
  settled,
  startJourney,
  textOf,
} from "../support/journey.ts";

const [ana, ben, chi, gus, marketing] = [
  "U0ANA00001",
  "U0BEN00002",
  "U0CHI00003",
  "U0GUS00005",
  "S0MARKETNG",
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

/** Ana asks for a resume which these have to approve. */
async function waitsFor(...approve: StepRule[]): Promise<void> {
  await saves(rule("they agree", { action: ["resume"] }, { approve, expires: "4h" }));
  await journey.types("ana", "resume burki:7 because the price is right");
}
function saves(...rules: ReturnType<typeof rule>[]) {
  const { world, workspace } = journey.house;
  return applyPolicy(world, { workspace, policy: { version: 1, rules }, by: "the test" });
}

const at = (thread: string | undefined) => ({ channel: outreach, ts: "1.1", thread_ts: thread });
const person = (name: Cast) => journey.house.slack.people.find((one) => one.name === name);

/** What somebody is shown who calls Fermata, in the thread of the first card unless told otherwise. */
async function calls(name: Cast, place = at(journey.cards()[0]?.ts)) {
  const before = journey.house.slack.ephemerals(name).length;
  const about = { user: person(name)?.id, text: "<@U0FERMATA1> well?", ...place };
  await journey.house.slack.event("app_mention", about);
  await settled(journey.house);
  return journey.house.slack.ephemerals(name).slice(before);
}
const told = async (...call: Parameters<typeof calls>) => textOf((await calls(...call))[0]);

describe("whoever may decide is told by what right", () => {
  it("because the rule names them", async () => {
    await waitsFor({ from: [ben] });
    const [words] = await calls("ben");
    expect(textOf(words)).toContain("You can decide because the rule “they agree” names you.");
    expect(labelsOn(words)).toEqual(["Approve", "Deny"]);
  });

  it("because they are in a user group, which is named and not called", async () => {
    await waitsFor({ from: [marketing] });
    const words = await told("chi");
    expect(words).toContain("You can decide because you are in @marketing.");
    expect(words).not.toContain("<!subteam");
  });

  it("because they are a member, or an admin where an admin is asked", async () => {
    await waitsFor({ from: ["members", "admins"] });
    expect(await told("chi")).toContain("You can decide because you are a member.");
    expect(await told("dee")).toContain("You can decide because you are an admin.");
  });

  it("because they stand in for somebody", async () => {
    await waitsFor({ from: [chi] });
    await journey.types("chi", "policy away for 3h @ben");
    expect(await told("ben")).toContain("You can decide because you decide instead of Chi");
  });
});

describe("whoever may not decide is told why, and gets no button", () => {
  it("because they asked for it themselves", async () => {
    await waitsFor({ from: [ana, ben] });
    const [words] = await calls("ana");
    expect(textOf(words)).toContain("You asked for this, so somebody else has to decide.");
    expect(labelsOn(words)).toEqual([]);
  });

  it("because it is not their turn yet", async () => {
    await waitsFor({ from: [ben] }, { from: [chi] });
    const words = await told("chi");
    expect(words).toContain("Others have to decide first, and then it is your turn.");
    expect(words).toContain("This waits for Ben Okafor.");
    expect(words).not.toContain("Your press");
  });

  it("because they have decided already", async () => {
    await waitsFor({ from: [ben, chi], count: 2 });
    await journey.presses("ben", "Approve");
    const [words] = await calls("ben");
    expect(textOf(words)).toContain("You have already decided on this.");
    expect(textOf(words)).not.toContain("press");
    expect(labelsOn(words)).toEqual([]);
    expect((await journey.change()).votes).toHaveLength(1);
  });

  it("because it has ended", async () => {
    await waitsFor({ from: [ben] });
    await journey.presses("ana", "Withdraw");
    expect(await told("ben")).toContain("This was already withdrawn.");
  });

  it("because nobody decided in time", async () => {
    await waitsFor({ from: [ben] });
    journey.clock.advance(4 * hour);
    expect(await told("ben")).toContain("so it expired");
  });

  it("because the policy of today denies it", async () => {
    await waitsFor({ from: [ben] });
    await saves(rule("nothing more", {}, "deny"));
    expect(await told("ben")).toContain("The policy has changed since this was asked");
  });

  it("because it needed nobody's approval", async () => {
    await saves(rule("anybody pauses", { action: ["pause"] }, "allow"));
    await journey.types("ana", "pause burki:42");
    const [words] = await calls("ben");
    expect(labelsOn(words)).toEqual([]);
    expect(textOf(words)).toMatch(/already approved|carried out|is done/);
  });

  it("because guests see nothing here, nor do people of other organisations", async () => {
    await waitsFor({ from: [ben] });
    const { channels } = journey.house.slack;
    channels.find(({ id }) => id === outreach)?.members.push("U0SAM00006");
    for (const [name, why] of [
      ["gus", "you are a guest"],
      ["sam", "you are of another organisation"],
    ] as const) {
      const words = await told(name);
      expect(words).toContain(why);
      expect(words).not.toContain("Burki");
    }
  });

  it("because guests decide nothing, also where a rule lets them ask", async () => {
    const guests = rule("Gus asks", { requester: [gus] }, { approve: { from: [ben] } });
    await saves(guests, rule("they agree", {}, { approve: { from: [ben] } }));
    await journey.types("ana", "resume burki:7");
    const words = await told("gus");
    expect(words).toContain("Only full members of this workspace can decide.");
    expect(words).toContain("This waits for Ben Okafor.");
  });
});

describe("Fermata called where it cannot tell", () => {
  const elsewhere = "Call Fermata in the thread of a card to decide it.";

  it("says where it can be called, outside every thread and under what is no card", async () => {
    expect(await told("ben", at(undefined))).toContain(elsewhere);
    expect(await told("ben", at("1700000000.000100"))).toContain(elsewhere);
  });

  it("says that Slack could not tell who they are, or who asked", async () => {
    await waitsFor({ from: [ben] });
    const { faults } = journey.house.slack;
    faults.set({ method: "users.info", user: "ben", error: "internal_error" });
    expect(await told("ben")).toContain("Slack could not tell us who you are just now");
    faults.set(null);
    // What was said of Ana when she asked serves for a minute.
    await journey.passes(61_000);
    faults.set({ method: "users.info", user: "ana", error: "internal_error" });
    expect(await told("ben")).toMatch(
      /^Slack could not say just now who asked for this\. Please try/,
    );
    faults.set(null);
    expect(await told("ben")).toContain("You can decide");
  });

  it("is silent to somebody who has left the channel meanwhile, and tries no more", async () => {
    await waitsFor({ from: [ben] });
    const { slack } = journey.house;
    slack.faults.set({ method: "chat.postEphemeral", error: "user_not_in_channel", times: 1 });
    expect(await calls("ben")).toEqual([]);
    await journey.passes(60_000);
    expect(slack.ephemerals("ben")).toEqual([]);
  });

  it("answers once, later, where Slack was called too often", async () => {
    await waitsFor({ from: [ben] });
    const { slack } = journey.house;
    const busy = { method: "chat.postEphemeral", error: "ratelimited", retryAfter: 3, times: 1 };
    slack.faults.set(busy);
    expect(await calls("ben")).toEqual([]);
    await journey.passes(10_000);
    expect(slack.ephemerals("ben").map(textOf).join()).toContain("You can decide");
    expect(slack.ephemerals("ben")).toHaveLength(1);
  });
});
