import type { Roll } from "../../flows/check-approvers.ts";
import type { People } from "../people.ts";

/** Slack's words for somebody who is not there, or not for us. */
const notThere = new Set(["user_not_found", "user_not_visible", "users_not_found"]);

/** Who of a workspace is there to decide, asked of Slack. */
export function rollOf(people: People, workspace: string, admins: readonly string[]): Roll {
  return {
    async person(id) {
      const known = await people.know(workspace, id, { admins, groups: [] });
      if (known.kind === "person") return known.person;
      return notThere.has(known.reason) ? "not_known" : undefined;
    },
    members: (group) => people.members(workspace, group),
  };
}
