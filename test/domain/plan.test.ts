import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdOn, leftOurPause, planOf, type Wished } from "../../src/domain/plan.ts";
import { aCampaign, minutesAfter } from "./builders.ts";

let last = 0;
function wished(
  parts: Partial<Omit<Wished, "target">> & { target?: Partial<Wished["target"]> } = {},
) {
  const { target, ...rest } = parts;
  last += 1;
  const one: Wished = {
    ...{ id: `chg_${last}`, action: "pause", state: "done", askedBy: "U_ANA" },
    askedAt: minutesAfter(last),
    ...rest,
    target: { state: "done", attempts: 1, vendor: "burki", after: "paused", ...target },
  };
  return one;
}
const until = (minutes: number) => ({ until: minutesAfter(minutes) });
const already = (parts: Parameters<typeof wished>[0] = {}) =>
  wished({ ...parts, target: { state: "already", attempts: 0 } });

describe("the hold on a campaign", () => {
  it("is that of the latest and longest wish", () => {
    const [two, one, endless] = [wished(until(120)), already(until(60)), already()];
    expect(holdOn([two, one])?.holder).toBe(two);
    expect(holdOn([two, one, endless])?.holder).toBe(endless);
    const same = already(until(120));
    expect(holdOn([two, same])?.holder).toBe(same);
    const again = already();
    expect(holdOn([two, endless, again, one])?.holder).toBe(again);
  });

  it("is nobody's where it was paused before we came, and ends with a resume or a cancel", () => {
    expect(holdOn([already(until(60))])).toBe(undefined);
    for (const action of ["resume", "cancel"] as const) {
      expect(holdOn([wished(), wished({ action })])).toBe(undefined);
      const failed = wished({ action, state: "failed", target: { state: "failed" } });
      expect(holdOn([wished(), failed])).toBeDefined();
      const unclear = wished({ action, target: { state: "needs_attention" } });
      expect(holdOn([wished(), unclear])).toBe(undefined);
    }
  });

  it("does not outlive a platform that has undone it, nor a pause that had to be made anew", () => {
    const first = wished(until(60));
    const changed = wished({ ...until(60), target: { watch: "changed" } });
    expect(planOf(changed.id, [changed])).toMatchObject({ kind: "let_go", by: changed });
    const anew = wished(until(90));
    expect(planOf(first.id, [first, anew])).toMatchObject({ kind: "let_go", by: anew });
    expect(planOf(anew.id, [first, anew])).toMatchObject({ kind: "stands", root: anew });
  });

  it("forgets what was never carried out, and begins with what may have been", () => {
    const denied = wished({ state: "denied", target: { state: "queued", attempts: 0 } });
    const first = wished(until(60));
    expect(planOf(first.id, [first, denied])).toMatchObject({ kind: "stands" });
    const unclear = wished({ ...until(60), target: { state: "needs_attention" } });
    expect(planOf(unclear.id, [unclear])).toMatchObject({ kind: "stands" });
    const uncalled = wished({ ...until(60), target: { state: "needs_attention", attempts: 0 } });
    expect(planOf(uncalled.id, [uncalled])).toEqual({ kind: "never_ours" });
    expect(planOf("chg_of_nobody", [])).toEqual({ kind: "never_ours" });
  });
});

describe("a campaign that is read before an end is asked for", () => {
  const pause = wished({ target: { noted: "said before" } });
  it.each([
    ["stands as we left it", {}, undefined],
    ["is said of what was said before", { note: "said before" }, undefined],
    ["has a reason of its own", { note: "Failure rate 100 %." }, "a reason of its own"],
    ["shows another word", { word: "halted" }, "our pause left it as paused"],
    ["runs", { phase: "running", word: "running" } as const, "does not stand paused"],
  ])("%s", (_name, parts, words) => {
    const seen = leftOurPause(pause, aCampaign({ phase: "paused", word: "paused", ...parts }));
    if (words === undefined) expect(seen).toBe(undefined);
    else expect(seen).toContain(words);
  });
});

/** What people and platforms did to one campaign, in order, and what a plain reading makes of it. */
type Deed = { kind: "pause"; minutes?: number } | { kind: "resume" } | { kind: "breaks_out" };
const deed = fc.oneof(
  fc.record({ kind: fc.constant("pause" as const), minutes: fc.integer({ min: 1, max: 500 }) }),
  fc.constant<Deed>({ kind: "pause" }),
  fc.constant<Deed>({ kind: "resume" }),
  fc.constant<Deed>({ kind: "breaks_out" }),
);

it("resumes by a plan only what is held by nobody longer, whatever people and platforms do", () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 12 }), (deeds: Deed[]) => {
      const story: Wished[] = [];
      let running = true;
      let standing: Wished[] = [];
      for (const one of deeds) {
        if (one.kind === "breaks_out") {
          running = true;
          standing = [];
        } else if (one.kind === "resume") {
          story.push(wished({ action: "resume", target: { state: running ? "already" : "done" } }));
          running = true;
          standing = [];
        } else {
          const when = one.minutes === undefined ? {} : until(one.minutes);
          const made = running ? wished(when) : already(when);
          story.push(made);
          standing.push(made);
          running = false;
        }
      }
      const stands = story.filter(({ id }) => planOf(id, story).kind === "stands");
      expect(stands.length).toBeLessThanOrEqual(1);
      const length = ({ until: end }: Wished) => end?.getTime() ?? Number.POSITIVE_INFINITY;
      for (const one of running ? [] : stands) {
        expect(standing).toContain(one);
        expect(standing.every((other) => length(other) <= length(one))).toBe(true);
      }
      if (!running) expect(stands).toHaveLength(1);
    }),
    { numRuns: 500 },
  );
});
