// https://docs.talkdesk.com/docs/how-to-guarantee-your-app-works-in-all-regions
import { VendorFailure } from "./failure.ts";
import type { Account } from "./vendor.ts";

/**
 * Talkdesk's own page names the first three. The API's hosts of the United Kingdom and Australia are from a public
 * list of connectors, and nobody has proven them; where the United Kingdom logs in is told nowhere.
 */
const apiHosts = {
  us: "api.talkdeskapp.com",
  eu: "api.talkdeskapp.eu",
  ca: "api.talkdeskappca.com",
  uk: "api.talkdeskapp.co.uk",
  au: "api.mytalkdesk.au",
};
const loginHosts = {
  us: "talkdeskid.com",
  eu: "talkdeskid.eu",
  ca: "talkdeskidca.com",
  au: "talkdeskid.au",
};
type Region = keyof typeof apiHosts;

export const regions = Object.keys(apiHosts) as Region[];
export const everyApiHost: readonly string[] = Object.values(apiHosts);

/** The United States where nothing is said; undefined where something is said that is no region. */
export function regionOf({ region = "" }: Account["options"]): Region | undefined {
  const wanted = region.trim().toLowerCase();
  return wanted === "" ? "us" : regions.find((one) => one === wanted);
}

export function apiHostOf(options: Account["options"]): string | undefined {
  const region = regionOf(options);
  return region && apiHosts[region];
}

/** Where a connection asks for its tokens. Nothing is sent to a host that was only guessed. */
export function loginAt(options: Account["options"]): { url: URL; hosts: readonly string[] } {
  const region = regionOf(options);
  if (!region) {
    const known = `${regions.slice(0, -1).join(", ")} or ${regions.at(-1)}`;
    throw blocked(`The Talkdesk connection names a region that I do not know. It is ${known}.`);
  }
  // A client's secret goes to a host of its own region only.
  const hosts = [region === "uk" ? ".talkdeskid.co.uk" : `.${loginHosts[region]}`];
  if (options.tokenUrl) {
    if (URL.canParse(options.tokenUrl)) return { url: new URL(options.tokenUrl), hosts };
    throw blocked("The token address of the Talkdesk connection is not an address.");
  }
  if (!/^[A-Za-z0-9-]{1,63}$/.test(options.account ?? "")) {
    throw blocked("The Talkdesk connection has no proper account name.");
  }
  if (region === "uk") {
    throw blocked(
      "I know no login address of Talkdesk in the United Kingdom. Name the one that Talkdesk gave you: it ends in /oauth/token.",
    );
  }
  return { url: new URL(`https://${options.account}.${loginHosts[region]}/oauth/token`), hosts };
}

export function blocked(sentence: string): VendorFailure {
  return new VendorFailure({ kind: "blocked", vendor: "talkdesk", sentence });
}
