import { z } from "zod";
import type { WhichClause } from "../../domain/change-command.ts";
import { parseCommand } from "../../domain/command.ts";
import type { Person } from "../../domain/person.ts";
import type { ClauseContext, Reading } from "../../domain/reason-clause.ts";
import { maySee } from "../../domain/rights.ts";
import { rememberChoices, takeChoice } from "../../store/choices.ts";
import { listConnections } from "../../store/connections.ts";
import { notUnderstoodAnswer, refusalAnswer } from "../cards/answers.ts";
import { clauseQuestion } from "../cards/clause-question.ts";
import { answer, type Desk, type Known, type Origin } from "./desk.ts";
import { onPress } from "./press.ts";
import { stopAllAndAnswer } from "./stop-all.ts";
import { submitAndAnswer } from "./submit.ts";

const kept = z.object({
  typed: z.string(),
  now: z.coerce.date(),
  zone: z.string(),
  guessed: z.boolean().default(false),
  connections: z.array(z.string()),
  reading: z.enum(["limit", "reason"]),
});

/** By whose clock times are read. */
export function clockOf(now: Date, { zone, zoneGuessed }: Person) {
  return { now, zone, ...(zoneGuessed && { guessed: true }) };
}

/** When and where it was typed, and what a reason may end in; somebody who may see nothing is asked nothing. */
export async function clauseContext(
  { world }: Desk,
  { workspace, kept }: Pick<Origin, "workspace" | "kept">,
  { person, policy }: Known,
): Promise<ClauseContext> {
  const here = clockOf(kept?.askedAt ?? world.now(), person);
  if (!maySee(person, policy.policy).ok) return { ...here, reading: "reason" };
  const connections = await world.store.read((q) => listConnections(q, workspace));
  return { ...here, connections: connections.map(({ name }) => name) };
}

/** Asks which is meant. What was typed is kept, for reading it again the one way or the other gives the whole wish. */
export async function askWhich(
  desk: Desk,
  origin: Origin,
  by: Person,
  { action, clause }: WhichClause,
  asked: ClauseContext & { typed: string },
): Promise<void> {
  const { world } = desk;
  const { workspace } = origin;
  const setId = world.newId("set");
  const choice = (reading: Reading) => ({
    workspace,
    id: world.newId("cho"),
    person: by.id,
    setId,
    wish: { ...asked, reading },
    createdAt: world.now(),
  });
  const [limit, reason] = [choice("limit"), choice("reason")];
  await world.store.write((q) => rememberChoices(q, [limit, reason]));
  await answer(
    desk,
    origin,
    clauseQuestion({ action, clause, limit: limit.id, reason: reason.id }),
  );
}

const gone =
  "This choice was made already, or it is no longer open. Nothing was changed. Type the command again if you still need it.";
const over =
  "The time that you named has passed meanwhile. Nothing was changed. Type the command again with another one.";

/** As a limit, or as part of the reason. Its button works once, for the person who was asked. */
export const chooseClause = (desk: Desk) =>
  onPress(desk, async ({ origin, visitor, id }) => {
    const { world } = desk;
    const choice = await world.store.write((q) =>
      takeChoice(q, origin.workspace, visitor.person.id, id),
    );
    const read = kept.safeParse(choice?.wish);
    if (!read.success) return answer(desk, origin, refusalAnswer(gone));
    const { typed, ...context } = read.data;
    const command = parseCommand(typed, context);
    if (command.kind === "stop_all") return stopAllAndAnswer(desk, origin, visitor.person, command);
    if (command.kind === "not_understood")
      return answer(desk, origin, notUnderstoodAnswer(command));
    if (command.kind !== "change") return answer(desk, origin, refusalAnswer(gone));
    const { kind: _kind, ...wish } = command;
    if (wish.until && wish.until <= world.now()) return answer(desk, origin, refusalAnswer(over));
    await submitAndAnswer(desk, origin, visitor.person, wish);
  });
