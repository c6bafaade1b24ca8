import type { PretendGroup, PretendPerson } from "../slack/types.ts";

/** What someone is in the story the page tells, told from their standing in the workspace alone. */
export function roleOf(person: PretendPerson, groups: readonly PretendGroup[]): string {
  if (person.isStranger) return "Another company";
  if (person.isRestricted || person.isUltraRestricted) return "Guest";
  if (person.isAdmin || person.isOwner) return "Admin";
  return groups.some(({ users }) => users.includes(person.id)) ? "Approver" : "Operator";
}
