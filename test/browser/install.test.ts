import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type House, startHouse } from "../../sandbox/house.ts";
import { movedClock } from "../../sandbox/moved-clock.ts";
import { everyInstall } from "../../src/store/workspaces.ts";
import { settled, textOf } from "../support/journey.ts";
import { flags } from "./a-browser.ts";

let house: House;
let browser: Awaited<ReturnType<typeof chromium.launch>>;
beforeAll(async () => {
  const { now } = movedClock();
  house = await startHouse({ oauth: true, logLevel: "fatal", now });
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
});
afterAll(async () => {
  await browser.close();
  await house.close();
});

async function aTab() {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`${house.app().url}/slack/install`);
  await page.getByRole("link", { name: "Add to Slack" }).click();
  await page.getByRole("button", { name: "Allow" }).waitFor();
  return page;
}

const installed = async () =>
  (await house.world.store.read(everyInstall)).map(({ id, version }) => `${id} ${version}`);

describe("somebody in a browser", () => {
  it.each([1280, 390])(
    "reads first what it does, with room for all of it at %i pixels",
    async (width) => {
      const page = await (await browser.newContext({ viewport: { width, height: 844 } })).newPage();
      const faults: string[] = [];
      page.on("console", (message) => faults.push(message.text()));
      await page.goto(`${house.app().url}/slack/install`);
      await page.getByRole("heading", { name: "Add Fermata to Slack" }).waitFor();
      const button = await page.getByRole("link", { name: "Add to Slack" }).boundingBox();
      expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThan(844);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      for (const part of ["What it reads", "Privacy", "Help"]) {
        await page.getByRole("link", { name: part }).click();
        expect(await page.getByRole("heading", { name: part }).isVisible()).toBe(true);
      }
      expect(faults).toEqual([]);
      expect(await installed()).toEqual([]);
    },
  );

  it("cancels at Slack, and is told that nothing was installed", async () => {
    const page = await aTab();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("heading", { name: "Not installed" }).waitFor();
    expect(await page.textContent("main")).toContain("It was cancelled at Slack.");
    expect(await installed()).toEqual([]);
  });

  it("allows it and reads what to do next; again on reload, and nothing is installed twice", async () => {
    const page = await aTab();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Fermata is installed in Fermata Demo" }).waitFor();
    expect(await page.textContent("main")).toContain("/campaign connect");
    expect(await page.context().cookies()).toEqual([]);
    await page.reload();
    await page.getByRole("heading", { name: "Not installed" }).waitFor();
    expect(await installed()).toEqual(["T0FERMATA1 1"]);
    await settled(house);
    const { installedBy } = (await house.world.store.read(everyInstall))[0] ?? {};
    const name = house.slack.people.find(({ id }) => id === installedBy)?.name;
    expect(house.slack.messages(`@${name}`).map(textOf).join()).toContain("Three steps are next");
  });

  it("installs it again", async () => {
    const page = await aTab();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Fermata is up to date in Fermata Demo" }).waitFor();
    expect(await installed()).toEqual(["T0FERMATA1 2"]);
  });

  it("installs it for a whole organisation", async () => {
    const page = await aTab();
    await page.getByLabel("Workspace").selectOption("E0CONTOSO");
    await page.getByRole("button", { name: "Change" }).click();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Fermata is installed in Contoso" }).waitFor();
    expect(await page.textContent("main")).toContain("chooses the workspaces");
    expect(await installed()).toEqual(["E0CONTOSO 1", "T0FERMATA1 2"]);
  });

  it("gets nothing by a link that was begun in another browser", async () => {
    const [mine, theirs] = [await aTab(), await aTab()];
    await theirs.goto(house.slack.consent(mine.url(), { person: "ana" }));
    await theirs.getByRole("heading", { name: "Not installed" }).waitFor();
    expect(await installed()).toEqual(["E0CONTOSO 1", "T0FERMATA1 2"]);
  });

  it.each([
    [["tokens_revoked", "app_uninstalled"]],
    [["app_uninstalled", "tokens_revoked"]],
  ] as const)("finds it gone after %s, and installs it afresh", async (events) => {
    await house.slack.uninstall({ events });
    await settled(house);
    expect(await installed()).toEqual(["E0CONTOSO 1"]);
    const page = await aTab();
    await page.getByRole("button", { name: "Allow" }).click();
    await page.getByRole("heading", { name: "Fermata is installed in Fermata Demo" }).waitFor();
    expect(await installed()).toEqual(["E0CONTOSO 1", "T0FERMATA1 1"]);
  });
});
