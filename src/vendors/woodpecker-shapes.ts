// https://developers.woodpecker.co/docs/campaigns
import type { Campaign, Phase } from "../domain/campaign.ts";
import { VendorFailure } from "./failure.ts";
import { count, id as idOf, known, record, text } from "./loose.ts";
import { campaign } from "./reading.ts";
import { firstText, tidyWords } from "./vendor-words.ts";
import { cameOf, members } from "./wanted.ts";
import { peculiar, wordsOf } from "./woodpecker-refusals.ts";

const phases: Record<string, Phase> = {
  draft: "draft",
  edited: "edited",
  running: "running",
  paused: "paused",
  stopped: "stopped",
  completed: "completed",
  deleted: "cancelled",
};

/** Of a row of the list, of one campaign, and of a row with its figures; of an object instead of a list what it says. */
export const v1Row = { members: members("id", "name", "status", "error", "created") };
export const v2Row = { members: members("id", "name", "status", "bounce_shield_autopaused_at") };
export const statsRow = { members: members("stats") };
export const sayings = members("code", "type", "title", "message", "detail", "status");

/** A message that speaks of trouble does not say that there is nothing. */
const trouble =
  /error|invalid|wrong|fail|denied|unauthori|permission|key|plan|addon|limit|too many/i;

/** An account without campaigns is told so in an object; an error may come in one too, inside a 200. */
export function rowsOf(body: unknown, secrets: readonly string[]): unknown[] {
  if (Array.isArray(body)) return body;
  const { code, text: said = "" } = wordsOf(body);
  if (!code && firstText(record(body).message) && !trouble.test(said)) return [];
  const vendorText = tidyWords([code, said].filter(Boolean).join(": "), secrets);
  const facts = { kind: "bad_answer", vendor: "woodpecker" } as const;
  throw new VendorFailure(
    peculiar({ ...facts, ...(code && { code: tidyWords(code, secrets) }), vendorText }),
  );
}

/**
 * https://developers.woodpecker.co/docs/agency-api/authentication-agency names GET /me and not what it answers: the
 * account's id as it may be called, else the user's own, which at least is the same for all keys of that user.
 */
export function accountIn(body: unknown): string | undefined {
  const one = record(Array.isArray(body) ? body[0] : body);
  const { company_id, companyId, firm_id, firmId, account_id, accountId } = one;
  const nested = [one.company, one.firm, one.account].map((of) => record(of).id);
  const ids = [company_id, companyId, firm_id, firmId, account_id, accountId, ...nested].map(idOf);
  const account = ids.find((id) => id !== "");
  if (account !== undefined) return `account ${account}`;
  const user = idOf(one.id) || idOf(record(one.user).id);
  return user === "" ? undefined : `user ${user}`;
}

export function fromV1(row: unknown): Campaign {
  const { id, name: title, status, error, created: made } = cameOf(v1Row, row);
  const said = tidyWords(text(error));
  return campaign(phases, {
    id,
    name: title,
    word: status,
    made,
    note: said && `Woodpecker reports: ${said}`,
  });
}

/** Bounce Shield pauses by itself, and starting again by hand switches its check off for a week. */
export function fromV2(row: unknown): Campaign {
  const { id, name: title, status, bounce_shield_autopaused_at: shield } = cameOf(v2Row, row);
  const note = text(shield)
    ? "Bounce Shield paused it because too many emails bounced. Look at the bounces before resuming it."
    : undefined;
  return campaign(phases, { id, name: title, word: status, note });
}

/** GET-campaign-stats-v1. Emails are counted and not people, so there is no total to set them against. */
export function toProgress(rows: readonly unknown[]) {
  const stats = record(cameOf(statsRow, rows[0]).stats);
  const { sent, bounced, prospects, replied } = stats;
  const parts = [
    [count(prospects), "prospects"],
    [count(replied), "replied"],
  ].flatMap(([number, what]) => (number === undefined ? [] : [`${number} ${what}`]));
  return known({
    done: count(sent),
    failed: count(bounced),
    note: parts.length > 0 ? `Counted in emails; ${parts.join(", ")}.` : undefined,
  });
}
