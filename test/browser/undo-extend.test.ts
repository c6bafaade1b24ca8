import { describe, expect, it } from "vitest";
import { card } from "./a-browser.ts";
import { seated } from "./a-seat.ts";

const here = seated("undo-extend");

describe("what is done, in the browser", () => {
  it("keeps its end until later once it is extended, and says which time will not do", async () => {
    const { page } = here.seat;
    await here.seat.become("ana");
    await here.seat.type("/campaign pause burki:60 for 2h because wrong audience");
    const paused = card(page, "burki:60").first();
    await paused.getByRole("button", { name: /^Extend/ }).waitFor();
    expect(await here.state("burki", "60")).toBe("paused");
    await here.picture("done");

    await paused.getByRole("button", { name: /^Extend/ }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("textbox").fill("1h");
    await form.getByRole("button", { name: "Extend" }).click();
    await form.getByText("after the planned end").waitFor();
    await here.picture("too-soon");
    await form.getByRole("textbox").fill("5h");
    await form.getByRole("button", { name: "Extend" }).click();
    await form.waitFor({ state: "hidden" });
    await paused.filter({ hasText: "Extended by" }).waitFor();
    await here.picture("extended");
  });

  it("is undone with a press that asks for the opposite", async () => {
    const { page } = here.seat;
    await here.seat.type("/campaign pause burki:42 because wrong price");
    const paused = card(page, "burki:42").first();
    await paused.getByRole("button", { name: /^Undo/ }).click();
    const resume = card(page, "burki:42").filter({ hasText: "Resume" }).last();
    await resume.getByRole("button", { name: /^Approve/ }).waitFor();
    expect(await here.state("burki", "42")).toBe("paused");
    await here.picture("undo");
  });

  it("raised no fault in the browser", () => {
    expect(here.seat.faults).toEqual([]);
  });
});

describe("a look at what may be wrong, in the browser", () => {
  it("is answered to an admin, line by line", async () => {
    await here.seat.become("dee");
    await here.seat.type("/campaign doctor");
    const findings = here.seat.page.locator("[data-ephemeral]").filter({ hasText: "burki" }).last();
    await findings.waitFor();
    await here.picture("doctor");
    expect(await findings.textContent()).toContain("policy");
  });
});
