import ipaddr from "ipaddr.js";

/** Public by range, yet answered by the machine's own cloud: Azure's metadata, the IETF's protocol block. */
const denied = ["168.63.129.16/32", "192.0.0.0/24"].map((block) => ipaddr.IPv4.parseCIDR(block));
const globalIpv6 = ipaddr.IPv6.parseCIDR("2000::/3");

/** Is this address, in any spelling, somewhere out on the public internet? */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  if (ip.range() !== "unicast") return false;
  return ip instanceof ipaddr.IPv4
    ? !denied.some((block) => ip.match(block))
    : ip.match(globalIpv6);
}

/** The address a URL's host spells, when it is no name: "127.0.0.1", "::1". */
export function literalAddress(url: URL): string | undefined {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  return ipaddr.isValid(host) ? host : undefined;
}

/** Has the operator opened this host and port, however private or plain it may be? */
export function isAllowed(url: URL, allow: readonly string[]): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return allow.some((entry) => canonical(entry) === `${url.hostname}:${port}`);
}

function canonical(entry: string): string {
  const colon = entry.lastIndexOf(":");
  const bare = entry.slice(0, colon);
  const host = bare.includes(":") && !bare.startsWith("[") ? `[${bare}]` : bare;
  const url = `http://${host}`;
  const hostname = URL.canParse(url) ? new URL(url).hostname : host;
  return `${hostname}:${Number(entry.slice(colon + 1))}`;
}

export type BaseUrlReading = { ok: true; origin: string } | { ok: false; sentence: string };

/**
 * May a connection of this vendor send its key to this base URL (scheme, host, port; no path)?
 * Only https to the vendor's own hosts, except for what the operator allows.
 */
export function checkBaseUrl(
  vendor: { title: string; hosts: readonly string[] },
  baseUrl: string,
  allow: readonly string[],
): BaseUrlReading {
  const no = (why: string): BaseUrlReading => ({ ok: false, sentence: why });
  if (!baseUrl) return no(`I know no address of ${vendor.title} for this. Name its base URL.`);
  if (!URL.canParse(baseUrl)) {
    return no("The base URL is not an address. It should look like https://api.example.com.");
  }
  const url = new URL(baseUrl);
  if (url.username || url.password) return no("The base URL must not hold a name or a password.");
  if (url.pathname !== "/" || url.search || url.hash) {
    return no("The base URL is scheme, host and port only. Leave the path out.");
  }
  if (isAllowed(url, allow) && /^https?:$/.test(url.protocol))
    return { ok: true, origin: url.origin };
  if (url.protocol !== "https:") return no("The base URL must start with https://.");
  if (url.port || !vendor.hosts.some((host) => belongsTo(url.hostname, host))) {
    return no(
      `${url.host} is not an address of ${vendor.title}. Only ${vendor.hosts.map((host) => host.replace(/^\./, "*.")).join(", ")} may be used, or what the operator lists in FERMATA_EGRESS_ALLOW.`,
    );
  }
  return { ok: true, origin: url.origin };
}

function belongsTo(hostname: string, host: string): boolean {
  return host.startsWith(".") ? hostname.endsWith(host) : hostname === host;
}
