import { useState } from "react";
import type { WireCampaign, WireVendor } from "../wire.ts";
import { act } from "./act.ts";
import { toneOf } from "./tones.ts";

export interface CampaignRowProps {
  vendor: WireVendor;
  campaign: WireCampaign;
}

export function CampaignRow({ vendor, campaign }: CampaignRowProps) {
  const { id, name, changes } = campaign;
  const [changesAtFirst] = useState(changes);
  return (
    <li className="campaign" data-campaign={id}>
      <div className="campaign-name">
        <b title={name}>{name}</b>
        <small>
          <code title={`${vendor.name}:${id}`}>
            {vendor.name}:{id}
          </code>
          {changes > 0 && (
            <span>
              {changes} {changes === 1 ? "change" : "changes"}
            </span>
          )}
        </small>
      </div>
      {/* The key makes the chip new with every change, so that it flashes once. */}
      <StatusChip
        key={changes}
        vendor={vendor}
        campaign={campaign}
        fresh={changes > changesAtFirst}
      />
    </li>
  );
}

/** The vendor's own word; choosing another one changes it behind the bot's back. */
function StatusChip({ vendor, campaign, fresh }: CampaignRowProps & { fresh: boolean }) {
  const { id, name, word } = campaign;
  const words = vendor.words.includes(word) ? vendor.words : [word, ...vendor.words];
  return (
    <span
      className={fresh ? "chip fresh" : "chip"}
      data-word={word}
      data-tone={toneOf(word)}
      title="Change it behind Fermata’s back"
    >
      <span aria-hidden="true">{word}</span>
      <select
        aria-label={`State of ${name}, changed behind Fermata’s back`}
        value={word}
        onChange={({ target }) =>
          void act("word", { vendor: vendor.name, campaign: id, word: target.value })
        }
      >
        {words.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </span>
  );
}
