import { describe, expect, it } from "vitest";
import { type Identity, isRecognised, once, sameAccount } from "../../src/domain/identity.ts";
import { aCampaign, aRef } from "./builders.ts";

const anIdentity = (facts: Partial<Identity> = {}): Identity => ({
  ...aRef(),
  connectionVersion: 1,
  ...facts,
});

describe("the account behind a connection", () => {
  const asked = (account?: string) => ({
    connectionVersion: 1,
    ...(account !== undefined && { account }),
  });
  const now = (account?: string, version = 2) => ({
    version,
    ...(account !== undefined && { account }),
  });

  it("is the same while nothing of the connection has changed", () => {
    expect(sameAccount(asked(), now(undefined, 1))).toBe("same");
    expect(sameAccount(asked("own:a"), now("own:a", 1))).toBe("same");
  });

  it.each([
    ["own:a", "own:a", "same"],
    ["key:a", "key:a", "same"],
    ["own:a", "own:b", "other"],
    ["key:a", "key:b", "unproven"],
    ["own:a", "key:a", "unproven"],
    ["key:a", "own:a", "unproven"],
    [undefined, "own:a", "unproven"],
    ["own:a", undefined, "unproven"],
    [undefined, undefined, "unproven"],
  ])("that was %s and is %s after a change is %s", (before, after, sameness) => {
    expect(sameAccount(asked(before), now(after))).toBe(sameness);
  });
});

describe("a campaign that is shown under the id that was meant", () => {
  const { campaign } = aRef();
  const shown = (name: string, mark?: string) => aCampaign({ name, ...(mark && { mark }) });

  it.each([
    ["the same name, whatever its case and spaces", {}, shown("SPRING\u00a0launch"), true],
    ["another name", {}, shown("Autumn"), false],
    ["the name of before its look", { calledNow: "Debts" }, shown("Spring launch"), true],
    ["the name of its last look", { calledNow: "Debts" }, shown("Debts"), true],
    ["the same name and time", { mark: "2026" }, shown("Spring launch", "2026"), true],
    [
      "the same name, made at another time",
      { mark: "2026" },
      shown("Spring launch", "2027"),
      false,
    ],
    ["the same name, where only one tells when", { mark: "2026" }, shown("Spring launch"), true],
    ["the same name, where only now it is told", {}, shown("Spring launch", "2027"), true],
    ["the same time and another name", { mark: "2026" }, shown("Autumn", "2026"), false],
  ])("is recognised by its name and by when it was made: %s", (_what, asked, seen, is) => {
    expect(isRecognised({ campaign, ...asked }, seen)).toBe(is);
  });

  it.each([
    ["a time that is the same", "2026", "2026", true],
    ["another time", "2026", "2027", false],
    ["no time on record", undefined, "2026", false],
    ["no time shown", "2026", undefined, false],
  ])("whose name was never read is recognised by its time alone: %s", (_what, mark, made, is) => {
    const asked = { campaign: { id: "42", name: "42" }, unread: true, ...(mark && { mark }) };
    expect(isRecognised(asked, shown("Spring launch", made))).toBe(is);
    expect(isRecognised(asked, shown("42", made))).toBe(is);
  });
});

describe("campaigns that were meant more than once", () => {
  const other = { connectionId: "con_2", connection: "burki-2" };

  it("count once through one connection, and once through two to one account", () => {
    const one = anIdentity({ account: "key:a" });
    expect(once([one, anIdentity(), anIdentity({ account: "key:a", ...other })])).toEqual([one]);
  });

  it("stay apart in two accounts, and under two ids", () => {
    const all = [
      anIdentity({ account: "key:a" }),
      anIdentity({ account: "key:b", ...other }),
      anIdentity({ account: "key:a", campaign: { id: "43", name: "Spring launch" } }),
      anIdentity({ connectionId: "con_3" }),
    ];
    expect(once(all)).toEqual(all);
  });
});
