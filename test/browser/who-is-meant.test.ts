import { describe, expect, it } from "vitest";
import { card } from "./a-browser.ts";
import { seated } from "./a-seat.ts";

const here = seated("who-is-meant");

describe("who is meant, in the browser", () => {
  it("is asked with a button where an id is not there", async () => {
    const { page } = here.seat;
    await here.seat.become("ana");
    await here.seat.type("/campaign pause burki:4 because wrong price");
    const answer = page.getByText("No campaign there has the id").first();
    await answer.waitFor();
    await here.picture("no-such-id");
    expect(await here.state("burki", "42")).toBe("running");
  });

  it("is asked with two buttons where a reason ends in a limit", async () => {
    const { page } = here.seat;
    await here.seat.type("/campaign pause burki:60 because of the outage for 2h");
    await page.getByRole("button", { name: /^As a limit/ }).waitFor();
    await here.picture("as-a-limit");
    expect(await here.state("burki", "60")).toBe("running");
    await page.getByRole("button", { name: /^As a limit/ }).click();
    await card(page, "burki:60")
      .first()
      .getByRole("button", { name: /^Extend/ })
      .waitFor();
    expect(await here.state("burki", "60")).toBe("paused");
    await here.picture("limited");
  });

  it("is everything that runs, for an emergency stop", async () => {
    const { page } = here.seat;
    await here.seat.type("/campaign stop all in burki because wrong price list");
    await page
      .getByText(/Emergency stop/)
      .first()
      .waitFor();
    await page
      .getByText(/wrong price list/)
      .first()
      .waitFor();
    await here.picture("stopped");
  });

  it("raised no fault in the browser", () => {
    expect(here.seat.faults).toEqual([]);
  });
});
