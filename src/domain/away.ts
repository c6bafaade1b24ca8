import { isCalled, type Person, type PersonKind } from "./person.ts";
import type { Leave } from "./rights.ts";

/** May this person leave their decisions to that one? */
export function mayLeaveTo(by: Person, standIn: Person): Leave {
  if (by.kind !== "member")
    return no(
      "Only full members of this workspace decide here, so nobody has to stand in for you.",
    );
  if (isCalled(standIn, by.id)) return no("You cannot stand in for yourself. Name somebody else.");
  if (standIn.kind === "member") return { ok: true };
  return no(
    `${standIns[standIn.kind]}, so they cannot stand in for you. Name a full member of this workspace.`,
  );
}

const standIns: Record<Exclude<PersonKind, "member">, string> = {
  guest: "Guests may not decide here",
  bot: "Bots may not decide here",
  deactivated: "This account is deactivated",
  stranger: "People of other organisations may not decide here",
};

function no(sentence: string): Leave {
  return { ok: false, sentence: `${sentence} Nothing was changed.` };
}
