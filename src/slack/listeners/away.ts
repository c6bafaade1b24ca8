import type { AwayCommand } from "../../domain/away-command.ts";
import { isCalled } from "../../domain/person.ts";
import { mayConfigure } from "../../domain/rights.ts";
import { beAway, comeBack } from "../../flows/be-away.ts";
import { type AwayRow, awayAt } from "../../store/absences.ts";
import { refusalAnswer } from "../cards/answers.ts";
import {
  awayAnswer,
  backAnswer,
  notAwayAnswer,
  standInNotice,
  whoIsAwayAnswer,
} from "../cards/away-answers.ts";
import { postTo } from "../deliver/post.ts";
import { slackErrorOf } from "../troubles.ts";
import { answer, type Desk, type Known, type Origin, visitorOf } from "./desk.ts";

/** `/campaign policy away …` and `back …`. */
export async function awayAndAnswer(
  desk: Desk,
  origin: Origin,
  visitor: Known,
  command: AwayCommand,
): Promise<void> {
  switch (command.kind) {
    case "away":
      return goAway(desk, origin, visitor, command);
    case "back":
      return command.person === undefined || isCalled(visitor.person, command.person)
        ? endOwn(desk, origin, visitor)
        : endOthers(desk, origin, visitor, command.person);
    case "who_is_away": {
      const { store, now } = desk.world;
      const away = await store.read((q) => awayAt(q, origin.workspace, now()));
      return answer(desk, origin, whoIsAwayAnswer(away));
    }
  }
}

const unknownStandIn =
  "Slack could not say just now who your stand-in is, so nothing was changed. Please try again in a minute.";

async function goAway(
  desk: Desk,
  origin: Origin,
  { person: by }: Known,
  { standIn: named, until, note }: Extract<AwayCommand, { kind: "away" }>,
): Promise<void> {
  const { workspace } = origin;
  const known = await visitorOf(desk, workspace, named);
  if (known.kind !== "person") return answer(desk, origin, refusalAnswer(unknownStandIn));
  const left = await beAway(desk.world, { workspace, by, standIn: known.person, until });
  if (left.kind === "refused") return answer(desk, origin, refusalAnswer(left.sentence));
  const { absence, standInUntil } = left;
  const told = await tellStandIn(desk, absence);
  await answer(desk, origin, awayAnswer(absence, { standInUntil, told, note }));
}

/** False if Slack does not take a direct message to them. */
async function tellStandIn({ web }: Desk, absence: AwayRow): Promise<boolean> {
  try {
    await postTo(web, absence.workspace, absence.standIn, standInNotice(absence));
    return true;
  } catch (error) {
    if (slackErrorOf(error) === undefined) throw error;
    return false;
  }
}

async function endOwn(desk: Desk, origin: Origin, { person: by }: Known): Promise<void> {
  const { workspace } = origin;
  const ended = await comeBack(desk.world, { workspace, by, whom: by });
  await answer(desk, origin, ended ? backAnswer(ended, true) : notAwayAnswer());
}

/** Only admins end what somebody else has begun; also of somebody whom Slack no longer knows. */
async function endOthers(
  desk: Desk,
  origin: Origin,
  { person: by, policy }: Known,
  named: string,
): Promise<void> {
  const { workspace } = origin;
  const leave = mayConfigure(by, policy.policy);
  if (!leave.ok) return answer(desk, origin, refusalAnswer(leave.sentence));
  const known = await visitorOf(desk, workspace, named);
  const whom = known.kind === "person" ? known.person : { id: named };
  const ended = await comeBack(desk.world, { workspace, by, whom });
  await answer(desk, origin, ended ? backAnswer(ended, false) : notAwayAnswer(named));
}
