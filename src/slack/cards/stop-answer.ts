import { vendorTitles } from "../../domain/campaign.ts";
import type { Change } from "../../domain/change.ts";
import { type Message, says } from "./message.ts";
import { leftOutLines } from "./ratify-words.ts";
import { joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { counted, listed, titleOf } from "./words.ts";

interface LeftOut {
  unread: readonly string[];
  taken: readonly string[];
  later?: readonly string[];
  beyond: number;
}

/** At once after an emergency stop: how many campaigns on which platforms, and what it did not reach. */
export function stopAnswer(change: Change, leftOut: LeftOut): Message {
  const begun =
    change.state === "waiting"
      ? "It waits for approval: nothing has been stopped yet."
      : "Its card counts them as their platforms show them stopped.";
  const first = mrkdwn`${titleOf(change)} (${perPlatform(change)}). ${begun}`;
  return says(joined([first, ...linesOf(leftOut)], "\n"));
}

/** Nothing that a pause could act on. */
export function nothingRunsAnswer(leftOut: LeftOut): Message {
  const none =
    leftOut.unread.length > 0
      ? "Nothing was stopped. Where the platforms could be read, nothing runs that is not in another change already."
      : "Nothing was stopped: nothing runs that is not in another change already.";
  const words =
    leftOut.taken.length + leftOut.unread.length + (leftOut.later ?? []).length === 0
      ? "Nothing is running, so nothing was stopped."
      : none;
  return says(joined([mrkdwn`${words}`, ...linesOf(leftOut)], "\n"));
}

/** "3 on Burki and 2 on Sarvam" */
export function perPlatform({ targets }: Pick<Change, "targets">): string {
  const vendors = [...new Set(targets.map(({ vendor }) => vendor))];
  return listed(
    vendors.map((vendor) => {
      const count = targets.filter((target) => target.vendor === vendor).length;
      return `${count.toLocaleString("en")} on ${vendorTitles[vendor]}`;
    }),
  );
}

function linesOf({ unread, taken, later, beyond }: LeftOut): Mrkdwn[] {
  const lines = leftOutLines(unread, taken, later);
  if (beyond === 0) return lines;
  return [
    ...lines,
    mrkdwn`⚠️ ${counted(beyond, "more campaign")} did not fit into one stop. Type the command again for those.`,
  ];
}
