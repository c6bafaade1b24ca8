import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtInPolicy, rule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { tidy } from "../../src/queue/timetable.ts";
import { awayAt } from "../../src/store/absences.ts";
import { exportAudit } from "../../src/store/audit.ts";
import { commandBytes } from "../slack/listeners/a-house.ts";
import {
  type Cast,
  hour,
  type Journey,
  settled,
  startJourney,
  textOf,
} from "../support/journey.ts";

const [ana, ben, chi, dee] = ["U0ANA00001", "U0BEN00002", "U0CHI00003", "U0DEE00004"];

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
beforeEach(async () => {
  await journey.begins();
  const { world, workspace } = journey.house;
  await applyPolicy(world, { workspace, policy: builtInPolicy, by: dee });
  await journey.passes(91 * 24 * hour);
});
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const away = (person: Cast, standIn: string, time = "for 3h") =>
  journey.types(person, `policy away ${time} @${standIn}`);
const directly = (person: Cast) => journey.house.slack.messages(`@${person}`).map(textOf).join();
const asks = () => journey.types("ana", "resume burki:7 because price is fixed");
const state = async () => (await journey.change()).state;
const absences = () =>
  journey.house.world.store.read((q) => awayAt(q, journey.house.workspace, journey.clock.now()));
async function record(): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportAudit(journey.house.world.store, journey.house.workspace))
    if (line.event === "away" || line.event === "back")
      lines.push(`${line.actor} ${line.event} ${line.subject} ${line.detail}`);
  return lines;
}

describe("somebody who is away", () => {
  it("is told what that means, and whoever stands in is told directly", async () => {
    const { told } = await away("dee", "ben", "until mon 09:00");
    expect(told).toMatch(/Until <!date.+<@U0BEN00002> may decide where you could\./);
    expect(told).toContain("You can still decide yourself.");
    expect(directly("ben")).toContain(`<@${dee}> is away until`);
    expect(directly("ben")).toContain("you may decide where");
    expect(journey.cards()).toEqual([]);
  });

  it("has somebody else approve what only they could", async () => {
    await asks();
    expect((await journey.presses("ben", "Approve")).told).toContain("other people");
    await away("dee", "ben");
    await journey.presses("ben", "Approve");
    expect((await journey.untilEnded()).votes).toMatchObject([{ by: ben, instead: dee }]);
    expect(journey.card()).toContain(`Approved by <@${ben}> instead of Dee Larsson`);
    expect(journey.word("burki", "7")).toBe("running");
  });

  it("has somebody else deny, too", async () => {
    await away("dee", "ben");
    await asks();
    await journey.presses("ben", "Deny");
    const view = journey.house.slack.views("ben").at(-1);
    expect(textOf(view)).toContain("Why");
  });

  it("can still decide, and then nobody decides for them once more", async () => {
    await away("dee", "ben");
    await asks();
    await journey.presses("dee", "Approve");
    expect((await journey.untilEnded()).votes).toMatchObject([{ by: dee }]);
  });

  it("is told who decided instead, when they press as well", async () => {
    await useTwoApprovals();
    await away("dee", "ben");
    await asks();
    await journey.presses("ben", "Approve");
    const { told } = await journey.presses("dee", "Approve");
    expect(told).toContain("Somebody has already decided on this instead of you.");
    expect(told).toContain(`(<@${ben}> at`);
    expect(await state()).toBe("waiting");
  });

  it("is named on every card that waits for them, from then on and until they are back", async () => {
    await asks();
    expect(journey.card()).not.toContain("is away");
    await away("dee", "ben");
    expect(journey.card()).toMatch(/Dee Larsson is away until .+\. Ben Okafor may decide instead/);
    await journey.types("dee", "policy back");
    expect(journey.card()).not.toContain("is away");
    expect(await state()).toBe("waiting");
  });

  it("is not named where they may not decide, nor where the stand-in asked for it", async () => {
    await away("chi", "ben");
    await asks();
    expect(journey.card()).not.toContain("is away");
    await away("dee", "ana");
    expect(journey.card()).not.toContain("is away");
  });

  it("is named to people of the workspace only", async () => {
    await away("dee", "ben");
    await journey.types("ana", "resume burki:7", "C0SHAREDACME");
    expect(journey.card("C0SHAREDACME")).not.toContain("away");
  });

  it("is away no longer once the time is over, by itself", async () => {
    await away("dee", "ben", "for 1h");
    await asks();
    await journey.passes(hour);
    expect((await journey.presses("ben", "Approve")).told).toContain("other people");
    expect(await state()).toBe("waiting");
    await tidy(journey.house.world.store, journey.clock.now());
    const { store } = journey.house.world;
    expect(await store.read((q) => q.select().from(q.t.absences))).toEqual([]);
  });

  it("names another stand-in in place of the first", async () => {
    await away("dee", "ben");
    await away("dee", "chi");
    await asks();
    expect((await journey.presses("ben", "Approve")).told).toContain("other people");
    await journey.presses("chi", "Approve");
    expect((await journey.untilEnded()).votes).toMatchObject([{ by: chi, instead: dee }]);
  });

  it("is on record with who stands in until when, and with who ended it", async () => {
    const before = (await record()).length;
    await away("dee", "ben", "for 1h");
    await journey.types("dee", "policy back");
    const until = new Date(journey.clock.now().getTime() + hour).toISOString().slice(0, 16);
    const [gone = "", back] = (await record()).slice(before);
    expect(gone).toContain(`${dee} away ${dee} {"standIn":"${ben}","until":"${until}`);
    expect(back).toBe(`${dee} back ${dee} {"standIn":"${ben}"}`);
  });
});

describe("a stand-in", () => {
  it.each([
    ["dee", "dee", "You cannot stand in for yourself."],
    ["dee", "gus", "Guests may not decide here"],
    ["dee", "fermata", "Bots may not decide here"],
    ["dee", "sam", "People of other organisations may not decide here"],
    ["gus", "ben", "Only full members of this workspace"],
  ] as const)("of %s is not %s", async (person, standIn, sentence) => {
    const { told } = await away(person, standIn);
    expect(told).toContain(sentence);
    expect(told).toContain(person === "gus" ? "see its campaigns" : "Nothing was changed.");
    expect(await absences()).toEqual([]);
  });

  it("is nobody whose account is deactivated", async () => {
    deactivate("chi");
    expect((await away("dee", "chi")).told).toContain("This account is deactivated");
    expect(await absences()).toEqual([]);
  });

  it("is nobody whom Slack cannot name just now", async () => {
    const { slack } = journey.house;
    slack.faults.set({ method: "users.info", body: { ok: false, error: "user_not_found" } });
    const { told } = await away("dee", "ben");
    slack.faults.set(null);
    expect(told).toContain("Slack could not tell us who you are");
    expect(await absences()).toEqual([]);
  });

  it("may not decide what they asked for themselves", async () => {
    await away("dee", "ana");
    await asks();
    const { told } = await journey.presses("ana", "Approve");
    expect(told).toContain("You asked for this, so somebody else has to decide.");
    expect(await state()).toBe("waiting");
  });

  it("may not decide for whoever asked", async () => {
    await away("ana", "ben");
    await asks();
    expect((await journey.presses("ben", "Approve")).told).toContain("other people");
    expect(await state()).toBe("waiting");
  });

  it("does not pass on what they stand in for", async () => {
    await away("dee", "ben");
    const { told } = await away("ben", "chi");
    expect(told).not.toContain("too");
    await asks();
    expect((await journey.presses("chi", "Approve")).told).toContain("other people");
    await journey.presses("ben", "Approve");
    expect((await journey.untilEnded()).votes).toMatchObject([{ by: ben, instead: dee }]);
  });

  it("who is away themselves is said to be", async () => {
    await away("ben", "chi");
    const { told } = await away("dee", "ben");
    expect(told).toMatch(/⚠️ <@U0BEN00002> is away until .+ too\./);
  });

  it("decides nothing for somebody who has left since", async () => {
    await away("dee", "ben");
    await asks();
    deactivate("dee");
    expect((await journey.presses("ben", "Approve")).told).toContain("other people");
    expect(await state()).toBe("waiting");
  });

  it("whom Slack takes no message for is named all the same, and that is said", async () => {
    const { slack } = journey.house;
    slack.faults.set({ method: "chat.postMessage", error: "channel_not_found" });
    const { told } = await away("dee", "ben");
    slack.faults.set(null);
    expect(told).toContain(`<@${ben}> was not told`);
    expect(await absences()).toMatchObject([{ person: dee, standIn: ben }]);
  });
});

describe("being back", () => {
  it("before the time ends it, and twice changes nothing", async () => {
    await away("dee", "ben");
    expect((await journey.types("dee", "policy back")).told).toContain("You are back.");
    expect((await journey.types("dee", "policy back")).told).toContain("You are not away.");
    await asks();
    expect((await journey.presses("ben", "Approve")).told).toContain("other people");
  });

  it("is for oneself, unless an admin says so of somebody", async () => {
    await away("ben", "chi");
    expect((await journey.types("ana", "policy back @ben")).told).toContain("Only admins");
    expect(await absences()).toHaveLength(1);
    const { told } = await journey.types("dee", "policy back @ben");
    expect(told).toContain(`<@${ben}> counts as back.`);
    expect(await absences()).toEqual([]);
    expect((await journey.types("dee", "policy back @ben")).told).toContain("is not away");
    expect((await record()).at(-1)).toBe(`${dee} back ${ben} {"standIn":"${chi}"}`);
  });

  it("can be said of somebody whom Slack does not know any more", async () => {
    await away("ben", "chi");
    const { people } = journey.house.slack;
    people.splice(
      people.findIndex(({ name }) => name === "ben"),
      1,
    );
    const { house } = journey;
    await house.slack.send({ body: commandBytes(house, `policy back <@${ben}>`, dee) });
    await settled(house);
    expect(await absences()).toEqual([]);
  });
});

describe("who is away", () => {
  it("is a list that members see, the first to come back first", async () => {
    expect((await journey.types("ana", "policy away")).told).toContain("Nobody is away.");
    await away("dee", "ben", "for 3h");
    await away("chi", "ana", "for 1h");
    const { told } = await journey.types("ana", "policy away");
    expect(told.indexOf(`<@${chi}> is away`)).toBeLessThan(told.indexOf(`<@${dee}> is away`));
    expect(told).toContain(`<@${ana}> decides instead`);
    expect((await journey.types("gus", "policy away")).told).toContain("Only full members");
  });
});

async function useTwoApprovals(): Promise<void> {
  const { world, workspace } = journey.house;
  const two = rule("two", { action: ["resume"] }, { approve: { from: [dee, chi], count: 2 } });
  await applyPolicy(world, { workspace, policy: { version: 1, rules: [two] }, by: dee });
}

function deactivate(name: Cast): void {
  const person = journey.house.slack.people.find((one) => one.name === name);
  Object.assign(person ?? {}, { deleted: true });
}
