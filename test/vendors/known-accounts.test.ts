import { describe, expect, it } from "vitest";
import { VendorFailure } from "../../src/vendors/failure.ts";
import { createKnownAccounts } from "../../src/vendors/known-accounts.ts";

function accounts() {
  let at = Date.parse("2026-11-22T10:00:00Z");
  let asked = 0;
  const known = createKnownAccounts(() => new Date(at), 1);
  const told = (name: string | undefined) => async () => {
    asked += 1;
    return name;
  };
  const failing = async () => {
    asked += 1;
    throw new VendorFailure({ kind: "unavailable", vendor: "woodpecker" });
  };
  return {
    known,
    told,
    failing,
    asked: () => asked,
    passes: (ms: number) => {
      at += ms;
    },
  };
}

describe("whose a key is", () => {
  it("is asked once, however many wait for it", async () => {
    const { known, told, asked } = accounts();
    const names = await Promise.all([1, 2, 3].map(() => known.of("key", told("acme"))));
    expect([names, asked(), known.told("key")]).toEqual([["acme", "acme", "acme"], 1, "acme"]);
  });

  it.each(["told nothing", "a failure"])(
    "is the key itself after %s, for five minutes",
    async (what) => {
      const { known, told, failing, asked, passes } = accounts();
      const first = what === "a failure" ? failing : told(undefined);
      expect(await known.of("key", first)).toBe("key");
      passes(299_000);
      expect(await known.of("key", told("acme"))).toBe("key");
      expect([asked(), known.told("key")]).toEqual([1, undefined]);
      passes(2_000);
      expect(await known.of("key", told("acme"))).toBe("acme");
    },
  );

  it("is forgotten when the key is not used for ten minutes", async () => {
    const { known, told, asked, passes } = accounts();
    await known.of("key", told("acme"));
    passes(599_000);
    await known.of("key", told("other"));
    passes(600_000);
    expect(await known.of("key", told("other"))).toBe("other");
    expect(asked()).toBe(2);
  });

  it("hides no fault of ours", async () => {
    const { known } = accounts();
    const broken = known.of("key", () => Promise.reject(new TypeError("a bug")));
    await expect(broken).rejects.toThrow("a bug");
  });
});
