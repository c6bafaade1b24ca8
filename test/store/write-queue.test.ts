import { describe, expect, it } from "vitest";
import { createWriteQueue, type SingleWriter } from "../../src/store/write-queue.ts";

type Faults = Partial<Record<"begin" | "commit" | "rollback", () => void>>;

/** A database that does as it is told, and says what it was told. */
function aWriter(faults: Faults = {}): SingleWriter & { said: string[] } {
  const said: string[] = [];
  let open = false;
  const ends = (word: "commit" | "rollback") => () => {
    faults[word]?.();
    said.push(word);
    open = false;
  };
  return {
    said,
    begin() {
      faults.begin?.();
      if (open) throw new Error("a transaction within a transaction");
      said.push("begin");
      open = true;
    },
    commit: ends("commit"),
    rollback: ends("rollback"),
    savepoint: () => undefined,
    keepSavepoint: () => undefined,
    undoSavepoint: () => undefined,
    inTransaction: () => open,
    isHeldByOther: () => false,
  };
}

const queueOn = (writer: SingleWriter) =>
  createWriteQueue(writer, { onCommit: () => undefined, patienceMs: 0 });
const once = (fault: string) => {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    throw new Error(fault);
  };
};
const write = async () => "written";
const over = () => undefined;

describe("the queue of writes", () => {
  it("H61: tells a write that its commit failed, undoes it, and takes the next", async () => {
    const writer = aWriter({ commit: once("disk full") });
    const queue = queueOn(writer);
    await expect(queue.add(write, over)).rejects.toThrow("disk full");
    expect(await queue.add(write, over)).toBe("written");
    expect(writer.said).toEqual(["begin", "rollback", "begin", "commit"]);
  });

  it("H61: goes on when even the undoing failed", async () => {
    const writer = aWriter({ commit: once("disk full"), rollback: once("I/O error") });
    const queue = queueOn(writer);
    await expect(queue.add(write, over)).rejects.toThrow("disk full");
    expect(await queue.add(write, over)).toBe("written");
  });

  it("H61: refuses whoever waits when no transaction can be begun, and takes the next", async () => {
    const queue = queueOn(aWriter({ begin: once("I/O error") }));
    const refused = await Promise.allSettled([queue.add(write, over), queue.add(write, over)]);
    expect(refused.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await queue.add(write, over)).toBe("written");
  });
});
