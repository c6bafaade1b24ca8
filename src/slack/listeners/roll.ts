import type { Roll } from "../../flows/check-approvers.ts";
import { isNobody, type People } from "../people.ts";

/** Who of a workspace is there to decide, asked of Slack. */
export function rollOf(people: People, workspace: string, admins: readonly string[]): Roll {
  return {
    async person(id) {
      const known = await people.know(workspace, id, { admins, groups: [] });
      if (known.kind === "person") return known.person;
      return isNobody(known) ? "not_known" : undefined;
    },
    members: (group) => people.members(workspace, group),
  };
}
