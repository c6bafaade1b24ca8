import { useState } from "react";
import type { VendorName } from "../../../src/domain/campaign.ts";
import type { WireCampaign, WireVendor } from "../wire.ts";
import { CallLog } from "./call-log.tsx";
import { CampaignRow } from "./campaign-row.tsx";
import { FaultSwitch } from "./fault-switch.tsx";
import { toneOf } from "./tones.ts";

const trades: Record<VendorName, string> = {
  peachdesk: "Voice agents",
  burki: "Voice agents",
  woodpecker: "Cold e-mail",
  sarvam: "Voice agents, India",
  talkdesk: "Contact centre dialler",
};

const shownAtFirst = 3;
const mostTelling = ["running", "paused", "soon", "strange", "idle", "stopped", "over"];

export function VendorCard({ vendor }: { vendor: WireVendor }) {
  const [all, setAll] = useState(false);
  const rows = useFixedOrder(vendor.campaigns);
  const shown = all ? rows : rows.filter(({ changes }, at) => at < shownAtFirst || changes > 0);
  const more = rows.length - shown.length;
  return (
    <article className="vendor" data-vendor={vendor.name} aria-labelledby={`vendor-${vendor.name}`}>
      <header>
        <span className="vendor-tile" aria-hidden="true">
          {vendor.title[0]}
        </span>
        <div>
          <h3 id={`vendor-${vendor.name}`}>{vendor.title}</h3>
          <p>{trades[vendor.name]}</p>
        </div>
        <FaultSwitch vendor={vendor} />
      </header>
      <ul className="campaigns">
        {shown.map((campaign) => (
          <CampaignRow key={campaign.id} vendor={vendor} campaign={campaign} />
        ))}
      </ul>
      <div className="vendor-foot">
        <CallLog vendor={vendor} />
        {(all || more > 0) && (
          <button type="button" className="link" onClick={() => setAll(!all)}>
            {all ? "Show fewer" : `Show ${more} more`}
          </button>
        )}
      </div>
    </article>
  );
}

/** What one can act on first, as it was when the page opened: rows do not jump when they change. */
function useFixedOrder(campaigns: WireCampaign[]): WireCampaign[] {
  const [order] = useState(() =>
    [...campaigns].sort((one, other) => rank(one.word) - rank(other.word)).map(({ id }) => id),
  );
  const place = (id: string): number => {
    const at = order.indexOf(id);
    return at < 0 ? order.length : at;
  };
  return [...campaigns].sort((one, other) => place(one.id) - place(other.id));
}

const rank = (word: string): number => mostTelling.indexOf(toneOf(word));
