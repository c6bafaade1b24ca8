import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { type Demo, startDemo } from "../../sandbox/demo.ts";

/** Chromium without what a test has no use for. */
export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The demo as a person has it in front of them. */
export interface Seat {
  demo: Demo;
  page: Page;
  /** Everything that went wrong in the page. */
  faults: string[];
  become(person: string): Promise<void>;
  type(command: string): Promise<void>;
  leave(): Promise<void>;
}

export async function takeSeat(size = { width: 1440, height: 900 }): Promise<Seat> {
  const demo = await startDemo({ port: 0, latencyMs: 20 });
  const browser: Browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: flags,
  });
  const page = await browser.newPage({ viewport: size });
  page.setDefaultTimeout(30_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  await page.goto(demo.url);
  return {
    demo,
    page,
    faults,
    become: async (person) => {
      const button = page.locator(`[data-person="${person}"]`);
      await button.click();
      await page.locator(`[data-person="${person}"][aria-pressed="true"]`).waitFor();
    },
    type: async (command) => {
      const box = page.locator('[aria-label="Message"]');
      await box.fill(command);
      await box.press("Enter");
    },
    leave: async () => {
      await browser.close();
      await demo.close();
    },
  };
}

/** A campaign's status word in the vendors' panel. */
export function chip(page: Page, vendor: string, campaign: string) {
  return page.locator(`[data-vendor="${vendor}"] [data-campaign="${campaign}"] [data-word]`);
}

/** Messages that everybody in the channel sees, by a text they hold. */
export function card(page: Page, text: string) {
  return page.locator("[data-ts]:not([data-ephemeral])").filter({ hasText: text });
}

/** The first campaign of a vendor that shows this word; opens what the panel hides. */
export async function someCampaign(page: Page, vendor: string, word: string): Promise<string> {
  const panel = page.locator(`[data-vendor="${vendor}"]`);
  const more = panel.getByRole("button", { name: /^Show \d+ more$/ });
  if (await more.isVisible()) await more.click();
  const row = panel.locator("[data-campaign]", { has: page.locator(`[data-word="${word}"]`) });
  return (await row.first().getAttribute("data-campaign")) ?? "";
}

/** The dialog that is in front. */
export function topOf(page: Page): Locator {
  return page.getByRole("dialog").last();
}

export async function press(on: Locator, name: string | RegExp): Promise<void> {
  await on.getByRole("button", { name }).click();
}

export async function closes(page: Page): Promise<void> {
  await topOf(page).getByRole("button", { name: "Close" }).first().click();
}
