import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { beginInstall, takeInstall } from "../../store/workspaces.ts";
import type { World } from "../../world.ts";

type Needed = Pick<World, "store" | "now">;

const lifeMs = 10 * 60_000;
const cookieName = "fermata_install";

export interface Begun {
  /** For Slack to bring back. */
  state: string;
  /** For the browser to bring back. */
  cookie: string;
}

/** Two secrets, one for Slack and one for the browser; only their hashes are kept. Undefined if too many are open. */
export async function begin(
  { store, now }: Needed,
  { secure }: { secure: boolean },
): Promise<Begun | undefined> {
  const [state, browser] = [fresh(), fresh()];
  const expiresAt = new Date(now().getTime() + lifeMs);
  const begun = { hash: hashOf(state), browser: hashOf(browser), expiresAt };
  if (!(await store.write((q) => beginInstall(q, begun, now())))) return undefined;
  return { state, cookie: cookie(browser, lifeMs / 1000, secure) };
}

/** True once for a state, in the browser that began it, within ten minutes. */
export async function take(
  { store, now }: Needed,
  request: IncomingMessage,
  state: string,
): Promise<boolean> {
  const browser = cookieOf(request);
  if (browser === undefined || !isFresh(state)) return false;
  const begun = { hash: hashOf(state), browser: hashOf(browser) };
  return store.write((q) => takeInstall(q, begun, now()));
}

export function endedCookie(secure: boolean): string {
  return cookie("", 0, secure);
}

/** 32 random bytes. */
function fresh(): string {
  return randomBytes(32).toString("base64url");
}

function isFresh(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Lax, because the browser comes back from Slack's site; `Secure` wherever our address is. */
function cookie(value: string, seconds: number, secure: boolean): string {
  const parts = [`${cookieName}=${value}`, "Path=/slack", `Max-Age=${seconds}`];
  return [...parts, "HttpOnly", "SameSite=Lax", ...(secure ? ["Secure"] : [])].join("; ");
}

function cookieOf(request: IncomingMessage): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  const values = pairs.flatMap(([name, value]) => (name === cookieName && value ? [value] : []));
  return values.length === 1 && isFresh(values[0] ?? "") ? values[0] : undefined;
}
