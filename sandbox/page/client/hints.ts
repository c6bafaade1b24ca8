import type { VendorName } from "../../../src/domain/campaign.ts";
import type { WireState } from "../wire.ts";
import { toneOf } from "./tones.ts";

export interface Hint {
  text: string;
  means: string;
}

/** A campaign in this tone, as people name it ("burki:42"); one that was changed here comes first. */
export function targetIn(state: WireState, tone: string, vendor?: VendorName): string | undefined {
  const vendors = state.vendors.filter(({ name }) => !vendor || name === vendor);
  for (const { name, campaigns } of vendors) {
    const [found] = campaigns
      .filter(({ word }) => toneOf(word) === tone)
      .sort((one, other) => other.changes - one.changes);
    if (found) return `${name}:${found.id}`;
  }
  return undefined;
}

/** Commands worth trying right now, with campaigns that exist. */
export function hintsFor(state: WireState): Hint[] {
  const running = targetIn(state, "running", "burki") ?? targetIn(state, "running") ?? "burki:42";
  const paused = targetIn(state, "paused", "woodpecker") ?? targetIn(state, "paused") ?? running;
  const cancellable = targetIn(state, "running", "sarvam") ?? running;
  return [
    { text: `/campaign pause ${running} for 2h because wrong price`, means: "hold one campaign" },
    {
      text: `/campaign resume ${paused} because it is fixed`,
      means: "needs somebody else’s yes",
    },
    {
      text: `/campaign cancel ${cancellable} because it was a test`,
      means: "for good, where the vendor can",
    },
    {
      text: "/campaign stop all in burki because wrong price",
      means: "acts first, answered for afterwards",
    },
    { text: "/campaign status", means: "what runs and what is held" },
    { text: "/campaign list", means: "every campaign of every vendor" },
    { text: "/campaign", means: "a form with a search over all campaigns" },
    { text: "/campaign connections", means: "the accounts Fermata can reach" },
    { text: "/campaign connect", means: "add an account" },
    { text: "/campaign digest", means: "a summary every morning" },
    { text: "/campaign policy", means: "the rules, for admins as a form" },
    { text: "/campaign help", means: "everything it understands" },
  ];
}
