import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { builtInPolicy, rule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { type Journey, startJourney, textOf } from "../support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
  const { world, workspace } = journey.house;
  const calls = rule(
    "calls Dee",
    { action: ["resume"], requester: ["members"] },
    { approve: { from: ["admins"] }, notify: ["admins", "U0DEE00004"], remind: ["1h"] },
  );
  const policy = { ...builtInPolicy, rules: [calls, ...builtInPolicy.rules] };
  await applyPolicy(world, { workspace, policy, by: "U0DEE00004" });
});
beforeEach(() => journey.begins());
afterAll(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const stateOf = async (id: string) =>
  (await journey.changes()).find(({ targets }) => targets[0]?.campaign.id === id)?.state;

describe("of several cards", () => {
  it("decides the one whose button was pressed, whatever stands beside it", async () => {
    for (const id of ["burki:7", "woodpecker:108", "peachdesk:17"])
      await journey.types("ana", `resume ${id}`);
    const [first, second] = journey.cards();
    await journey.presses("dee", "Approve", second);
    await journey.passes(5_000);
    expect(await stateOf("108")).toBe("done");
    expect(await stateOf("7")).toBe("waiting");
    await journey.presses("ana", "Withdraw", first);
    expect(await stateOf("7")).toBe("withdrawn");
    expect(await stateOf("17")).toBe("waiting");
  });
});

describe("a card from the question to the end", () => {
  it("still names who approved when the last edit has come", async () => {
    await journey.types("ana", "resume burki:7");
    await journey.presses("dee", "Approve");
    await journey.untilEnded();
    const [card] = journey.cards();
    expect(card?.edits).toBeGreaterThan(1);
    expect(textOf(card)).toContain("Approved by <@U0DEE00004>");
  });

  it("says nothing of its threads to the whole channel", async () => {
    await journey.types("ana", "resume burki:7");
    await journey.passes(3_600_000);
    await journey.presses("dee", "Approve");
    await journey.untilEnded();
    const posts = journey.house.slack.calls().filter(({ method }) => method === "chat.postMessage");
    const threaded = posts.filter(({ args }) => args.thread_ts !== undefined);
    expect(threaded.length).toBeGreaterThan(1);
    for (const { args } of posts) expect(args).not.toHaveProperty("reply_broadcast");
  });
});
