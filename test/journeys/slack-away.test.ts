import { afterEach, describe, expect, it } from "vitest";
import type { HouseOptions } from "../../sandbox/house.ts";
import { rule } from "../../src/domain/policy.ts";
import { auditOf } from "../../src/store/audit.ts";
import { type Journey, labelsOn, startJourney, textOf } from "../support/journey.ts";

const minute = 60_000;
const members = ["members"];
const policy = {
  version: 1 as const,
  rules: [
    rule("members may pause", { action: ["pause"], requester: members }, "allow"),
    rule("admins may stop", { action: ["stop"], requester: ["admins"] }, "allow"),
    rule(
      "an admin or Ben agrees",
      { action: ["resume", "cancel"], requester: members },
      { approve: { from: ["admins", "U0BEN00002"] }, expires: "8h" },
    ),
  ],
};

let journey: Journey;
async function opens(options: Partial<HouseOptions> = {}): Promise<void> {
  journey = await startJourney({ connected: ["burki"], random: () => 0.5, policy, ...options });
}
afterEach(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const slack = () => journey.house.slack;
const calls = (method: string) =>
  slack()
    .calls()
    .filter((call) => call.method === method);
/** Half an hour, looked at every few minutes. */
async function halfAnHour(): Promise<void> {
  for (let minutes = 0; minutes < 30; minutes += 3) await journey.passes(3 * minute);
}
async function aMinute(): Promise<void> {
  for (let seconds = 0; seconds < 60; seconds += 10) await journey.passes(10_000);
}
/** The lines on record about presses by somebody of whom Slack could not say who it was, or who may not. */
async function pressesByUnknown() {
  const { id } = await journey.change();
  const { world, workspace } = journey.house;
  const lines = await world.store.read((q) => auditOf(q, workspace, id));
  return lines.filter(({ event }) => event === "outsider_pressed");
}
/** Everything that one person was told, directly or for their eyes only. */
const toldTo = (person: "ana" | "ben" | "dee") =>
  [...slack().ephemerals(person), ...slack().messages(`@${person}`)].map(textOf).join("\n");

describe("what was acknowledged while Slack's Web API was away", () => {
  it.each([{ status: 503 }, { error: "the_moon_is_full" }])(
    "stop all is carried out when it is back, and says how long ago it was asked: %o",
    async (fault) => {
      await opens({ admins: ["U0DEE00004"] });
      slack().faults.set(fault);
      await journey.types("dee", "stop all because wrong price");
      await halfAnHour();
      slack().faults.set(null);
      await aMinute();
      for (let steps = 0; steps < 6; steps += 1) await journey.passes(5_000);
      const words = Object.entries(journey.words()).filter(([id]) => id.startsWith("burki:"));
      expect(words.map(([, word]) => word)).not.toContain("running");
      expect(toldTo("dee")).toMatch(/You asked this 3\d minutes ago/);
    },
    60_000,
  );

  it("a pause ends when its words said at the moment when they were typed", async () => {
    await opens();
    slack().faults.set({ method: "users.info", status: 503 });
    const typed = journey.clock.now();
    await journey.types("ana", "pause burki:42 for 2h");
    await halfAnHour();
    slack().faults.set(null);
    await aMinute();
    const { until } = await journey.change();
    const late = (until?.getTime() ?? 0) - typed.getTime() - 120 * minute;
    expect(late).toBeLessThan(minute);
  });

  it("an Approve counts when it is back, while the change still waits, and its presser is told", async () => {
    await opens();
    await journey.types("ana", "resume burki:7");
    slack().faults.set({ status: 503 });
    await journey.presses("ben", "Approve");
    await halfAnHour();
    expect((await journey.change()).state).toBe("waiting");
    expect(await pressesByUnknown()).toHaveLength(1);
    slack().faults.set(null);
    await aMinute();
    expect((await journey.change()).votes).toHaveLength(1);
    expect(await pressesByUnknown()).toHaveLength(1);
    expect(toldTo("ben")).toMatch(/You asked this 3\d minutes ago.*\n.*Approved/);
  });

  it("an Approve does not count where the change has expired meanwhile, and its presser is told", async () => {
    await opens({
      policy: {
        ...policy,
        rules: [rule("soon", {}, { approve: { from: ["admins"] }, expires: "10m" })],
      },
    });
    await journey.types("ana", "resume burki:7");
    slack().faults.set({ status: 503 });
    await journey.presses("dee", "Approve");
    await halfAnHour();
    slack().faults.set(null);
    await aMinute();
    expect(await journey.change()).toMatchObject({ state: "expired", votes: [] });
    expect(toldTo("dee")).toMatch(/You asked this 3\d minutes ago/);
  });

  it("a resume of long ago is not carried out, and is answered in words", async () => {
    await opens();
    slack().faults.set({ status: 503 });
    await journey.types("ana", "resume burki:7");
    await halfAnHour();
    slack().faults.set(null);
    await aMinute();
    expect(await journey.changes()).toEqual([]);
    expect(toldTo("ana")).toContain("That is too long ago for a resume, so nothing was changed.");
  });

  it("a planned end comes when it is back", async () => {
    await opens();
    await journey.types("ana", "pause burki:42 for 10m");
    await journey.untilEnded();
    slack().faults.set({ status: 503 });
    await halfAnHour();
    slack().faults.set(null);
    await aMinute();
    expect((await journey.changes()).map(({ action }) => action)).toContain("resume");
  });

  it("a planned end whose asker is not there any more is told instead of lost", async () => {
    await opens({ admins: ["U0DEE00004"] });
    await journey.types("ana", "pause burki:42 for 10m");
    await journey.untilEnded();
    slack().faults.set({ method: "users.info", user: "ana", error: "user_not_found" });
    await journey.passes(11 * minute);
    await aMinute();
    const lines = slack().messages("C0OUTREACH").map(textOf).join("\n");
    expect(lines).toContain("nothing was resumed. Slack does not know the person any more");
  });

  it("a taking back whose person is not there any more ends in words, on the card too", async () => {
    await opens({
      policy: {
        version: 1,
        rules: [
          rule(
            "act first",
            { action: ["pause"] },
            { ratify: { from: ["admins"], within: "10m", otherwise: "revert" } },
          ),
        ],
      },
    });
    await journey.types("ana", "pause burki:42");
    await journey.untilEnded();
    slack().faults.set({ method: "users.info", user: "ana", error: "user_not_found" });
    await journey.passes(11 * minute);
    await aMinute();
    expect(journey.card()).toContain("Nothing was resumed.");
    expect(journey.card()).not.toContain("is being resumed");
  });

  it("is waited for a few hours, and then given up in words that are delivered", async () => {
    await opens();
    slack().faults.set({ status: 503 });
    await journey.types("ana", "pause burki:42");
    for (let minutes = 0; minutes < 7 * 60; minutes += 10) await journey.passes(10 * minute);
    expect(journey.word("burki", "42")).toBe("running");
    slack().faults.set(null);
    await aMinute();
    expect(toldTo("ana")).toMatch(/You asked this \d hours ago/);
  });
});

describe("a card whose blocks Slack does not take", () => {
  it("is shown in plain words once, and not tried again and again", async () => {
    await opens();
    slack().faults.set({ method: "chat.postMessage", error: "invalid_blocks", times: 1 });
    await journey.types("ana", "resume burki:7");
    await aMinute();
    expect(calls("chat.postMessage")).toHaveLength(2);
    const { blocks, text } = calls("chat.postMessage")[1]?.args ?? {};
    expect(blocks).toBeUndefined();
    expect(text).toContain("waiting for 1 approval.");
    expect(text).toContain("/campaign status");
    expect(journey.cards()).toHaveLength(1);
  });

  it("ends where not even those are taken, and its asker is told", async () => {
    await opens();
    slack().faults.set({ method: "chat.postMessage", error: "invalid_blocks" });
    await journey.types("ana", "resume burki:7");
    await halfAnHour();
    expect(calls("chat.postMessage").length).toBeLessThan(20);
  });
});

describe("a channel in which Slack refuses every card with a word that we do not know", () => {
  it("gets few posts, and the asker is told of it by another way", async () => {
    await opens();
    const { faults } = slack();
    await journey.types("ana", "pause burki:42");
    const before = calls("chat.postMessage").length;
    faults.set({ method: "chat.postMessage", error: "the_moon_is_full" });
    await journey.types("ana", "resume burki:7");
    await journey.types("ana", "cancel burki:60");
    for (let seconds = 0; seconds < 110; seconds += 1) await journey.passes(1_000);
    expect(calls("chat.postMessage").length - before).toBeLessThan(30);
    for (let minutes = 0; minutes < 90; minutes += 2) await journey.passes(2 * minute);
    faults.set(null);
    await aMinute();
    expect(toldTo("ana")).toContain("Slack does not take its card");
  }, 120_000);
});

describe("a form that was opened", () => {
  it.each([1, 2])("is filled after %i hiccups, and opened once", async (times) => {
    await opens();
    slack().faults.set({ method: "views.update", status: 500, times });
    await journey.types("dee", "");
    for (let seconds = 0; seconds < 10; seconds += 1) await journey.passes(1_000);
    expect(textOf(slack().views("dee").at(-1) as never)).not.toContain("Loading");
    expect(calls("views.open")).toHaveLength(1);
    expect(toldTo("dee")).not.toContain("three seconds");
  });

  it("that cannot be filled for long is given up in words", async () => {
    await opens();
    slack().faults.set({ method: "views.update", status: 500 });
    await journey.types("dee", "digest");
    for (let seconds = 0; seconds < 60; seconds += 2) await journey.passes(2_000);
    expect(calls("views.open")).toHaveLength(1);
    expect(toldTo("dee")).toContain("Slack could not be reached to fill this form");
  });
});

describe("an approval that nobody who could give it would see", () => {
  it("typed in a direct message is put before them directly, and the asker is told whom", async () => {
    await opens();
    await journey.types("ana", "resume burki:7", "@ana");
    await aMinute();
    for (const person of ["ben", "dee"] as const)
      expect(slack().messages(`@${person}`).flatMap(labelsOn)).toContain("Approve");
    expect(slack().messages("@ana").map(textOf).join("\n")).toMatch(
      /(Ben Okafor and Dee Larsson|Dee Larsson and Ben Okafor) were asked directly/,
    );
  });

  it("in an archived channel as well", async () => {
    await opens();
    const channel = slack().channels.find(({ id }) => id === "C0OUTREACH");
    Object.assign(channel ?? {}, { isArchived: true });
    await journey.types("ana", "resume burki:7");
    await aMinute();
    expect(slack().messages("@dee").flatMap(labelsOn)).toContain("Approve");
  });

  it("in a private channel of which Slack does not let us read the members, and this is said", async () => {
    await opens();
    const channel = slack().channels.find(({ id }) => id === "C0OUTREACH");
    Object.assign(channel ?? {}, { isPrivate: true });
    slack().faults.set({ method: "conversations.members", error: "missing_scope" });
    await journey.types("ana", "resume burki:7");
    await aMinute();
    expect(slack().messages("@dee").flatMap(labelsOn)).toContain("Approve");
    const said = slack().messages("C0OUTREACH").map(textOf).join("\n");
    expect(said).toContain("Slack does not say who sees this card.");
    expect(said).not.toContain("Nobody who could decide");
  });

  it("is put before those who are named, where Slack does not let us ask for its admins", async () => {
    await opens();
    slack().faults.set({ method: "users.list", error: "missing_scope" });
    await journey.types("ana", "resume burki:7", "@ana");
    await aMinute();
    expect(slack().messages("@ben").flatMap(labelsOn)).toContain("Approve");
    expect(slack().messages("@dee")).toEqual([]);
    expect(toldTo("ana")).toContain("Ben Okafor was asked directly");
  });

  it("is not, where one of them reads the channel", async () => {
    await opens();
    await journey.types("ana", "resume burki:7");
    await aMinute();
    expect(slack().messages("@dee")).toEqual([]);
    expect(slack().messages("@ben")).toEqual([]);
  });
});

/** A person with the right to does so; to us it is the same as if we had done it ourselves. */
async function deleted(card: { channel: string; ts: string } | undefined): Promise<void> {
  await fetch(`${slack().url}/api/chat.delete`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${slack().botToken}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ channel: card?.channel ?? "", ts: card?.ts ?? "" }),
  });
}

describe("a waiting card that somebody deleted", () => {
  it("in a direct message is put back there again and again, once each time", async () => {
    await opens();
    await journey.types("ana", "resume burki:7", "@ana");
    for (let times = 0; times < 2; times += 1) {
      const main = slack()
        .messages("@ana")
        .filter((one) => labelsOn(one).includes("Withdraw"));
      expect(main).toHaveLength(1);
      await deleted(main[0]);
      await journey.passes(15_000);
      await journey.types("ana", "history");
      await aMinute();
    }
    const all = slack()
      .messages("@ana")
      .filter((one) => labelsOn(one).includes("Withdraw"));
    expect(all).toHaveLength(1);
  });

  it.each(["resume burki:7", "status burki:7", "status", "history"])(
    "is put back by %s, once",
    async (text) => {
      await opens();
      await journey.types("ana", "resume burki:7");
      const [card] = journey.cards();
      await deleted(card);
      expect(journey.cards()).toEqual([]);
      await journey.passes(15_000);
      await journey.types("ben", text);
      await journey.types("ben", text);
      await aMinute();
      expect(journey.cards()).toHaveLength(1);
      expect(labelsOn(journey.cards()[0])).toContain("Approve");
    },
  );
});
