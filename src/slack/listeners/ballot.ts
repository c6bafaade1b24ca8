import type { Change, Vote } from "../../domain/change.ts";
import { isCalled } from "../../domain/person.ts";
import { isOwed } from "../../domain/ratify.ts";
import type { Absence, Press } from "../../domain/review.ts";
import { groupsDeciding } from "../../domain/rights.ts";
import { isEnded } from "../../domain/settle.ts";
import { awayAt } from "../../store/absences.ts";
import { loadChange } from "../../store/changes.ts";
import { mayPass, NotKnownYet } from "../troubles.ts";
import { type Desk, type Known, personBehind, visitorOf, withGroups } from "./desk.ts";

type Ballot =
  | { kind: "ballot"; press: Press }
  /** `reason` is Slack's own word for why it does not say who somebody is. */
  | { kind: "refused"; sentence: string; reason: string };

const unknown =
  "Slack could not say just now who asked for this, so your press was not counted. Please try again in a minute.";

/**
 * A press with everything that judging it takes: whoever asked and those whom this person stands in for, looked up
 * afresh where this person was. Undefined: there is no such change in this workspace.
 */
export async function ballotOf(
  desk: Desk,
  place: { workspace: string; changeId: string },
  visitor: Known,
  vote: { kind: Vote["kind"]; reason?: string },
): Promise<Ballot | undefined> {
  const { workspace, changeId } = place;
  const change = await desk.world.store.read((q) => loadChange(q, workspace, changeId));
  if (!change) return undefined;
  const { policy } = visitor.policy;
  const action = change.stop ? "stop" : change.action;
  const asker = isOver(change, vote)
    ? visitor
    : await personBehind(desk, workspace, change.askedBy, visitor.glance ? "glance" : action);
  if (asker.kind !== "person") return { kind: "refused", sentence: unknown, reason: asker.reason };
  if (asker.lastKnown) return { kind: "refused", sentence: unknown, reason: "no answer" };
  const groups = [...new Set([...groupsAsked(change), ...groupsDeciding(policy, action)])];
  const voter = await withGroups(desk, workspace, visitor, groups);
  const absences = await absencesFor(desk, workspace, visitor, groups);
  return { kind: "ballot", press: { ...vote, by: voter.person, asker: asker.person, absences } };
}

/** The same for a press that was written down: where Slack cannot say just now who somebody is, it waits. */
export async function awaitBallot(
  ...asked: Parameters<typeof ballotOf>
): Promise<Ballot | undefined> {
  const ballot = await ballotOf(...asked);
  if (ballot?.kind === "refused" && mayPass(ballot.reason))
    throw new NotKnownYet(ballot.reason, "Slack could not say just now who asked for this");
  return ballot;
}

/** Nothing hangs any more on who asked. */
function isOver(change: Change, { kind }: { kind: Vote["kind"] }): boolean {
  if (isOwed(change)) return false;
  return isEnded(change.state) || (kind === "approve" && change.state !== "waiting");
}

/** The policy may have stopped naming them since. */
function groupsAsked({ verdict }: Change): string[] {
  const steps = verdict.kind === "approve" ? verdict.steps : [];
  const from = verdict.kind === "ratify" ? verdict.from : steps.flatMap((step) => step.from);
  return from.filter((one) => one.startsWith("S"));
}

/** Whom this person stands in for now; whoever could not decide themselves gives no right to anybody. */
async function absencesFor(
  desk: Desk,
  workspace: string,
  { person, glance }: Known,
  groups: readonly string[],
): Promise<Absence[]> {
  const { store, now } = desk.world;
  const away = await store.read((q) => awayAt(q, workspace, now()));
  const mine = away.filter(({ standIn }) => isCalled(person, standIn));
  const known = await Promise.all(
    mine.map(async (row) => {
      const who = await visitorOf(desk, workspace, row.person, glance && "glance");
      if (who.kind !== "person") return { row, who };
      return { row, who: await withGroups(desk, workspace, who, groups) };
    }),
  );
  return known.flatMap(({ row, who }) =>
    who.kind === "person" && who.person.kind === "member"
      ? [{ person: who.person, standIn: row.standIn }]
      : [],
  );
}
