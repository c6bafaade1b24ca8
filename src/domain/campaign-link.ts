/** A campaign in a platform's own app, by its address there. Whose it is, the connections say. */
export interface CampaignLink {
  /** With its port, if it has one. */
  host: string;
  id: string;
}

/** `…/campaigns/42`, `…/email-campaign/42/analytics`, `…#campaigns/42`, `…?campaignId=42`, as their apps write it. */
const part = /^(?:[a-z]+-)?campaigns?(?:-[a-z0-9]+)?$/i;
const field = /^campaign(?:_?id)?$/i;
const longest = 2_000;

export function isLink(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** Which campaign a link holds; undefined of one that holds none. */
export function readLink(text: string): CampaignLink | undefined {
  const address = text.slice(0, longest).replace(/[.,;:!?)\]}>]{1,9}$/, "");
  if (!isLink(address) || !URL.canParse(address)) return undefined;
  const { host, pathname, search, hash } = new URL(address);
  const [route = "", asked = ""] = hash.slice(1).split("?");
  const id =
    behindPart(route) ?? behindPart(pathname) ?? inFields(search) ?? inFields(asked) ?? undefined;
  return id === undefined ? undefined : { host, id };
}

function behindPart(path: string): string | undefined {
  const parts = path.split("/").map(readable);
  const at = parts.findLastIndex((one, place) => part.test(one) && isId(parts[place + 1]));
  return at < 0 ? undefined : parts[at + 1];
}

function inFields(search: string): string | undefined {
  const found = [...new URLSearchParams(search)].find(
    ([name, value]) => field.test(name) && isId(value),
  );
  return found?.[1];
}

function isId(text: string | undefined): boolean {
  return text !== undefined && /^[\w:.-]{1,100}$/.test(text);
}

function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a link leads into the app of whoever answers at this address: `app.acme.com` and `api.acme.com` are one. */
export function isAtHome(link: Pick<CampaignLink, "host">, connection: LinkHome): boolean {
  const { vendor, baseUrl, account } = connection;
  if (vendor === "talkdesk" && account !== undefined) {
    const [first = "", ...rest] = link.host.toLowerCase().split(".");
    if (first === account.toLowerCase() && talkdeskApp.test(rest.join("."))) return true;
  }
  return URL.canParse(baseUrl) && siteOf(link.host) === siteOf(new URL(baseUrl).host);
}

const talkdeskApp = /^mytalkdesk(?:ca)?\.[a-z]{2,3}(?:\.[a-z]{2})?$/;

export interface LinkHome {
  vendor: string;
  baseUrl: string;
  /** What Talkdesk's app calls the account, which it has in front of its host. */
  account?: string | undefined;
}

function siteOf(host: string): string {
  return host
    .toLowerCase()
    .replace(/^(?:admin|api|apps?|cloud|console|dashboard|my|platform|portal|server|www)\./, "");
}
