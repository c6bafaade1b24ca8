import { describe, expect, it } from "vitest";
import { builtInPolicy, type PolicyAction, type Rule, rule } from "../../src/domain/policy.ts";
import { whoCouldAsk } from "../../src/domain/who-could.ts";
import { aPolicy, aRef, monday } from "./builders.ts";

const spring = aRef();
const other = aRef({ connection: "sales-eu", vendor: "woodpecker" });
const asked = (action: PolicyAction, ...targets: (typeof spring)[]) => ({
  action,
  targets: targets.length > 0 ? targets : [spring],
  at: monday,
});
const who = (rules: readonly Rule[], ...targets: (typeof spring)[]) =>
  whoCouldAsk(aPolicy(...rules), asked("pause", ...targets));
const only = (...requester: string[]) => rule(requester.join(), { requester }, "allow");

describe("who could ask instead", () => {
  it("is whom the rules about it name", () => {
    expect(whoCouldAsk(builtInPolicy, asked("resume"))).toEqual(["members"]);
    expect(whoCouldAsk(builtInPolicy, asked("stop"))).toEqual(["members"]);
    expect(who([only("S1", "guests"), only("S1", "U1")])).toEqual(["S1", "guests", "U1"]);
  });

  it("is any member where a rule names nobody", () => {
    expect(who([rule("a", {}, "allow")])).toEqual(["members"]);
  });

  it("is nobody whom a matching deny names, and nobody at all where it names none", () => {
    expect(who([only("S1", "U1"), rule("no", { requester: ["U1"] }, "deny")])).toEqual(["S1"]);
    expect(who([only("U1", "guests"), rule("no", { requester: ["members"] }, "deny")])).toEqual([
      "guests",
    ]);
    expect(who([only("U1", "guests"), rule("no", {}, "deny")])).toEqual([]);
    expect(who([])).toEqual([]);
  });

  it("looks only at rules about these campaigns at this moment", () => {
    const elsewhere = rule("b", { connection: ["sales-eu"], requester: ["S2"] }, "allow");
    const never = { zone: "UTC", days: ["sun"], from: "00:00", to: "24:00" } as const;
    const closed = rule("c", { hours: never, requester: ["S3"] }, "allow");
    expect(who([only("S1"), elsewhere, closed])).toEqual(["S1"]);
  });

  it("is whoever may ask for all of them", () => {
    const here = rule("a", { connection: ["burki"], requester: ["members"] }, "allow");
    const there = rule("b", { connection: ["sales-eu"], requester: ["S2", "guests"] }, "allow");
    expect(who([here, there], spring, other)).toEqual(["S2"]);
  });
});
