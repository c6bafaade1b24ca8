import type { House } from "../../sandbox/house.ts";
import type { Consent } from "../../sandbox/slack/types.ts";
import { connectVendor } from "../../src/flows/connect-vendor.ts";
import { settled } from "./journey.ts";

/** Installs the app through its own pages and Slack's: a browser keeps its cookie and goes where it is sent. */
export async function installIn(house: House, consent: Consent): Promise<void> {
  const start = await fetch(`${house.app().url}/slack/install`);
  const cookie = (start.headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";
  const back = house.slack.consent(linkToSlack(await start.text()), consent);
  const end = await fetch(back, { headers: { cookie } });
  if (end.status !== 200) throw new Error(`not installed: ${end.status} ${await end.text()}`);
  await settled(house);
}

/** Where the button of the install page leads. */
export function linkToSlack(html: string): string {
  const link = /<a class="add" href="([^"]+)"/.exec(html)?.[1] ?? "about:blank";
  return link.replaceAll("&amp;", "&");
}

/** One Burki account in a workspace. */
export async function connectBurki(house: House, workspace: string): Promise<void> {
  const { url: baseUrl, options, secret } = house.vendors.burki;
  const account = { vendor: "burki", name: "burki", baseUrl, options, secret } as const;
  const made = await connectVendor(
    house.world,
    { workspace, ...account, by: "the test" },
    { check: true },
  );
  if (made.kind !== "connected") throw new Error(JSON.stringify(made));
}
