import { describe, expect, it } from "vitest";
import { connectionsAnswer } from "../../../src/slack/cards/connections-answer.ts";
import { listAnswer } from "../../../src/slack/cards/list-answer.ts";
import { policyAnswer } from "../../../src/slack/cards/policy-answer.ts";
import { messageFaults, valuesOf } from "../../support/block-kit.ts";
import { drawn } from "../../support/draw-blocks.ts";
import { everyAnswer } from "./every-answer.ts";
import { noon } from "./samples.ts";

describe("the answers only the asker sees", () => {
  it("look like this", async () => {
    const all = Object.entries(everyAnswer).map(([name, one]) => `######## ${name}\n${drawn(one)}`);
    await expect(all.join("\n")).toMatchFileSnapshot("snapshots/answers.txt");
  });

  it.each(Object.entries(everyAnswer))("stay inside Slack's limits: %s", (_, answer) => {
    expect(messageFaults(answer)).toEqual([]);
  });

  it.each(Object.entries(everyAnswer))(
    "put nothing but an id into their buttons: %s",
    (_, answer) => {
      for (const value of valuesOf(answer, "value")) expect(value).toMatch(/^[\w.-]{1,64}$/);
    },
  );

  it("show no more of a key than its last four characters", () => {
    const row = {
      name: "burki",
      vendor: "burki",
      connectedAt: noon,
      connectedBy: "U0ADA",
    } as const;
    const text = drawn(connectionsAnswer([{ ...row, hint: "sk_live_secret_9f3a" }]));
    expect(text).toContain("…9f3a");
    expect(text).not.toContain("secret");
  });

  it("show as much of a long policy as fits, and where to find the rest", () => {
    const answer = policyAnswer(`version: 1\nrules:\n${"  - name: a & <b>\n".repeat(2000)}`);
    expect(messageFaults(answer)).toEqual([]);
    expect(drawn(answer)).toContain("The whole of it: `fermata policy show`");
  });

  it("share the room of a list between its connections", () => {
    const campaigns = Array.from({ length: 500 }, (_, place) => ({
      id: String(place),
      name: `Wave ${place}`,
      phase: "running" as const,
      word: "RUNNING",
    }));
    const groups = ["one", "two", "three"].map((connection) => ({
      connection,
      vendor: "burki" as const,
      campaigns,
    }));
    const text = drawn(listAnswer(groups));
    expect(text.match(/and 480 more/g)).toHaveLength(3);
  });
});
