import { type VendorName, vendorTitles } from "../domain/campaign.ts";
import { inSeconds } from "./explain.ts";
import { VendorFailure } from "./failure.ts";

/** Why a call was not sent; `ms` is when to come again. */
export const heldBack = {
  /** The platform has not answered for a while: the usual sentence. */
  sick: (vendor: VendorName, ms: number) => held(vendor, ms),
  asked: (vendor: VendorName, ms: number) =>
    held(
      vendor,
      ms,
      `${vendorTitles[vendor]} asked us to wait, so we hold our calls back for ${inSeconds(ms)}.`,
    ),
  crowded: (vendor: VendorName, ms: number) =>
    held(
      vendor,
      ms,
      `Too many requests to ${vendorTitles[vendor]} wait for one another at the moment.`,
    ),
  spent: (vendor: VendorName, ms: number) =>
    held(
      vendor,
      ms,
      `Too many calls fail at the moment, so we ask ${vendorTitles[vendor]} again only in ${inSeconds(ms)}.`,
    ),
};

function held(vendor: VendorName, ms: number, sentence?: string): VendorFailure {
  const retryAfterMs = Math.ceil(ms);
  return new VendorFailure({
    kind: "held_back",
    vendor,
    retryAfterMs,
    ...(sentence && { sentence }),
  });
}
