import { describe, expect, it } from "vitest";
import { digestsDue, keepTimetable, startTimetable, tidy } from "../../src/queue/timetable.ts";
import { rememberChoices } from "../../src/store/choices.ts";
import { claim } from "../../src/store/claim.ts";
import { type Digest, setDigest } from "../../src/store/digests.ts";
import { finish, openJobs } from "../../src/store/jobs.ts";
import { writeStop } from "../../src/store/stops.ts";
import { ana } from "../domain/builders.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { keptLog } from "./kept-log.ts";

const digest: Digest = {
  workspace: "T1",
  channel: "C1",
  time: "09:00",
  zone: "Europe/Berlin",
  setBy: "U1",
  setAt: new Date("2026-01-01T00:00:00Z"),
};
const due = (now: string, parts: Partial<Digest> = {}) =>
  digestsDue([{ ...digest, ...parts }], new Date(now)).map(({ date }) => date);

describe("a digest", () => {
  it("is due from its local minute on", () => {
    expect(due("2026-11-22T07:59:59Z")).toEqual([]);
    expect(due("2026-11-22T08:00:00Z")).toEqual(["2026-11-22"]);
  });

  it("that was missed is caught up on the same local day, and left out after it", () => {
    expect(due("2026-11-22T22:59:59Z")).toEqual(["2026-11-22"]);
    expect(due("2026-11-22T23:00:00Z")).toEqual([]);
  });

  it("of late in the evening has an hour in any case, and is not mixed up with the next one", () => {
    const late = { time: "23:59" };
    expect(due("2026-11-22T22:59:00Z", late)).toEqual(["2026-11-22"]);
    expect(due("2026-11-22T23:59:00Z", late)).toEqual(["2026-11-22"]);
    expect(due("2026-11-22T23:59:01Z", late)).toEqual([]);
    expect(due("2026-11-22T23:30:00Z", { ...late, lastDate: "2026-11-22" })).toEqual([]);
    const early = { time: "00:10", lastDate: "2026-11-22" };
    expect(due("2026-11-22T23:30:00Z", early)).toEqual(["2026-11-23"]);
  });

  it("is not due twice on one date, nor when the clock goes back", () => {
    expect(due("2026-11-22T09:00:00Z", { lastDate: "2026-11-22" })).toEqual([]);
    expect(due("2026-11-22T09:00:00Z", { lastDate: "2026-11-23" })).toEqual([]);
    expect(due("2026-11-22T09:00:00Z", { lastDate: "2026-11-21" })).toEqual(["2026-11-22"]);
  });

  it("set after its time starts tomorrow", () => {
    const setAt = new Date("2026-11-22T10:00:00Z");
    expect(due("2026-11-22T10:01:00Z", { setAt })).toEqual([]);
    expect(due("2026-11-23T08:00:00Z", { setAt })).toEqual(["2026-11-23"]);
  });

  it.each([
    ["Berlin, before the spring change", "Europe/Berlin", "2027-03-27", "2027-03-27T08:00:00Z"],
    ["Berlin, on the day of it", "Europe/Berlin", "2027-03-28", "2027-03-28T07:00:00Z"],
    [
      "Berlin, on the day of the autumn change",
      "Europe/Berlin",
      "2026-10-25",
      "2026-10-25T08:00:00Z",
    ],
    [
      "New York, before the autumn change",
      "America/New_York",
      "2026-10-31",
      "2026-10-31T13:00:00Z",
    ],
    ["New York, on the day of it", "America/New_York", "2026-11-01", "2026-11-01T14:00:00Z"],
    [
      "New York, on the day of the spring change",
      "America/New_York",
      "2027-03-14",
      "2027-03-14T13:00:00Z",
    ],
    [
      "Kiritimati, fourteen hours ahead",
      "Pacific/Kiritimati",
      "2026-11-22",
      "2026-11-21T19:00:00Z",
    ],
    ["Pago Pago, eleven hours behind", "Pacific/Pago_Pago", "2026-11-22", "2026-11-22T20:00:00Z"],
  ])("keeps its local time in %s", (_where, zone, date, moment) => {
    const minuteBefore = new Date(Date.parse(moment) - 60_000).toISOString();
    expect(due(minuteBefore, { zone })).toEqual([]);
    expect(due(moment, { zone })).toEqual([date]);
  });

  it.each([
    ["that the spring change leaves out", "02:30", "2027-03-28"],
    ["that the autumn change brings twice", "02:30", "2026-10-25"],
  ])("comes once on a day with a minute %s", (_what, time, date) => {
    const seen = [];
    let lastDate = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
    for (let quarter = 0; quarter < 96; quarter += 1) {
      const now = new Date(Date.parse(`${date}T00:00:00Z`) + quarter * 900_000 - 7_200_000);
      for (const found of due(now.toISOString(), { time, lastDate })) {
        seen.push(found);
        lastDate = found;
      }
    }
    expect(seen.filter((found) => found === date)).toEqual([date]);
  });
});

describe.each(engines)("the timetable on %s", (engine) => {
  it("brings each digest once, whoever and however often asks", async () => {
    const { store } = await freshStore(engine);
    await store.write((q) => setDigest(q, digest));
    await store.write((q) => setDigest(q, { ...digest, workspace: "T2", time: "18:00" }));
    const now = new Date("2026-11-22T08:00:30Z");
    await Promise.all(Array.from({ length: 4 }, () => keepTimetable(store, now)));
    await keepTimetable(store, new Date("2026-11-22T16:59:00Z"));
    expect((await store.read(openJobs)).get("show_digest")).toBe(1);
    await keepTimetable(store, new Date("2026-11-22T17:00:00Z"));
    expect((await store.read(openJobs)).get("show_digest")).toBe(2);
    await keepTimetable(store, new Date("2026-11-23T08:00:00Z"));
    const rows = await store.read((q) => q.select().from(q.t.jobs));
    const keys = rows.filter((row) => row.kind === "show_digest").map((row) => row.key);
    expect(keys).toEqual(["digest:T1:2026-11-22", "digest:T2:2026-11-22", "digest:T1:2026-11-23"]);
  });

  it("A2, A9: forgets finished jobs, unanswered questions and stops after a day, and no sooner", async () => {
    const { store } = await freshStore(engine);
    const now = new Date("2026-11-22T08:00:00Z");
    await keepTimetable(store, now);
    const [job] = await claim(store, { token: "w", count: 1, leaseMs: 1, now });
    await finish(store, { id: job?.id ?? 0, token: "w" }, now);
    const choice = { workspace: "T1", person: "U1", setId: "s", wish: {}, createdAt: now };
    await store.write((q) => rememberChoices(q, [{ ...choice, id: "a" }]));
    const stop = { workspace: "T1", id: "chg_1", at: now, askedBy: ana, connectionIds: ["con_1"] };
    await store.write((q) => writeStop(q, stop));
    const kept = async () =>
      store.read(async (q) => [
        await q.$count(q.t.jobs),
        await q.$count(q.t.choices),
        await q.$count(q.t.stops),
      ]);
    await tidy(store, new Date("2026-11-23T08:00:00Z"));
    expect(await kept()).toEqual([1, 1, 1]);
    await tidy(store, new Date("2026-11-23T08:00:01Z"));
    expect(await kept()).toEqual([0, 0, 0]);
  });

  it("wakes the worker only when there is something for it", async () => {
    const { store } = await freshStore(engine);
    let woken = 0;
    const timetable = startTimetable({
      store,
      now: () => new Date("2026-11-22T08:00:00Z"),
      log: keptLog().log,
      wake: () => {
        woken += 1;
      },
      everyMs: 60_000,
    });
    await timetable.look();
    await timetable.look();
    await timetable.stop();
    expect(woken).toBe(1);
  });
});
