import { describe, expect, it } from "vitest";
import { rule } from "../../src/domain/policy.ts";
import {
  differenceOf,
  isDifferent,
  moveRule,
  putRule,
  removeRule,
} from "../../src/domain/policy-edit.ts";
import { aPolicy } from "./builders.ts";

const [a, b, c] = ["a", "b", "c"].map((name) => rule(name, {}, "allow")) as [
  ReturnType<typeof rule>,
  ReturnType<typeof rule>,
  ReturnType<typeof rule>,
];
const names = ({ rules }: ReturnType<typeof aPolicy>) => rules.map(({ name }) => name).join("");

describe("editing a policy", () => {
  it("puts a rule at the end, or in the place of another", () => {
    expect(names(putRule(aPolicy(a, b), c))).toBe("abc");
    expect(names(putRule(aPolicy(a, b), c, 0))).toBe("cb");
    expect(names(putRule(aPolicy(a), c, 9))).toBe("ac");
  });

  it("moves a rule by one place, and none beyond the ends", () => {
    expect(names(moveRule(aPolicy(a, b, c), 0, 1))).toBe("bac");
    expect(names(moveRule(aPolicy(a, b, c), 2, -1))).toBe("acb");
    expect(names(moveRule(aPolicy(a, b, c), 0, -1))).toBe("abc");
    expect(names(moveRule(aPolicy(a, b, c), 2, 1))).toBe("abc");
  });

  it("removes a rule", () => {
    expect(names(removeRule(aPolicy(a, b, c), 1))).toBe("ac");
  });
});

describe("what a save would change", () => {
  it("is what was added, removed and changed", () => {
    const denied = rule("b", {}, "deny");
    expect(differenceOf(aPolicy(a, b), aPolicy(denied, c))).toMatchObject({
      added: [c],
      removed: [a],
      changed: [{ was: b, now: denied }],
      reordered: false,
    });
  });

  it("is another order only where rules that stay change places", () => {
    expect(differenceOf(aPolicy(a, b), aPolicy(b, a)).reordered).toBe(true);
    expect(differenceOf(aPolicy(a, b), aPolicy(c, a, b)).reordered).toBe(false);
  });

  it("is also another channel, or other admins", () => {
    const same = aPolicy(a);
    expect(isDifferent(differenceOf(same, { ...same, channel: "C1" }))).toBe(true);
    expect(isDifferent(differenceOf(same, { ...same, admins: ["U1"] }))).toBe(true);
    expect(isDifferent(differenceOf(same, aPolicy(a)))).toBe(false);
  });

  it.each([
    ["a rule more", aPolicy(a, a)],
    ["a rule fewer", aPolicy()],
  ])("is noticed where only the number of equal rules is another: %s", (_, after) => {
    expect(isDifferent(differenceOf(aPolicy(a), after))).toBe(true);
  });
});
