import { describe, expect, it } from "vitest";
import { tellHeads } from "../../src/flows/tell-heads.ts";
import { auditOf } from "../../src/store/audit.ts";
import { aWorld, connected, workspace } from "./a-world.ts";

describe("the log", () => {
  it("H59: names the last line of each record, as the record has it", async () => {
    const { world, lines } = await aWorld();
    await tellHeads(world);
    expect(lines).toEqual([]);
    await connected(world, "burki", "first");
    const { id } = await connected(world, "burki", "second");
    await tellHeads(world);
    const [last] = await world.store.read((q) => auditOf(q, workspace, id));
    expect(lines.map(({ facts }) => facts)).toEqual([{ workspace, seq: 2, hash: last?.hash }]);
  });
});
