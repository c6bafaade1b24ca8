import { vendorTitles } from "./campaign.ts";
import type { Target } from "./change.ts";

/** What is known of the calls for one campaign where it cannot be read: never "nothing" when one has left. */
export function callWords({
  attempts,
  firstAttemptAt,
  vendor,
}: Pick<Target, "attempts" | "firstAttemptAt" | "vendor">): string {
  if (attempts === 0) return "Nothing was sent.";
  const title = vendorTitles[vendor];
  const at = firstAttemptAt
    ? ` on ${firstAttemptAt.toISOString().slice(0, 16).replace("T", " at ")} UTC`
    : "";
  return `A call was sent to ${title}${at}, and what came of it is not known. Look at it in ${title}.`;
}
