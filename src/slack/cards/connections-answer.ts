import { type VendorName, vendorTitles } from "../../domain/campaign.ts";
import { actions, button, section } from "./blocks.ts";
import { actionIds } from "./ids.ts";
import { fitted, type Message } from "./message.ts";
import { code, escaped, joined, type Mrkdwn, mrkdwn } from "./text.ts";
import { counted, person, when } from "./words.ts";

/** A connection as people may see it: of its secret only the last four characters. */
interface ConnectionRow {
  name: string;
  vendor: VendorName;
  /** The last four characters of the key. */
  hint: string;
  connectedAt: Date;
  /** A Slack user id, or who else it was ("the command line"). */
  connectedBy: string;
  campaigns?: number;
  /** Another connection, by name, that leads to the same account. */
  sameAs?: string;
  /** What is wrong with it, in a sentence. */
  broken?: string;
}

const mostRows = 45;

/** Every connection of the workspace; admins get the button that adds one. */
export function connectionsAnswer(rows: readonly ConnectionRow[], mayConnect = false): Message {
  const broken = rows.filter((row) => row.broken !== undefined).length;
  const wrong = broken > 0 ? ` ${broken} of them ${broken === 1 ? "does" : "do"} not work.` : "";
  const title =
    rows.length === 0
      ? mrkdwn`No platform is connected here yet.`
      : mrkdwn`${counted(rows.length, "connection")}.${wrong}`;
  const connect = button({ label: "Connect", actionId: actionIds.connect, value: "connect" });
  return fitted(title, [
    section(title),
    ...rows.slice(0, mostRows).map((row) => section(lineOf(row))),
    ...(mayConnect ? [actions([connect])] : []),
  ]);
}

function lineOf(row: ConnectionRow): Mrkdwn {
  const count = row.campaigns === undefined ? [] : [mrkdwn`${counted(row.campaigns, "campaign")}`];
  const key = code(`…${row.hint.slice(-4)}`);
  const facts = [...stateOf(row), ...count, mrkdwn`key ends in ${key}`];
  const since = mrkdwn`Connected by ${person(row.connectedBy)}, ${when(row.connectedAt)}`;
  const why = row.broken ? [escaped(row.broken, 300)] : [];
  const head = mrkdwn`*${row.name.slice(0, 90)}* · ${vendorTitles[row.vendor]}`;
  const twin = row.sameAs
    ? [mrkdwn`The same account as ${code(row.sameAs)}: one of the two should be disconnected.`]
    : [];
  return joined([head, joined(facts, " · "), since, ...twin, ...why], "\n");
}

/** Only a connection that was read just now is said to work. */
function stateOf({ broken, campaigns }: ConnectionRow): Mrkdwn[] {
  if (broken !== undefined) return [mrkdwn`⚠️ does not work`];
  return campaigns === undefined ? [] : [mrkdwn`✅ works`];
}
