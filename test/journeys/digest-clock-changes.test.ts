import { describe, expect, it } from "vitest";
import { comes, digestsIn, setsDigest } from "../support/digest.ts";
import { type Journey, startJourney } from "../support/journey.ts";

const minute = 60_000;
const hour = 60 * minute;

const berlin = "Europe/Berlin";
const newYork = "America/New_York";

/** Three days around each change: the minutes at which a digest is due, and their local dates. */
const changes = [
  {
    season: "Berlin in spring 2027",
    zone: berlin,
    from: "2027-03-26T23:30Z",
    dates: ["27 March", "28 March", "29 March"],
    times: [
      { time: "09:00", moments: ["2027-03-27T08:00Z", "2027-03-28T07:00Z", "2027-03-29T07:00Z"] },
      {
        time: "02:30",
        which: "left out, so it comes at 03:00",
        moments: ["2027-03-27T01:30Z", "2027-03-28T01:00Z", "2027-03-29T00:30Z"],
      },
    ],
  },
  {
    season: "Berlin in autumn 2027",
    zone: berlin,
    from: "2027-10-29T22:30Z",
    dates: ["30 October", "31 October", "1 November"],
    times: [
      { time: "09:00", moments: ["2027-10-30T07:00Z", "2027-10-31T08:00Z", "2027-11-01T08:00Z"] },
      {
        time: "02:30",
        which: "shown twice, so it comes at the first",
        moments: ["2027-10-30T00:30Z", "2027-10-31T00:30Z", "2027-11-01T01:30Z"],
      },
    ],
  },
  {
    season: "New York in autumn 2026",
    zone: newYork,
    from: "2026-10-31T04:30Z",
    dates: ["31 October", "1 November", "2 November"],
    times: [
      { time: "09:00", moments: ["2026-10-31T13:00Z", "2026-11-01T14:00Z", "2026-11-02T14:00Z"] },
      {
        time: "01:30",
        which: "shown twice, so it comes at the first",
        moments: ["2026-10-31T05:30Z", "2026-11-01T05:30Z", "2026-11-02T06:30Z"],
      },
    ],
  },
  {
    season: "New York in spring 2027",
    zone: newYork,
    from: "2027-03-13T05:30Z",
    dates: ["13 March", "14 March", "15 March"],
    times: [
      { time: "09:00", moments: ["2027-03-13T14:00Z", "2027-03-14T13:00Z", "2027-03-15T13:00Z"] },
      {
        time: "02:30",
        which: "left out, so it comes at 03:00",
        moments: ["2027-03-13T07:30Z", "2027-03-14T07:00Z", "2027-03-15T06:30Z"],
      },
    ],
  },
] as const;

const cases = changes.flatMap(({ times, ...change }) =>
  times.map((one) => ({ ...change, ...one, which: "which" in one ? one.which : "as on any day" })),
);

describe("the digest comes once on each local date over a change of the clocks", () => {
  it.each(cases)(
    "H67: in $season at $time: $which",
    async ({ zone, time, from, moments, dates }) => {
      const journey = await startJourney({ connected: [] });
      livesIn(journey, zone);
      await comes(journey, from);
      await setsDigest(journey, "dee", { time });
      for (const look of looksAround(from, moments)) await comes(journey, look);
      const came = digestsIn(journey).map(({ text, postedAt }) => {
        const [, date] = /^Campaigns on \w+ ([^:]+):/.exec(text) ?? [];
        return `${postedAt.toISOString().slice(0, 16)}Z for ${date}`;
      });
      expect(came).toEqual(moments.map((moment, day) => `${moment} for ${dates[day]}`));
      await journey.ends();
    },
  );
});

function livesIn(journey: Journey, zone: string): void {
  const dee = journey.house.slack.people.find(({ name }) => name === "dee");
  if (dee) dee.tz = zone;
}

/** Every three hours, half a minute before and right at each moment, and again while the clocks may show it twice. */
function looksAround(from: string, moments: readonly string[]): Date[] {
  const start = Date.parse(from);
  const due = moments.map((moment) => Date.parse(moment));
  const hours = Array.from({ length: 20 }, (_, step) => start + 3 * (step + 1) * hour);
  const near = due.flatMap((at) => [at - minute / 2, at, at + hour / 2, at + hour, at + 2 * hour]);
  return [...hours, ...near].sort((a, b) => a - b).map((look) => new Date(look));
}
