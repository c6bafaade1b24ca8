import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { settled, textOf } from "../support/journey.ts";

let house: House;
beforeEach(async () => {
  house = await startHouse({ now: () => new Date(), logLevel: "warn" });
});
afterEach(() => house.close());

describe("pausing", () => {
  it("shows a card that says what the vendor now reports", async () => {
    const delivery = await house.slack.typeCommand(
      "U0ANA00001",
      "C0OUTREACH",
      "/campaign pause burki:42 because wrong price",
    );
    expect(delivery.status).toBe(200);
    await settled(house);
    const [card] = house.slack.messages("C0OUTREACH");
    expect(textOf(card)).toContain("Paused");
    expect(house.vendors.burki.campaigns().find(({ id }) => id === "42")?.word).toBe("paused");
  });
});
