import { vendorTitles } from "../../domain/campaign.ts";
import type { Change } from "../../domain/change.ts";
import { emptyScope, leavesOut, type StopScope } from "../../domain/stop-scope.ts";
import { leftOutLines } from "./left-out.ts";
import { type Message, says } from "./message.ts";
import { joined, mrkdwn } from "./text.ts";
import { listed, titleOf } from "./words.ts";

/** At once after an emergency stop: how many campaigns on which platforms, and what it did not reach. */
export function stopAnswer(change: Change): Message {
  const begun =
    change.state === "waiting"
      ? "It waits for approval: nothing has been stopped yet."
      : "Its card counts them as their platforms show them stopped.";
  const first = mrkdwn`${titleOf(change)} (${perPlatform(change)}). ${begun}`;
  return says(joined([first, ...leftOutLines(change.scope ?? emptyScope)], "\n"));
}

/** Nothing that a pause could act on. */
export function nothingRunsAnswer(scope: StopScope): Message {
  const none =
    scope.unread.length > 0
      ? "Nothing was stopped. Where the platforms could be read, nothing runs that is not in another change already."
      : "Nothing was stopped: nothing runs that is not in another change already.";
  const words = !leavesOut(scope) ? "Nothing is running, so nothing was stopped." : none;
  return says(joined([mrkdwn`${words}`, ...leftOutLines(scope)], "\n"));
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
