import type { AllMiddlewareArgs } from "@slack/bolt";
import { groupPayload } from "../payloads.ts";
import type { Desk } from "./desk.ts";

/** The members of a user group are others now, or the group is gone: what is remembered of it ends at once. */
export function groupChanged({ people }: Pick<Desk, "people">) {
  return async ({
    body,
  }: Pick<AllMiddlewareArgs, "context"> & { body: unknown }): Promise<void> => {
    const { team_id: workspace, event } = groupPayload.parse(body);
    people.forgetGroup(
      workspace,
      event.type === "subteam_updated" ? event.subteam.id : event.subteam_id,
    );
  };
}
