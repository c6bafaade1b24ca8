import { describe, expect, it } from "vitest";
import { createNames } from "../../src/slack/names.ts";
import { aStage } from "./deliver/a-card.ts";

const ids = ["S0MARKETNG", "U0BEN00002", "admins", "S0NOBODY", "U0NOBODY"];

describe("what people and groups are called", () => {
  it("is looked up once for ten minutes, and left out where Slack does not know it", async () => {
    const { world, web, workspace, calls, passes } = await aStage();
    const names = createNames(web, world);
    const found = { S0MARKETNG: "@marketing", U0BEN00002: "Ben Okafor" };
    expect(await names.of(workspace, ids)).toEqual(found);
    expect(await names.of(workspace, ids)).toEqual(found);
    expect(calls("usergroups.list")).toHaveLength(1);
    passes(11 * 60_000);
    await names.of(workspace, ids);
    expect(calls("usergroups.list")).toHaveLength(2);
  });

  it("is left out while Slack cannot say, and a card is drawn all the same", async () => {
    const { slack, world, web, workspace } = await aStage();
    slack.faults.set({ error: "internal_error" });
    const names = createNames(web, world);
    expect(await names.of(workspace, ids)).toEqual({});
    slack.faults.set(null);
    expect(await names.of(workspace, ["U0BEN00002"])).toEqual({ U0BEN00002: "Ben Okafor" });
  });
});
