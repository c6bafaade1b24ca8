import { describe, expect, it } from "vitest";
import { rule, type When } from "../../src/domain/policy.ts";
import { isAbout, isAdmin, isAmong, isAskedBy } from "../../src/domain/rule-match.ts";
import { anAdmin, ana, aPerson, aPolicy, aRef, ben, monday } from "./builders.ts";

const guest = aPerson({ id: "U_GUS", kind: "guest", admin: true, groups: ["S1"] });
const bot = aPerson({ id: "U_BOT", kind: "bot" });

describe("a list of people", () => {
  it.each([
    [["U_ANA"], ana, true],
    [["U_BEN", "U_ANA"], ana, true],
    [["U_BEN"], ana, false],
    [["S2", "S1"], guest, true],
    [["S2"], guest, false],
    [["members"], ana, true],
    [["members"], guest, false],
    [["members"], bot, false],
    [["guests"], guest, true],
    [["guests"], ana, false],
    [["guests"], bot, false],
    [["admins"], anAdmin, true],
    [["admins"], ana, false],
    [["admins"], guest, false],
    [[], ana, false],
  ])("%j and %o: %s", (list, person, among) => {
    expect(isAmong(list, person, {})).toBe(among);
  });

  it("has for admins Slack's own and those whom the policy names, if they are full members", () => {
    expect([isAdmin(ana, {}), isAdmin(anAdmin, {}), isAdmin(guest, {})]).toEqual([
      false,
      true,
      false,
    ]);
    expect(isAdmin(ana, { admins: ["U_BEN", "U_ANA"] })).toBe(true);
    expect(isAdmin(ana, { admins: ["U_BEN"] })).toBe(false);
    expect(isAdmin({ ...guest, admin: false }, { admins: ["U_GUS"] })).toBe(false);
  });
});

describe("a rule", () => {
  const speaks = (when: When) =>
    isAbout(rule("a", when, "allow"), { action: "pause", count: 1, at: monday }, aRef());

  it("speaks of a campaign if one of the names in each of its lists is the campaign's", () => {
    expect(speaks({ connection: ["talkdesk", "burki"], campaign: ["Autumn*", "Spring*"] })).toBe(
      true,
    );
    expect(speaks({ connection: ["talkdesk"], campaign: ["Spring*"] })).toBe(false);
    expect(speaks({ connection: ["burki"], campaign: ["Autumn*"] })).toBe(false);
  });

  it("speaks of somebody who is not a full member only where it names them, among others too", () => {
    const asked = (requester: string[]) =>
      isAskedBy(rule("a", { requester }, "allow"), guest, aPolicy());
    expect([asked(["U_BEN", "U_GUS"]), asked(["members", "guests"]), asked(["S1"])]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isAskedBy(rule("a", {}, "allow"), guest, aPolicy())).toBe(false);
    expect(isAskedBy(rule("a", { requester: ["guests"] }, "allow"), bot, aPolicy())).toBe(false);
    expect(isAskedBy(rule("a", {}, "allow"), ben, aPolicy())).toBe(true);
  });
});
