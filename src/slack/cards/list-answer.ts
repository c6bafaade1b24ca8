import {
  type Campaign,
  type Phase,
  type Progress,
  type VendorName,
  vendorTitles,
} from "../../domain/campaign.ts";
import { context, section } from "./blocks.ts";
import { faceOfPhase } from "./faces.ts";
import { fitted, type Message } from "./message.ts";
import { code, escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { counted, nameOf } from "./words.ts";

/** The campaigns of one connection, already filtered. */
interface ListGroup {
  connection: string;
  vendor: VendorName;
  campaigns: readonly Campaign[];
  /** Why this connection could not be read, in a sentence. */
  unreadable?: string;
}

interface ListFilters {
  connection?: string;
  phase?: Phase;
}

const mostInAll = 60;
const mostGroups = 40;
const widest = 90;

/** Campaigns by connection; the room is shared out so that no connection hides another. */
export function listAnswer(groups: readonly ListGroup[], filters: ListFilters = {}): Message {
  const count = groups.reduce((sum, { campaigns }) => sum + campaigns.length, 0);
  const unread = groups.filter(({ unreadable }) => unreadable !== undefined).length;
  const title = mrkdwn`${counted(count, "campaign")}${filterWords(filters)}.${unreadWords(unread)}`;
  const each = Math.max(3, Math.floor(mostInAll / Math.max(1, groups.length)));
  const shown = groups.slice(0, mostGroups);
  const hidden = groups.length - shown.length;
  return fitted(title, [
    section(title),
    ...shown.map((group) => section(groupOf(group, each))),
    ...(hidden > 0 ? [context(mrkdwn`and ${counted(hidden, "more connection")}`)] : []),
    context(
      mrkdwn`Narrow it with ${code("/campaign list CONNECTION STATE")}, act with ${code("/campaign pause CONNECTION:ID")}.`,
    ),
  ]);
}

function groupOf({ connection, vendor, campaigns, unreadable }: ListGroup, each: number): Mrkdwn {
  const head = mrkdwn`*${connection.slice(0, widest)}* · ${vendorTitles[vendor]}`;
  if (unreadable !== undefined)
    return mrkdwn`${head}\n❓ Could not be read. ${escaped(unreadable, 300)}`;
  if (campaigns.length === 0) return mrkdwn`${head}\nNone.`;
  const lines = campaigns.slice(0, each).map((campaign) => line(connection, campaign));
  const more = campaigns.length - lines.length;
  const rest = more > 0 ? [mrkdwn`and ${more} more`] : [];
  return joined([head, ...lines, ...rest], "\n");
}

function line(connection: string, campaign: Campaign): Mrkdwn {
  const face = faceOfPhase(campaign.phase);
  const id = code(`${connection}:${campaign.id}`);
  const counts = mrkdwn`${countsOf(campaign.counts)}`;
  return mrkdwn`${face.icon} ${face.word} · ${nameOf(campaign, widest)} · ${id}${counts}`;
}

/** As far as the list itself told them; what they are counted in is for the campaign's status to say. */
function countsOf({ done, total, failed, spent }: Progress = {}): string {
  const number = (count: number) => count.toLocaleString("en");
  const whole = total === undefined ? "" : ` of ${number(total)}`;
  const parts = [
    done !== undefined && `${number(done)}${whole} done`,
    failed !== undefined && failed > 0 && `${number(failed)} failed`,
    spent !== undefined && spent > 0 && `${number(spent)} spent`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? ` · ${parts.join(", ")}` : "";
}

function filterWords({ connection, phase }: ListFilters): string {
  return `${phase ? ` in state ${phase}` : ""}${connection ? ` at ${connection}` : ""}`;
}

function unreadWords(unread: number): string {
  if (unread === 0) return "";
  return ` ${counted(unread, "connection")} could not be read, so there may be more.`;
}
