import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rule } from "../../src/domain/policy.ts";
import { applyPolicy } from "../../src/flows/policy-text.ts";
import { type Journey, startJourney } from "../support/journey.ts";
import { type OwnTerminal, ownTerminal } from "./own-terminal.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney({ connected: ["burki"] });
  const { world, workspace } = journey.house;
  const policy = { version: 1 as const, rules: [rule("all", {}, "allow")] };
  await applyPolicy(world, { workspace, policy, by: "U0DEE00004" });
  journey.clock.set(new Date(Date.now() - 5 * 24 * 3_600_000));
  await journey.types("ana", "pause burki:42");
  journey.clock.set(new Date());
  await journey.types("ben", "resume burki:42");
  await journey.untilEnded();
});
afterAll(() => journey.ends());

const draft = `version: 1
rules:
  - name: Ben agrees
    when: { action: [resume] }
    then:
      approve: { from: [U0BEN00002] }
  - name: pauses
    when: { action: [pause] }
    then: allow
`;

/** Beside the running bot, on its very database and with its Slack. */
function beside(): OwnTerminal {
  const { databaseUrl, keyring, slackApiUrl, botToken } = journey.house.config;
  return ownTerminal({
    DATABASE_URL: databaseUrl,
    FERMATA_KEYRING: keyring?.reveal(),
    SLACK_API_URL: slackApiUrl,
    SLACK_BOT_TOKEN: botToken?.reveal(),
  });
}
const line = (rest: string) => `policy ${rest} --workspace ${journey.house.workspace}`;

describe("fermata policy replay", () => {
  it("says what the file would have decided, and who would have been stuck", async () => {
    const { code, out } = await beside().types(line("replay -"), draft);
    expect(code).toBe(0);
    expect(out).toContain("Changes of the last 90 days: 2.");
    expect(out).toContain("Allowed: 1. Needs approval: 0.");
    expect(out).toContain("Stuck because too few could approve: 1.");
    expect(out).toMatch(/U0BEN00002 +resume +allowed +stuck +Ben agrees/);
    expect(out).not.toMatch(/U0ANA00001 +pause/);
  });

  it("prints the same as JSON, for programs", async () => {
    const read = await beside().reads(line("replay - --json"), draft);
    expect(read).toMatchObject({
      days: 90,
      changes: 2,
      allow: 1,
      stuck: 1,
      otherwise: [{ action: "resume", was: { kind: "allow" }, now: { rule: "Ben agrees" } }],
    });
  });

  it("looks back as far as it is told", async () => {
    const { out } = await beside().types(line("replay - --days 1"), draft);
    expect(out).toContain("Changes of the last day: 1.");
  });

  it("saves nothing, and touches no change", async () => {
    const before = await beside().types(line("show"));
    await beside().types(line("replay -"), draft);
    expect(await beside().types(line("show"))).toEqual(before);
    expect((await journey.changes()).map(({ state }) => state)).toEqual(["done"]);
  });

  it("ends with 65 and the line on a file that is wrong", async () => {
    const { code, err } = await beside().types(line("replay -"), draft.replace("allow", "alow"));
    expect(code).toBe(65);
    expect(err).toContain("Line 9: rules[1].then must be");
    expect(err).toContain("Nothing was replayed.");
  });

  it("ends with 64 on a number of days that is none", async () => {
    expect((await beside().types(line("replay - --days soon"), draft)).code).toBe(64);
  });
});

describe("fermata policy apply", () => {
  const slack = () => journey.house.slack;
  const benIs = (deleted: boolean) => {
    const ben = slack().people.find(({ name }) => name === "ben");
    if (ben) ben.deleted = deleted;
  };

  it("is refused with names where too few could decide", async () => {
    benIs(true);
    const { code, err } = await beside().types(line("apply -"), draft);
    benIs(false);
    expect(code).toBe(65);
    expect(err).toContain("“Ben agrees” asks for one person, and nobody could decide:");
    expect(err).toContain("U0BEN00002 is deactivated.");
    expect(err).toContain("Nothing was saved.");
  });

  it("counts the members of a group, and none who is not a full member", async () => {
    const group = draft.replace("[U0BEN00002]", "[S0MARKETNG, U0GUS00005], count: 3");
    const { code, err } = await beside().types(line("apply -"), group);
    expect(code).toBe(65);
    expect(err).toContain("asks for 3 people, and only U0BEN00002, U0CHI00003 could decide");
    expect(err).toContain("U0GUS00005 is a guest");
  });

  it("is refused where Slack does not say who is there", async () => {
    slack().faults.set({ method: "users.info", error: "internal_error" });
    const { code, err } = await beside().types(line("apply -"), draft);
    slack().faults.set(null);
    expect(code).toBe(69);
    expect(err).toContain("nothing was saved");
  });

  it("says that Slack was not asked where it has no token", async () => {
    const terminal = beside();
    terminal.environment.SLACK_BOT_TOKEN = undefined;
    const { code, err } = await terminal.types(line("apply -"), draft);
    expect(code).toBe(0);
    expect(err).toContain("Slack was not asked");
  });

  it("keeps every version, with who saved it and when", async () => {
    expect((await beside().types(line("apply -"), draft)).code).toBe(0);
    const { out } = await beside().types(line("versions"));
    expect(out).toMatch(/1 +\S+ \S+ +U0DEE00004/);
    expect(out).toMatch(/3 +\S+ \S+ +the command line/);
    const first = await beside().types(line("show --version 1"));
    expect(first.out).toContain("name: all");
    expect((await beside().types(line("show --version 9"))).code).toBe(65);
    expect((await beside().types(line("show --version 0"))).out).toContain("built-in");
  });
});
