import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Journey, startJourney } from "../support/journey.ts";
import { type OwnTerminal, ownTerminal } from "./own-terminal.ts";

let journey: Journey;
let paused: string;
let waiting: string;
beforeAll(async () => {
  journey = await startJourney({ connected: ["burki", "peachdesk"] });
  await journey.types("ana", "pause burki:42 because wrong price");
  paused = (await journey.untilEnded()).id;
  journey.clock.advance(60_000);
  await journey.types("ana", "resume peachdesk:17");
  waiting = (await journey.change()).id;
});
afterAll(() => journey.ends());

/** Beside the running bot, on its very database. */
function beside(): OwnTerminal {
  const { databaseUrl, keyring } = journey.house.config;
  return ownTerminal({ DATABASE_URL: databaseUrl, FERMATA_KEYRING: keyring?.reveal() });
}

interface Shown {
  id: string;
  [key: string]: unknown;
}

describe("fermata changes", () => {
  it("prints every change in the promised shape, the newest first", async () => {
    const all = await beside().reads<Shown[]>("changes --json");
    expect(all.map(({ id }) => id)).toEqual([waiting, paused]);
    expect(all[1]).toEqual({
      id: paused,
      workspace: journey.house.workspace,
      action: "pause",
      state: "done",
      reason: "wrong price",
      askedBy: "U0ANA00001",
      askedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      targets: [
        {
          connection: "burki",
          vendor: "burki",
          campaign: { id: "42", name: "Spring launch" },
          state: "done",
        },
      ],
      votes: [],
    });
    expect(all[0]).toMatchObject({ reason: null, state: "waiting", votes: [] });
  });

  it("keeps to a state, a workspace and a number", async () => {
    const { reads, types } = beside();
    const ids = async (line: string) => (await reads<Shown[]>(line)).map(({ id }) => id);
    expect(await ids("changes --json --state waiting")).toEqual([waiting]);
    expect(await ids("changes --json --state denied")).toEqual([]);
    expect(await ids("changes --json --limit 1")).toEqual([waiting]);
    expect(await ids("changes --json --workspace T0SOMEBODYELSE")).toEqual([]);
    expect(await ids(`changes --json --workspace ${journey.house.workspace}`)).toHaveLength(2);
    expect((await types("changes --state denied")).out).toBe("There are none.");
  });

  it("prints a table for people", async () => {
    const { out } = await beside().types("changes");
    expect(out.split("\n")).toHaveLength(3);
    expect(out).toMatch(/U0ANA00001 +pause +done +burki:42 Spring launch/);
  });
});

describe("fermata change", () => {
  it("adds the calls to the vendor and the audit lines", async () => {
    const { reads } = beside();
    const [, listed] = await reads<Shown[]>("changes --json");
    const { attempts, audit, ...rest } = await reads<Shown>(`change ${paused} --json`);
    expect(rest).toEqual(listed);
    expect(attempts).toMatchObject([
      {
        connection: "burki",
        campaign: { id: "42", name: "Spring launch" },
        number: 1,
        action: "pause",
        result: "accepted",
      },
    ]);
    const events = (audit as { event: string }[]).map(({ event }) => event);
    expect(events.at(0)).toBe("asked");
    expect(events).toContain("attempt");
    expect(events.at(-1)).toBe("change_ended");
  });

  it("tells the same in words", async () => {
    const { out } = await beside().types(`change ${paused}`);
    for (const words of ["wrong price", "running → paused", "pause, try 1", "accepted", "asked"]) {
      expect(out).toContain(words);
    }
    expect(out).toContain("Votes: none");
  });

  it("ends with 65 when there is no such change", async () => {
    expect(await beside().types("change chg_nothing")).toEqual({
      code: 65,
      out: "",
      err: "There is no change chg_nothing.",
    });
  });
});

describe("a command beside the running bot", () => {
  it("proves and changes what the bot works with", async () => {
    const { types } = beside();
    const place = `--workspace ${journey.house.workspace}`;
    expect((await types("audit verify")).code).toBe(0);
    const denyAll = "version: 1\nrules: []\n";
    expect((await types(`policy apply - ${place}`, denyAll)).code).toBe(0);
    const { told } = await journey.types("ana", "pause peachdesk:42");
    expect(told).not.toBe("");
    expect(journey.word("peachdesk", "42")).toBe("running");
    expect((await types(`disconnect --name burki ${place}`)).code).toBe(0);
  });
});
