import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepTimetable } from "../../src/queue/timetable.ts";
import { comes, daysIn, digestsIn, setsDigest } from "../support/digest.ts";
import { type Journey, outreach, startJourney, textOf } from "../support/journey.ts";

/** Monday in Berlin, where it is an hour later: the digest comes at 08:00 UTC. */
const monday = "Monday 7 December";
const tuesday = "Tuesday 8 December";
const wednesday = "Wednesday 9 December";
const at = (time: string, date = 7) => `2026-12-0${date}T${time}Z`;

let journey: Journey;
beforeEach(async () => {
  journey = await startJourney({ connected: [] });
  await comes(journey, at("06:00:00"));
  await setsDigest(journey, "dee", { time: "09:00" });
});
afterEach(async () => {
  await journey.provesItsRecord();
  await journey.ends();
});

const person = (name: string) => journey.house.slack.people.find((one) => one.name === name);
const postings = () =>
  journey.house.slack.calls().filter(({ method }) => method === "chat.postMessage").length;

/** The bot ends where it is, and starts again at that moment. */
async function isDownUntil(moment: string): Promise<void> {
  await journey.house.stopBot();
  journey.clock.set(new Date(moment));
  await journey.house.restart();
  await journey.passes(0);
}

describe("the digest", () => {
  it("comes at its local minute, not before, and once each day", async () => {
    await comes(journey, at("07:59:30"));
    expect(daysIn(journey)).toEqual([]);
    await comes(journey, at("08:00:00"));
    expect(daysIn(journey)).toEqual([monday]);
    for (const time of ["08:00:30", "08:01:00", "12:00:00", "22:59:00"]) {
      await comes(journey, at(time));
    }
    await comes(journey, at("07:59:30", 8));
    expect(daysIn(journey)).toEqual([monday]);
    await comes(journey, at("08:00:00", 8));
    expect(daysIn(journey)).toEqual([monday, tuesday]);
  });

  it("comes once, however many processes look at the clock at the same time", async () => {
    const { house, clock } = journey;
    clock.set(new Date(at("08:00:00")));
    const looks = Array.from({ length: 4 }, () => [
      house.app().lookAtClock(),
      keepTimetable(house.world.store, clock.now()),
    ]);
    await Promise.all(looks.flat());
    await comes(journey, at("08:00:05"));
    expect(daysIn(journey)).toEqual([monday]);
  });

  it("does not come again after a restart", async () => {
    await comes(journey, at("08:00:00"));
    await isDownUntil(at("08:00:20"));
    expect(daysIn(journey)).toEqual([monday]);
  });

  it("comes at the next start when the bot was down at its minute", async () => {
    await comes(journey, at("07:59:00"));
    await isDownUntil(at("15:00:00"));
    expect(daysIn(journey)).toEqual([monday]);
    await comes(journey, at("08:00:00", 8));
    expect(daysIn(journey)).toEqual([monday, tuesday]);
  });

  it("of a local day that the bot missed altogether is left out, and the next one comes", async () => {
    await comes(journey, at("07:59:00"));
    await isDownUntil(at("07:00:00", 8));
    expect(daysIn(journey)).toEqual([]);
    await comes(journey, at("08:00:00", 8));
    expect(daysIn(journey)).toEqual([tuesday]);
  });

  it("of the last minute of a day survives a restart over midnight", async () => {
    await setsDigest(journey, "dee", { time: "23:59" });
    await comes(journey, at("22:58:00"));
    await isDownUntil(at("23:10:00"));
    expect(daysIn(journey)).toEqual([monday]);
    await comes(journey, at("22:59:00", 8));
    expect(daysIn(journey)).toEqual([monday, tuesday]);
  });

  it("does not come again when the clock is moved back", async () => {
    await comes(journey, at("08:00:00"));
    await comes(journey, at("08:00:00", 8));
    for (const [time, date] of [
      ["07:59:00", 8],
      ["08:00:00", 8],
      ["08:00:00", 7],
    ] as const) {
      await comes(journey, at(time, date));
    }
    expect(daysIn(journey)).toEqual([monday, tuesday]);
    await comes(journey, at("08:00:00", 9));
    expect(daysIn(journey)).toEqual([monday, tuesday, wednesday]);
  });

  it("that is moved to a later hour does not come twice that day", async () => {
    await comes(journey, at("08:00:00"));
    await setsDigest(journey, "dee", { time: "11:00" });
    await comes(journey, at("10:00:00"));
    expect(daysIn(journey)).toEqual([monday]);
    await comes(journey, at("10:00:00", 8));
    expect(daysIn(journey)).toEqual([monday, tuesday]);
  });
});

describe("when Slack does not take it", () => {
  it("waits as long as Slack asks, then comes once", async () => {
    journey.house.slack.faults.set({
      method: "chat.postMessage",
      error: "ratelimited",
      retryAfter: 30,
      times: 1,
    });
    const before = postings();
    await comes(journey, at("08:00:00"));
    await comes(journey, at("08:00:20"));
    expect(daysIn(journey)).toEqual([]);
    expect(postings()).toBe(before + 1);
    await comes(journey, at("08:00:40"));
    await comes(journey, at("08:05:00"));
    expect(daysIn(journey)).toEqual([monday]);
  });

  it("is posted after a restart, if that is on the same day", async () => {
    journey.house.slack.faults.set({ method: "chat.postMessage", status: 503 });
    await comes(journey, at("08:00:00"));
    await journey.house.stopBot();
    journey.house.slack.faults.set(null);
    await isDownUntil(at("10:00:00"));
    expect(daysIn(journey)).toEqual([monday]);
  });

  it("is left out once its day is over, and the next one comes alone", async () => {
    journey.house.slack.faults.set({ method: "chat.postMessage", status: 503 });
    await comes(journey, at("08:00:00"));
    await comes(journey, at("20:00:00"));
    journey.house.slack.faults.set(null);
    await comes(journey, at("00:30:00", 8));
    await comes(journey, at("08:00:00", 8));
    await comes(journey, at("08:10:00", 8));
    expect(daysIn(journey)).toEqual([tuesday]);
  });

  it("comes twice at most when the answer to the post was lost", async () => {
    journey.house.slack.faults.set({
      method: "chat.postMessage",
      status: 502,
      afterActing: true,
      times: 1,
    });
    await comes(journey, at("08:00:00"));
    await comes(journey, at("08:01:00"));
    await comes(journey, at("12:00:00"));
    expect(daysIn(journey)).toEqual([monday, monday]);
  });

  it("comes twice at most when the bot dies between posting it and writing that down", async () => {
    const { house } = journey;
    const { store } = house.world;
    const forget = house.slack.onChange(() => {
      if (digestsIn(journey).length > 0) store.write = () => Promise.reject(new Error("killed"));
    });
    await comes(journey, at("08:00:00"));
    forget();
    await isDownUntil(at("08:00:30"));
    await comes(journey, at("08:05:00"));
    await comes(journey, at("12:00:00"));
    expect(daysIn(journey)).toEqual([monday, monday]);
    await comes(journey, at("08:00:00", 8));
    expect(daysIn(journey)).toEqual([monday, monday, tuesday]);
  });
});

describe("when its channel is closed", () => {
  const channel = () => journey.house.slack.channels.find(({ id }) => id === outreach);

  it.each([
    ["archived", { isArchived: true }],
    ["closed to all but admins", { posting: "admins" }],
    ["made private without the bot", { isPrivate: true, botIsMember: false }],
  ])("because it was %s, comes to the person who set it, and says why", async (_how, change) => {
    Object.assign(channel() ?? {}, change);
    await comes(journey, at("08:00:00"));
    await comes(journey, at("08:10:00"));
    expect(daysIn(journey)).toEqual([]);
    expect(daysIn(journey, "@dee")).toEqual([monday]);
    expect(textOf(digestsIn(journey, "@dee")[0])).toContain(
      `This could not be posted in <#${outreach}>`,
    );
  });

  it("and that person has left too, is not tried for ever", async () => {
    Object.assign(channel() ?? {}, { isArchived: true });
    Object.assign(person("dee") ?? {}, { deleted: true });
    const before = postings();
    for (const time of ["08:00:00", "08:10:00", "09:00:00"]) await comes(journey, at(time));
    expect(postings()).toBe(before + 2);
  });
});

describe("a channel that people of other organisations join and leave", () => {
  const share = (isExtShared: boolean) => {
    const channel = journey.house.slack.channels.find(({ id }) => id === outreach);
    Object.assign(channel ?? {}, { isExtShared });
  };
  const names = () => {
    const text = textOf(digestsIn(journey).at(-1));
    return ["burki", "Spring launch", "U0ANA"].filter((name) => text.includes(name));
  };

  it("D35: gets counts alone while they read it, by what Slack says of it just before", async () => {
    await journey.ends();
    journey = await startJourney({ connected: ["burki"] });
    await comes(journey, at("06:00:00"));
    await setsDigest(journey, "dee", { time: "09:00" });
    await journey.types("ana", "pause burki:42");
    await comes(journey, at("08:00:00"));
    expect(names()).toEqual(["burki", "Spring launch", "U0ANA"]);
    share(true);
    await comes(journey, at("08:00:00", 8));
    expect(names()).toEqual([]);
    share(false);
    await comes(journey, at("08:00:00", 9));
    expect(names()).toContain("Spring launch");
    expect(daysIn(journey)).toEqual([monday, tuesday, wednesday]);
  });

  it("D35: gets nothing while Slack cannot say who reads it", async () => {
    const slow = { method: "conversations.info", status: 500 };
    journey.house.slack.faults.set(slow);
    await comes(journey, at("08:00:00"));
    await comes(journey, at("08:01:00"));
    expect(daysIn(journey)).toEqual([]);
    journey.house.slack.faults.set(null);
    await comes(journey, at("08:30:00"));
    expect(daysIn(journey)).toEqual([monday]);
  });
});
