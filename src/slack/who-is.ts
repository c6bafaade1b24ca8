import type { WhoIs } from "../flows/asker-now.ts";
import { loadPolicy } from "../flows/load-policy.ts";
import type { Desk } from "./listeners/desk.ts";
import { isNobody, nobodyAnyMore } from "./people.ts";

/** Who somebody is at the moment when what they asked for is begun. Groups are remembered: nobody decides here. */
export function whoIsIn(
  { world, people }: Pick<Desk, "world" | "people">,
  workspace: string,
): WhoIs {
  return async (id, groups) => {
    const { policy } = await loadPolicy(world, workspace);
    const known = await people.know(workspace, id, {
      admins: policy.admins ?? [],
      groups,
      look: true,
    });
    if (known.kind === "person") return known.person;
    return isNobody(known) ? nobodyAnyMore(id) : undefined;
  };
}
