import { describe, expect, it } from "vitest";
import { onboardingCard } from "../../../src/slack/cards/onboarding-card.ts";
import { messageFaults } from "../../support/block-kit.ts";
import { drawn } from "../../support/draw-blocks.ts";

describe("the welcome to whoever installed it", () => {
  it("looks like this", async () => {
    await expect(drawn(onboardingCard())).toMatchFileSnapshot("snapshots/onboarding.txt");
  });

  it("stays inside Slack's limits", () => {
    expect(messageFaults(onboardingCard())).toEqual([]);
  });
});
