import type { VendorName } from "../../src/domain/campaign.ts";
import type { NewCampaign, Trait } from "./pretend.ts";

type Row = [
  id: string,
  name: string,
  word: string,
  total: number,
  done: number,
  ...traits: Trait[],
];

/**
 * Newest last. The id 42 is at three vendors, and "Webinar no-shows" at two; "Spring launch" is
 * only Burki's. One name tries to call a whole channel.
 */
const rows: Record<VendorName, readonly Row[]> = {
  peachdesk: [
    ["17", "Webinar no-shows", "paused", 220, 61, "breaker_tripped"],
    ["23", "Trade fair follow-up Hannover", "created", 310, 0],
    ["31", "Lapsed customers 2025", "completed", 540, 540],
    ["33", "Winback, second wave", "paused", 400, 118, "no_credit"],
    ["38", "<!channel> Churn rescue 🚑", "running", 260, 37],
    ["40", "Dentist recall Lyon", "failed", 90, 0, "sync_failed"],
    ["42", "Q4 renewals DACH", "running", 480, 143],
  ],
  burki: [
    ["7", "Early renewal offer", "paused", 350, 122],
    ["9", "Old price list", "cancelled", 200, 44],
    ["12", "Insurance quotes Texas", "completed", 800, 741],
    ["42", "Spring launch", "running", 500, 325],
    ["51", "NPS callbacks May", "scheduled", 150, 0, "own_time"],
    ["55", "Black Friday teaser", "draft", 1200, 0],
    ["60", "Demo requests, no answer", "running", 75, 21],
  ],
  woodpecker: [
    ["42", "Fintech CFOs, first touch", "RUNNING", 868, 410],
    ["88", "Conference leads Lisbon", "COMPLETED", 132, 132],
    ["97", "Agencies, second try", "STOPPED", 300, 90],
    ["108", "SaaS founders Nordics", "PAUSED", 450, 201],
    ["115", "Recruiters UK 🇬🇧", "DRAFT", 240, 0],
    ["121", "Logistics managers, with IF steps", "RUNNING", 510, 77, "unsupported_by_api"],
    ["130", "Architects Benelux", "EDITED", 180, 12],
  ],
  sarvam: [
    ["camp-1f00", "Wrong audience June", "cancelled", 900, 15],
    ["camp-55aa", "Monsoon health check", "ended", 2000, 2000],
    ["camp-09af", "KYC completion", "active", 1500, 640],
    ["camp-b7e2", "Loan reminders Pune", "paused", 700, 233],
    ["camp-c41d", "Diwali offers", "scheduled", 5000, 0, "outside_window"],
    ["camp-d220", "Weekend callbacks Chennai", "paused", 320, 80, "outside_window"],
    ["INSUREIT-Re-31885c09-3493", "Policy renewals Mumbai", "active", 1200, 305],
  ],
  talkdesk: [
    ["3f0c2a54-6a5e-4c0b-9a43-5d6a0f1b7c21", "Collections, tier 1", "RUNNING", 900, 0],
    ["b81d7e9a-0f42-4c5d-8a27-2e9c44d1f003", "Webinar no-shows", "PAUSED", 220, 0],
    ["5a9e1c7d42b84f6e9d0c3b2a1f807e65", "Missed deliveries", "RUNNING", 640, 0],
    ["c2f4b6d8-1357-4ace-9bdf-024681357ace", "Card activation EU", "READY", 430, 0],
    ["e7a1d3c5-2468-4bdf-8ace-13579bdf0246", "Warranty upsell", "INCOMPLETE", 0, 0],
    ["91b3d5f7-8642-4eca-a0b1-c2d3e4f50617", "VIP check-in", "PAUSED", 60, 0],
  ],
};

const hour = 3_600_000;

/** A vendor's campaigns as they are at the beginning, their past reckoned back from `now`. */
export function seedOf(vendor: VendorName, now: Date): NewCampaign[] {
  return rows[vendor].map(([id, name, word, total, done, ...traits], index, all) => ({
    id,
    name,
    word,
    total,
    done,
    failed: Math.round(done * 0.07),
    traits,
    createdAt: new Date(now.getTime() - (all.length - index) * 53 * hour),
    changedAt: new Date(now.getTime() - (all.length - index) * 5 * hour),
  }));
}
