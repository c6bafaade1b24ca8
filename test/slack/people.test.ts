import { beforeEach, describe, expect, it } from "vitest";
import { createPeople, type People } from "../../src/slack/people.ts";
import { type AWebApi, aWebApi } from "./a-web-api.ts";

let slack: AWebApi;
let people: People;
let now: Date;

beforeEach(async () => {
  slack = await aWebApi();
  now = new Date("2027-01-04T12:00:00Z");
  people = createPeople({ web: slack.web, admins: ["U_OPS"], now: () => now });
});

const member = { id: "U_ANA", team_id: "T1", tz: "Europe/Berlin" };

function slackKnows(facts: Record<string, unknown>): void {
  slack.says("users.info", { body: { ok: true, user: { ...member, ...facts } } });
}

async function known(facts: Record<string, unknown>, policy = {}) {
  slackKnows(facts);
  const asked = String(facts.id ?? member.id);
  const found = await people.know("T1", asked, { admins: [], groups: [], ...policy });
  if (found.kind !== "person") throw new Error(found.reason);
  return found.person;
}

describe("what somebody is to us", () => {
  it.each<[string, string, Record<string, unknown>]>([
    ["a full member", "member", {}],
    ["a guest in several channels", "guest", { is_restricted: true }],
    ["a guest in one channel", "guest", { is_restricted: true, is_ultra_restricted: true }],
    ["a guest who is only marked as the lesser kind", "guest", { is_ultra_restricted: true }],
    ["a bot", "bot", { is_bot: true }],
    ["somebody who has left", "deactivated", { deleted: true }],
    ["a bot that was removed", "deactivated", { deleted: true, is_bot: true }],
    ["somebody whom Slack calls a stranger", "stranger", { is_stranger: true }],
    ["somebody of another organisation in a shared channel", "stranger", { team_id: "T_OTHER" }],
    ["a guest of another organisation", "stranger", { team_id: "T_OTHER", is_restricted: true }],
    [
      "a colleague of a sister workspace who is not in ours",
      "stranger",
      { team_id: "T_SISTER", enterprise_user: { id: "W_ANA", teams: ["T_SISTER"] } },
    ],
    [
      "a colleague of a sister workspace who is in ours too",
      "member",
      { team_id: "T_SISTER", enterprise_user: { id: "W_ANA", teams: ["T_SISTER", "T1"] } },
    ],
    [
      "somebody of a Grid whose home Slack leaves out",
      "member",
      { team_id: undefined, enterprise_user: { id: "W_ANA", teams: ["T1"] } },
    ],
    ["somebody of whom Slack says no home at all", "stranger", { team_id: undefined }],
  ])("B12, B14, B15: %s is a %s", async (_name, kind, facts) => {
    expect((await known(facts)).kind).toBe(kind);
  });

  it("B15: is one person under one id across a Grid", async () => {
    const facts = { enterprise_user: { id: "W_ANA", teams: ["T1"] } };
    expect(await known(facts)).toMatchObject({ id: "W_ANA", otherIds: ["U_ANA"] });
    expect(await known({})).toMatchObject({ id: "U_ANA", otherIds: [] });
    slackKnows(facts);
    const asked = await people.know("T1", "W_ANA", { admins: [], groups: [] });
    expect(asked).toMatchObject({ person: { id: "W_ANA" } });
  });

  it("brings their time zone", async () => {
    expect((await known({})).zone).toBe("Europe/Berlin");
    expect((await known({ tz: undefined })).zone).toBe("UTC");
  });
});

describe("an admin", () => {
  it.each(["is_admin", "is_owner", "is_primary_owner"])("is who Slack says: %s", async (mark) => {
    expect((await known({ [mark]: true })).admin).toBe(true);
  });

  it("is who the operator says, by either id", async () => {
    expect((await known({ id: "U_OPS" })).admin).toBe(true);
    const grid = { id: "U_OPS", enterprise_user: { id: "W_OPS", teams: ["T1"] } };
    expect((await known(grid)).admin).toBe(true);
  });

  it("is who the policy says", async () => {
    expect((await known({}, { admins: ["U_ANA"] })).admin).toBe(true);
    expect((await known({}, { admins: ["U_BEN"] })).admin).toBe(false);
  });

  it.each([{ is_restricted: true }, { is_bot: true }, { deleted: true }, { team_id: "T_OTHER" }])(
    "B14: is never anybody but a full member, whoever names them: %o",
    async (facts) => {
      const person = await known({ ...facts, is_admin: true }, { admins: ["U_ANA"] });
      expect(person.admin).toBe(false);
    },
  );
});

describe("user groups", () => {
  const groups = ["S_MARKETING", "S_SALES"];
  const list = "usergroups.users.list";

  it("are those of the policy in which the person is", async () => {
    slack.says(list, { body: { ok: true, users: ["U_ANA"] } }, { body: { ok: true, users: [] } });
    expect((await known({}, { groups })).groups).toEqual(["S_MARKETING"]);
  });

  const asked = () => slack.calls.filter(({ path }) => path === list).length;
  const inSales = { body: { ok: true, users: ["U_ANA"] } };
  const look = { groups: ["S_SALES"], look: true };

  it("are asked for once a minute where nothing is decided", async () => {
    slack.says(list, inSales);
    for (let times = 0; times < 5; times += 1) await known({}, look);
    expect(asked()).toBe(1);
    now = new Date(now.getTime() + 60_000);
    await known({}, look);
    expect(asked()).toBe(2);
  });

  it("are read afresh for every decision, so that whoever was taken out two seconds ago is out", async () => {
    slack.says(list, inSales, { body: { ok: true, users: [] } });
    expect((await known({}, { groups: ["S_SALES"] })).groups).toEqual(["S_SALES"]);
    expect((await known({}, { groups: ["S_SALES"] })).groups).toEqual([]);
  });

  it("are read once for all that hangs on one decision", async () => {
    slack.says(list, inSales);
    const since = people.moment();
    for (let times = 0; times < 3; times += 1) await known({}, { groups: ["S_SALES"], since });
    expect(asked()).toBe(1);
  });

  it("leave a share of Slack's calls to decisions, however much is looked at", async () => {
    slack.says(list, inSales);
    const many = Array.from({ length: 30 }, (_, place) => `S${place}`);
    const person = await known({}, { groups: many, look: true });
    expect(asked()).toBe(8);
    expect(person.unread).toHaveLength(22);
    expect((await known({}, { groups: ["S_OTHER"] })).groups).toEqual(["S_OTHER"]);
  });

  it("cannot be read for a decision once a minute's calls are used up, and the next minute can", async () => {
    slack.says(list, inSales);
    for (let times = 0; times < 18; times += 1) await known({}, { groups: ["S_SALES"] });
    expect(await known({}, { groups: ["S_SALES"] })).toMatchObject({ unread: ["S_SALES"] });
    now = new Date(now.getTime() + 60_000);
    expect((await known({}, { groups: ["S_SALES"] })).groups).toEqual(["S_SALES"]);
  });

  it("are forgotten as soon as Slack says that they are others", async () => {
    slack.says(list, inSales, { body: { ok: true, users: [] } });
    expect((await known({}, look)).groups).toEqual(["S_SALES"]);
    people.forgetGroup("T1", "S_SALES");
    expect((await known({}, look)).groups).toEqual([]);
  });

  it("are each workspace's own", async () => {
    slackKnows({ team_id: undefined, enterprise_user: { id: "W_ANA", teams: ["T1", "T2"] } });
    slack.says(list, { body: { ok: true, users: ["U_ANA"] } }, { body: { ok: true, users: [] } });
    const policy = { admins: [], groups: ["S_SALES"] };
    expect(await people.know("T1", "U_ANA", policy)).toMatchObject({
      person: { groups: ["S_SALES"] },
    });
    expect(await people.know("T2", "U_ANA", policy)).toMatchObject({ person: { groups: [] } });
  });

  it("count somebody of a Grid by either id", async () => {
    const facts = { enterprise_user: { id: "W_ANA", teams: ["T1"] } };
    for (const id of ["W_ANA", "U_ANA"]) {
      slack.says(list, { body: { ok: true, users: [id] } });
      now = new Date(now.getTime() + 60_000);
      expect((await known(facts, { groups: ["S_SALES"] })).groups).toEqual(["S_SALES"]);
    }
  });

  it("grant nothing and are named when they cannot be read, and are asked for again then", async () => {
    slackKnows({});
    slack.says(
      list,
      { body: { ok: false, error: "missing_scope" } },
      { body: { ok: true } },
      { body: { ok: true, users: [] } },
    );
    const policy = { admins: [], groups: ["S_SALES"] };
    const open = { kind: "person", person: { groups: [], unread: ["S_SALES"] } };
    expect(await people.know("T1", "U_ANA", policy)).toMatchObject(open);
    expect(await people.know("T1", "U_ANA", policy)).toMatchObject(open);
    const read = await people.know("T1", "U_ANA", policy);
    expect(read).toMatchObject({ person: { notIn: ["S_SALES"] } });
    expect(read).not.toHaveProperty("person.unread");
  });

  it("that are gone have no members, and lock nobody out", async () => {
    slack.says(list, { body: { ok: false, error: "no_such_subteam" } });
    expect((await known({}, { groups: ["S_GONE"] })).groups).toEqual([]);
  });
});

function gridAnswer(teams: unknown) {
  const user = { id: "U_ANA", enterprise_user: { id: "W_ANA", teams } };
  return { body: { ok: true, user } };
}

describe("when Slack cannot say who somebody is", () => {
  it.each([
    ["a fault of its own", { status: 500, body: "<html>" }],
    ["an error", { body: { ok: false, error: "user_not_found" } }],
    ["a rate limit", { status: 429, headers: { "retry-after": "1" }, body: { ok: false } }],
    ["no user at all", { body: { ok: true } }],
    ["a user of another shape", { body: { ok: true, user: { id: 5, is_admin: "yes" } } }],
    ["no JSON", { body: "hello" }],
    ["an answer about somebody else", { body: { ok: true, user: { ...member, id: "U_BEN" } } }],
    ["teams that are no list", gridAnswer("T1")],
    ["a mark that is no yes or no", { body: { ok: true, user: { ...member, deleted: "no" } } }],
    ["a cut connection", { status: 200, headers: { "content-length": "999" }, body: "{" }],
  ])("B12: because of %s, nobody may act", async (_name, reply) => {
    slack.says("users.info", reply);
    const found = await people.know("T1", "U_ANA", { admins: ["U_ANA"], groups: [] });
    expect(found).toMatchObject({ kind: "unverifiable" });
    expect(found.kind === "unverifiable" && found.sentence).toContain("nothing was done");
  });

  it("asks afresh every time, so that a right that was taken away is gone at once", async () => {
    expect((await known({ is_admin: true })).admin).toBe(true);
    expect((await known({ is_admin: false })).admin).toBe(false);
    expect((await known({ deleted: true })).kind).toBe("deactivated");
  });
});

describe("what Slack leaves out or says as null", () => {
  const ornaments = ["tz", "tz_offset", "is_admin", "is_owner", "is_primary_owner", "profile"];
  const marks = ["deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger"];

  it.each([...ornaments, ...marks, "enterprise_user", "real_name"])(
    "is absent, and makes nobody unknown: %s",
    async (field) => {
      expect(await known({ [field]: null })).toMatchObject({ id: "U_ANA", kind: "member" });
    },
  );

  it.each(ornaments)("an ornament of another type makes nobody unknown: %s", async (field) => {
    const person = await known({ [field]: { of: "another type" } });
    expect(person).toMatchObject({ kind: "member", admin: false });
  });

  it.each(marks)("a mark of another type lets nobody in: %s", async (field) => {
    slackKnows({ [field]: "no" });
    const found = await people.know("T1", "U_ANA", { admins: [], groups: [] });
    expect(found.kind).toBe("unverifiable");
  });

  it.each([
    [{ tz: null, tz_offset: 7_200 }, "+02:00"],
    [{ tz: "Mars/Olympus", tz_offset: -12_600 }, "-03:30"],
    [{ tz: 5, tz_offset: 0 }, "+00:00"],
    [{ tz: null, tz_offset: null }, "UTC"],
    [{ tz: null, tz_offset: 1e9 }, "UTC"],
  ])(
    "falls back from a zone that cannot be read to the offset, and says so: %j",
    async (facts, zone) => {
      expect(await known(facts)).toMatchObject({ zone, zoneGuessed: true });
    },
  );
});
