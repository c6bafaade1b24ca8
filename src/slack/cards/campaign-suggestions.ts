import { type CampaignRef, vendorTitles } from "../../domain/campaign.ts";
import { option } from "./blocks.ts";
import { clip } from "./text.ts";
import { nameOf } from "./words.ts";

export interface Suggestion {
  /** At most 75 characters: what the form hands back for this campaign. */
  value: string;
  campaign: CampaignRef;
  /** How it stands, as its platform says. */
  word?: string;
}

/** The answer to a type-ahead request: at most 100 options, each with its connection and status. */
export function campaignSuggestions(found: readonly Suggestion[]) {
  const options = found.slice(0, 100).map(({ value, campaign, word }) => {
    const where = `${campaign.connection} · ${vendorTitles[campaign.vendor]}`;
    const label = nameOf(campaign.campaign, 45);
    return option(label, value, clip(word ? `${where} · ${word}` : where, 75));
  });
  return { options };
}
