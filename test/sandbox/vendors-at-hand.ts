import { onTestFinished } from "vitest";
import {
  type NewCampaign,
  type PretendVendor,
  startPretendVendors,
} from "../../sandbox/vendors/index.ts";
import type { VendorName } from "../../src/domain/campaign.ts";

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body, where it is JSON. */
  body: unknown;
}

export interface AtHand {
  vendor: PretendVendor;
  /** Calls with the vendor's own key, unless other headers are given. */
  call(line: string, init?: { headers?: Record<string, string>; body?: string }): Promise<Reply>;
  word(id: string): string | undefined;
  pass(ms: number): void;
}

/** One pretend vendor with a clock that only the test moves; closed when the test ends. */
export async function aVendor(name: VendorName, seed?: readonly NewCampaign[]): Promise<AtHand> {
  let now = Date.parse("2026-11-22T10:00:00Z");
  const { [name]: vendor } = await startPretendVendors({
    now: () => new Date(now),
    latencyMs: 0,
    random: () => 0.5,
    only: [name],
    ...(seed ? { seed: { [name]: seed } } : {}),
  });
  onTestFinished(() => vendor.close());
  return {
    vendor,
    word: (id) => vendor.campaigns().find((campaign) => campaign.id === id)?.word,
    pass(ms) {
      now += ms;
    },
    call: (line, init = {}) => ask(vendor, line, { headers: keyOf(vendor), ...init }),
  };
}

export async function ask(
  vendor: PretendVendor,
  line: string,
  init: { headers?: Record<string, string>; body?: string; signal?: AbortSignal },
): Promise<Reply> {
  const [method = "GET", path = "/"] = line.split(" ");
  const response = await fetch(vendor.url + path, { method, redirect: "manual", ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function keyOf({ name, secret }: PretendVendor): Record<string, string> {
  const key = secret.apiKey ?? "";
  if (name === "burki") return { authorization: `Bearer ${key}` };
  return { "x-api-key": key };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
