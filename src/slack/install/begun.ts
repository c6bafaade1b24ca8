import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Secret } from "../../store/secret.ts";
import { isUsedState, useState } from "../../store/workspaces.ts";
import type { World } from "../../world.ts";

type Needed = Pick<World, "store" | "now">;

export const stateLifeMs = 10 * 60_000;

export interface Begun {
  /** For Slack to bring back. */
  state: string;
  /** For the browser to bring back. */
  cookie: string;
}

/** What a state is signed with, and whether our address is https. */
export interface Signing {
  clientSecret: Secret;
  secure: boolean;
}

/**
 * A secret that the browser keeps, and a state that only fits to it. Nothing is kept here: whoever begins a thousand
 * installs takes no room from anybody.
 */
export function begin(
  { now }: Pick<Needed, "now">,
  request: IncomingMessage,
  signing: Signing,
): Begun {
  // The same for two tabs of one browser.
  const browser = cookieOf(request, signing) ?? fresh();
  const claims = `${(now().getTime() + stateLifeMs).toString(36)}.${fresh()}`;
  const state = `${claims}.${signatureOf(claims, browser, signing)}`;
  return { state, cookie: cookie(browser, stateLifeMs / 1000, signing) };
}

/** A state of ours, in the browser that began it, within ten minutes, and not used before. */
export async function isOpen(
  { store, now }: Needed,
  request: IncomingMessage,
  state: string,
  signing: Signing,
): Promise<boolean> {
  const browser = cookieOf(request, signing);
  const [, claims = "", signature = ""] = shape.exec(state) ?? [];
  if (browser === undefined || endOf(state) <= now()) return false;
  if (!isSame(signature, signatureOf(claims, browser, signing))) return false;
  return !(await store.read((q) => isUsedState(q, hashOf(state))));
}

/** True once for a state. It is remembered from here on, which takes somebody whom Slack let install us. */
export async function use({ store, now }: Needed, state: string): Promise<boolean> {
  const used = { hash: hashOf(state), expiresAt: endOf(state) };
  return store.write((q) => useState(q, used, now()));
}

export function endedCookie(signing: Signing): string {
  return cookie("", 0, signing);
}

/** When it ends, what makes it another one each time, and the signature of both. */
const shape = /^([0-9a-z]{1,10}\.[\w-]{43})\.([\w-]{43})$/;

function endOf(state: string): Date {
  return new Date(Number.parseInt(state, 36) || 0);
}

function signatureOf(claims: string, browser: string, { clientSecret }: Signing): string {
  const text = JSON.stringify(["install-state", "v1", claims, browser]);
  return createHmac("sha256", clientSecret.reveal()).update(text).digest("base64url");
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** 32 random bytes. */
function fresh(): string {
  return randomBytes(32).toString("base64url");
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** With `__Host-` no neighbour under our domain can plant one; that needs https, which one machine alone lacks. */
function nameOf({ secure }: Signing): string {
  return secure ? "__Host-fermata_install" : "fermata_install";
}

/** Lax, because the browser comes back from Slack's site. */
function cookie(value: string, seconds: number, signing: Signing): string {
  const parts = [`${nameOf(signing)}=${value}`, "Path=/", `Max-Age=${seconds}`, "HttpOnly"];
  return [...parts, "SameSite=Lax", ...(signing.secure ? ["Secure"] : [])].join("; ");
}

function cookieOf(request: IncomingMessage, signing: Signing): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim().split("="));
  const name = nameOf(signing);
  const values = pairs.flatMap(([key, value]) => (key === name && value ? [value] : []));
  const [only = ""] = values.length === 1 ? values : [];
  return /^[\w-]{43}$/.test(only) ? only : undefined;
}
