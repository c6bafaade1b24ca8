import { describe, expect, it } from "vitest";
import { createMemories } from "../../src/domain/memories.ts";

function aMemory(options: { ms?: number; most?: number; byUse?: boolean } = {}) {
  const clock = { ms: 0 };
  const memories = createMemories(() => new Date(clock.ms));
  const open = () => memories.open<string>({ ms: 1_000, most: 3, ...options });
  return { clock, memories, open, memory: open() };
}

describe("what is only remembered", () => {
  it("is given back until its time is over, and when the clock was put back by as much", () => {
    const { clock, memory } = aMemory();
    memory.set("T1", "a", "x");
    clock.ms = 999;
    expect(memory.get("T1", "a")).toBe("x");
    clock.ms = 1_000;
    expect(memory.get("T1", "a")).toBeUndefined();
    memory.set("T1", "a", "y");
    clock.ms = -1;
    expect(memory.get("T1", "a")).toBeUndefined();
  });

  it("ends so long after its last use where that is asked for", () => {
    const { clock, memory } = aMemory({ byUse: true });
    memory.set("T1", "a", "x");
    for (clock.ms = 900; clock.ms < 5_000; clock.ms += 900) expect(memory.get("T1", "a")).toBe("x");
    clock.ms += 1_000;
    expect(memory.get("T1", "a")).toBeUndefined();
  });

  it("makes room by what was not used for the longest", () => {
    const { memory } = aMemory();
    for (const key of ["a", "b", "c"]) memory.set("T1", key, key);
    memory.get("T1", "a");
    memory.set("T2", "d", "d");
    expect(["a", "b", "c"].map((key) => memory.get("T1", key))).toEqual(["a", undefined, "c"]);
  });

  it("goes with its workspace, in every memory at once, and with no other", () => {
    const { memories, memory, open } = aMemory();
    const other = open();
    memory.set("T1", "a", "x");
    other.set("T1", "b", "x");
    other.set("T12", "b", "y");
    // No key of one workspace reads like that of another.
    other.set("T1", '","b', "x");
    memories.forget("T1");
    expect([memory.count("T1"), other.count("T1"), other.count("T12")]).toEqual([0, 0, 1]);
    expect(other.get("T12", "b")).toBe("y");
  });

  it("ends by age also where nobody asks for it again", () => {
    const { clock, memories, memory, open } = aMemory();
    open().set("T1", "a", "x");
    memory.set("T1", "a", "x");
    clock.ms = 61_000;
    // A write to one of them looks at all.
    memory.set("T2", "b", "y");
    memories.sweep();
    clock.ms = 0;
    expect(memory.get("T1", "a")).toBeUndefined();
  });
});
