import { maySee } from "../../domain/rights.ts";
import { changeStory } from "../../flows/change-story.ts";
import { detailsModal } from "../cards/details-modal.ts";
import { cardContext } from "../deliver/card-context.ts";
import type { Desk } from "./desk.ts";
import { openModal } from "./open-modal.ts";
import { notHere, onChangePress } from "./press.ts";
import { keyOf } from "./review-buttons.ts";

/** The whole story of a change, for who may see it and nobody else: a view at once, filled when it has been read. */
export const detailsButton = (desk: Desk) =>
  onChangePress(desk, (press) =>
    openModal(desk, press.origin, press.triggerId, "Details", async ({ person, policy }) => {
      const leave = maySee(person, policy.policy);
      if (!leave.ok) return leave;
      const story = await changeStory(desk.world, keyOf(press));
      if (!story) return { sentence: notHere };
      return detailsModal(story, await cardContext(desk, story.change));
    }),
  );
