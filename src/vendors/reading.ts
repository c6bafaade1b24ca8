import type { Campaign, Phase, VendorName } from "../domain/campaign.ts";
import { VendorFailure } from "./failure.ts";
import { id, text } from "./loose.ts";
import { TooLong } from "./pick.ts";
import type { Some, Wanted } from "./wanted.ts";

const mostPages = 500;

/** A vendor's status word as a phase, whatever its case; a word nobody has told us about is unknown. */
function phaseOf(phases: Readonly<Record<string, Phase>>, word: string): Phase {
  const key = word.trim().toLowerCase();
  return (Object.hasOwn(phases, key) ? phases[key] : undefined) ?? "unknown";
}

/** A campaign out of a row's raw values; without a name it goes by its id. */
export function campaign(
  phases: Readonly<Record<string, Phase>>,
  row: {
    id: unknown;
    name: unknown;
    word: unknown;
    made?: unknown;
    note?: string | undefined;
    noteAt?: Date;
  },
): Campaign {
  const key = id(row.id);
  const word = text(row.word);
  const mark = markOf(text(row.made));
  return {
    id: key,
    name: text(row.name).trim() || key,
    phase: phaseOf(phases, word),
    word,
    ...(mark !== "" && { mark }),
    ...(row.note ? { note: row.note } : {}),
    ...(row.noteAt ? { noteAt: row.noteAt } : {}),
  };
}

/** To the second, whatever a vendor's lists and details make of the same moment. */
function markOf(made: string): string {
  const at = Date.parse(made);
  return Number.isNaN(at) ? made.slice(0, 100) : new Date(at).toISOString().slice(0, 19);
}

/** A list of campaigns each of which is made as its row streams past, so that no row is held longer than that. */
export interface Streamed {
  /** What to want where the list stands. */
  rows: Pick<Some, "rows" | "each">;
  campaigns: readonly Campaign[];
}

/** Characters of all campaigns of one answer; a hundred thousand of them have less. */
const mostHeld = 16_000_000;

export function streamed(wanted: Wanted, toCampaign: (row: unknown) => Campaign): Streamed {
  const campaigns: Campaign[] = [];
  let held = 0;
  const each = (row: unknown) => {
    const one = toCampaign(row);
    const { id: key, name, word, mark = "", note = "" } = one;
    held += 50 + key.length + name.length + word.length + mark.length + note.length;
    if (held > mostHeld) throw new TooLong("more campaigns");
    campaigns.push(one);
  };
  return { rows: { rows: wanted, each }, campaigns };
}

export interface Page {
  campaigns: readonly Campaign[];
  more: boolean;
}

/**
 * Every page, each campaign once, leaving out rows whose id we could never send.
 * Stops at a page that brings nothing new, so a vendor that repeats itself does not keep us for ever.
 */
export async function allPages(
  vendor: { name: VendorName; campaignId: RegExp },
  page: (number: number) => Promise<Page>,
): Promise<Campaign[]> {
  const found = new Map<string, Campaign>();
  for (let number = 0; number < mostPages; number += 1) {
    const before = found.size;
    const { campaigns, more } = await page(number);
    for (const one of campaigns) if (vendor.campaignId.test(one.id)) found.set(one.id, one);
    if (!more || found.size === before) return [...found.values()];
  }
  throw badAnswer(vendor.name);
}

/** The answer was read, and is not what this vendor answers. */
export function badAnswer(vendor: VendorName, vendorText?: string): VendorFailure {
  return new VendorFailure({ kind: "bad_answer", vendor, ...(vendorText ? { vendorText } : {}) });
}

/** The one campaign that was asked for; another one's answer must never pass for it. */
export function sameCampaign(vendor: VendorName, asked: string, got: Campaign): Campaign {
  const bare = (key: string) => key.toLowerCase().replaceAll("-", "");
  if (bare(got.id) !== bare(asked)) throw badAnswer(vendor);
  return { ...got, id: asked, name: got.name };
}
