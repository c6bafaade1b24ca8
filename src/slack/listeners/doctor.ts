import { mayConfigure } from "../../domain/rights.ts";
import { refusalAnswer } from "../cards/answers.ts";
import { doctorAnswer, lookingAnswer } from "../cards/doctor-answer.ts";
import { examineWorkspace } from "../examine/workspace.ts";
import { answer, type Desk, type Known, type Origin } from "./desk.ts";

/** `/campaign doctor`: says at once that it looks, and then what it found. */
export async function showDoctor(
  desk: Desk,
  origin: Origin,
  { person, policy }: Known,
): Promise<void> {
  const leave = mayConfigure(person, policy.policy);
  if (!leave.ok) return answer(desk, origin, refusalAnswer(leave.sentence));
  await answer(desk, origin, lookingAnswer());
  const findings = await examineWorkspace(desk, origin.workspace);
  await answer(desk, origin, doctorAnswer(findings));
}
