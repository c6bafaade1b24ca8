import { vendorTitles } from "../domain/campaign.ts";
import type { FailureFacts } from "./failure.ts";
import { list, record } from "./loose.ts";
import { firstText, type Words, words } from "./vendor-words.ts";

/** https://fastapi.tiangolo.com/tutorial/handling-errors: `detail` is a text, or a list of `{ msg }`. */
export function fastApiWords(body: unknown): Words {
  const { detail } = record(body);
  const messages = list(detail).map((one) => record(one).msg);
  return words(undefined, firstText(detail, messages.filter(Boolean).join("; ")));
}

/** FastAPI's own "Not Found" is about the path, not about a campaign: this is some other server. */
export function notAboutCampaigns(facts: FailureFacts): boolean {
  return facts.kind === "not_found" && facts.vendorText === "Not Found";
}

export function wrongServer(facts: FailureFacts): FailureFacts {
  const title = vendorTitles[facts.vendor];
  return {
    ...facts,
    kind: "bad_answer",
    sentence: `Something answers at this address, but it is not the campaign API of ${title}.`,
  };
}
