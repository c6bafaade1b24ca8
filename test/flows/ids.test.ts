import { describe, expect, it } from "vitest";
import { idFrom } from "../../src/flows/ids.ts";

describe("an id made from a request", () => {
  it("is the same for the same request and another for any other", () => {
    expect(idFrom("chg", "T1", "key")).toBe(idFrom("chg", "T1", "key"));
    const others = [
      idFrom("chg", "T2", "key"),
      idFrom("end", "T1", "key"),
      idFrom("chg", "T1k", "ey"),
    ];
    expect(others).not.toContain(idFrom("chg", "T1", "key"));
  });

  it("B10: is of 22 letters and digits alone, so that no sentence can mistake a part of it for markup", () => {
    for (let at = 0; at < 2_000; at += 1) {
      expect(idFrom("chg", "T1", String(at))).toMatch(/^chg_[A-Za-z0-9]{22}$/);
    }
  });
});
