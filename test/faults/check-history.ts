import type { Change, ChangeState, Target } from "../../src/domain/change.ts";
import { isEnded, isTargetOpen } from "../../src/domain/settle.ts";
import { type ChainedLine, genesis } from "../../src/store/audit.ts";
import type { History, KeptChange, Request, VendorCall } from "./history.ts";

/**
 * Decides whether what everybody wrote down can have happened to a bot that keeps its promises. One sentence for each
 * promise that was broken; none if all were kept.
 */
export function checkHistory(history: History): string[] {
  return [
    ...lostRequests(history),
    ...secondDecisions(history),
    ...movedEnds(history),
    ...strangeCalls(history),
    ...brokenChain(history),
    ...untrueCards(history),
  ];
}

/** What was acknowledged is on record, or the person was told why not. Without an answer, both are fine. */
function lostRequests({ requests, changes }: History): string[] {
  const byId = new Map(changes.map((change) => [change.id, change]));
  return requests
    .filter(({ outcome, answered }) => outcome === "ok" && !answered)
    .filter((request) => !isKept(request, byId.get(request.change)))
    .map(({ act, change, by }) => `lost: a ${act} by ${by} for ${change} was acknowledged`);
}

function isKept({ act, by }: Request, change: KeptChange | undefined): boolean {
  const voted = (kind: string) =>
    change?.votes.some((vote) => vote.by === by && vote.kind === kind);
  switch (act) {
    case "wish":
      return change?.askedBy === by;
    case "approve":
      return voted("approve") ?? false;
    case "deny_form":
      return voted("deny") ?? false;
    case "withdraw":
      return change?.state === "withdrawn" && change.askedBy === by;
    case "deny":
      return false;
    case "other":
      return true;
  }
}

const ends = ["denied", "withdrawn", "expired", "superseded", "change_ended"];

/** One decision and one end for each change, in this order, and nothing is decided after it. */
function secondDecisions({ changes, audit }: History): string[] {
  const lines = bySubject(audit);
  return changes.flatMap(({ id, state }) => {
    const events = (lines.get(id) ?? []).filter(({ event }) => decisive.includes(event));
    const ended = events.filter(({ event }) => ends.includes(event));
    const [end] = ended;
    const faults: string[] = [];
    if (events.filter(({ event }) => event === "approved").length > 1)
      faults.push(`decided twice: ${id} was approved more than once`);
    if (ended.length > 1)
      faults.push(`decided twice: ${id} ended as ${ended.map(endOf).join(" and as ")}`);
    if (end && events.at(-1) !== end) faults.push(`decided late: ${id} was decided after its end`);
    if (isEnded(state) !== (end !== undefined) || (end && endOf(end) !== state))
      faults.push(`wrong end: ${id} is ${state}, and its audit says ${end ? endOf(end) : "open"}`);
    return faults;
  });
}

const decisive = ["asked", "voted", "approved", ...ends];

function endOf({ event, detail }: ChainedLine): string {
  return event === "change_ended" ? String(JSON.parse(detail).state) : event;
}

/** What had ended once has ended like that for ever. */
function movedEnds({ snapshots, changes }: History): string[] {
  const last = new Map(changes.map(({ id, state }) => [id, state as string]));
  for (const { targets } of changes) for (const { id, state } of targets) last.set(id, state);
  const faults = new Set<string>();
  for (const [place, seen] of snapshots.entries()) {
    const later = snapshots[place + 1] ?? last;
    for (const [id, state] of seen) {
      const after = later.get(id);
      if (isOver(id, state) && after !== state)
        faults.add(`an end that moved: ${id} was ${state} and became ${after ?? "nothing"}`);
    }
  }
  return [...faults];
}

function isOver(id: string, state: string): boolean {
  return id.includes(".")
    ? !isTargetOpen(state as Target["state"])
    : isEnded(state as Change["state"]);
}

/** Every changing call belongs to one attempt on record, after the consent and before the end; one state change at most. */
function strangeCalls({ changes, audit, calls }: History): string[] {
  const lines = bySubject(audit);
  const attempts = changes
    .flatMap((change) => change.calls.map((attempt) => ({ change, attempt })))
    .sort((a, b) => b.attempt.startedAt.getTime() - a.attempt.startedAt.getTime());
  const owners = calls.map((call) => ({
    call,
    owner: attempts.find(
      ({ change, attempt }) =>
        attempt.startedAt <= call.at && isAbout(change, attempt.targetId, call),
    ),
  }));
  const faults = owners
    .filter(({ owner }) => !owner)
    .map(({ call }) => `a call without a record: ${call.vendor} ${call.campaign}`);
  for (const { change, attempt } of attempts) {
    const own = owners.filter(({ owner }) => owner?.attempt === attempt).map(({ call }) => call);
    if (own.length > 1)
      faults.push(`a blind call: ${attempt.targetId} was sent ${own.length} times in one attempt`);
    const consent = (lines.get(change.id) ?? []).find(isConsent);
    if (!consent || own.some(({ at }) => at < consent.at))
      faults.push(`a call without consent: ${attempt.targetId}`);
    const end = (lines.get(change.id) ?? []).find((line) => isEndOf(line, attempt.targetId));
    if (end && (attempt.startedAt > end.at || own.some(({ at }) => at > end.at)))
      faults.push(`a call after the end: ${attempt.targetId}`);
  }
  for (const { id } of changes.flatMap(({ targets }) => targets)) {
    const moves = owners.filter(
      ({ call: { effect }, owner }) =>
        owner?.attempt.targetId === id && effect && effect.from !== effect.to,
    );
    if (moves.length > 1)
      faults.push(`done twice: ${id} changed its campaign ${moves.length} times`);
  }
  return faults;
}

function isAbout(change: KeptChange, targetId: string, { vendor, campaign }: VendorCall): boolean {
  const target = change.targets.find(({ id }) => id === targetId);
  return target?.vendor === vendor && target.campaign.id === campaign;
}

function isConsent({ event, detail }: ChainedLine): boolean {
  return event === "approved" || (event === "asked" && JSON.parse(detail).verdict === "allow");
}

function isEndOf({ event, detail }: ChainedLine, targetId: string): boolean {
  return (
    ends.includes(event) || (event === "target_ended" && JSON.parse(detail).target === targetId)
  );
}

/** Line follows line, none is missing, and every one is what was written. */
function brokenChain({ audit, chainFault }: History): string[] {
  const gap = audit.find((line, place) => {
    const before = audit[place - 1];
    return line.seq !== place + 1 || line.previousHash !== (before?.hash ?? genesis);
  });
  return [
    ...(gap ? [`a broken chain: line ${gap.seq} does not follow the one before`] : []),
    ...(chainFault === undefined ? [] : [`a broken chain: ${chainFault}`]),
  ];
}

/** As people read it; written down here once more, so that a wrong word in the program is seen. */
const endWords: Partial<Record<ChangeState, string>> = {
  done: "Done",
  partly: "Partly done",
  failed: "Failed",
  needs_attention: "Needs a look",
  denied: "Denied",
  expired: "Expired",
  withdrawn: "Withdrawn",
  superseded: "Superseded",
};

/** Every card that is remembered shows the end, and there is one. A spare one, of a post that was not lived to be remembered, need not. */
function untrueCards({ changes, cards }: History): string[] {
  return changes
    .filter(({ state }) => isEnded(state))
    .flatMap((change) => {
      const word = endWords[change.state];
      const places = new Set(change.posts.filter(({ gone }) => !gone).map(placeOf));
      const own = cards.filter((card) => card.change === change.id && places.has(placeOf(card)));
      if (own.length === 0) return [`no card: ${change.id} is ${change.state}, and nobody is told`];
      // A success that is still watched may not be called one yet.
      if (change.targets.some(({ watch }) => watch !== undefined && watch !== "settled")) return [];
      return own
        .filter(({ text }) => !text.includes(`*${word}*`))
        .map(() => `an untrue card: ${change.id} is ${change.state}, and its card does not say so`);
    });
}

function placeOf({ channel, ts }: { channel: string; ts: string }): string {
  return `${channel}/${ts}`;
}

function bySubject(audit: readonly ChainedLine[]): Map<string, ChainedLine[]> {
  const lines = new Map<string, ChainedLine[]>();
  for (const line of audit) {
    const own = lines.get(line.subject);
    if (own) own.push(line);
    else lines.set(line.subject, [line]);
  }
  return lines;
}
