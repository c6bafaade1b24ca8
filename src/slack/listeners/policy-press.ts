import { mayConfigure } from "../../domain/rights.ts";
import { type DraftKey, findDraft, type PolicyDraft } from "../../flows/policy-draft.ts";
import { sentenceModal } from "../cards/modal-blocks.ts";
import { policyModal } from "../cards/policy-modal.ts";
import { type PolicyPlace, readPlace } from "../cards/policy-place.ts";
import { configuringVisitor, type Desk, type Known, keptIn, type Origin } from "./desk.ts";
import { drawView, type Filling, openModal } from "./open-modal.ts";
import type { PressArgs } from "./press.ts";

/** A press in the list of rules, by somebody who may change them. */
export interface PolicyPress {
  origin: Origin;
  visitor: Known;
  place: PolicyPlace;
  /** Slack's id of the view in which it was pressed. */
  viewId: string;
  draft: PolicyDraft;
  /** What the button or the choice carries. */
  value: string;
}

export const draftGone =
  "This draft is no longer there: it was saved, thrown away or a day old. Nothing was changed. Send /campaign policy again.";

/** What every press in the list begins with: an admin, and their own draft. */
export const onPolicyPress =
  (desk: Desk, work: (press: PolicyPress) => Promise<void>) =>
  async (args: PressArgs): Promise<void> => {
    await args.ack();
    const { origin, viewId, place, value } = readPress(args);
    if (!place) return;
    const visitor = await configuringVisitor(desk, origin.workspace, origin.user);
    const told = (sentence: string) =>
      drawView(desk, origin.workspace, viewId, sentenceModal("Policy", sentence));
    if ("sentence" in visitor) return told(visitor.sentence);
    const draft = await findDraft(desk.world, keyOf(origin, visitor, place));
    if (!draft) return told(draftGone);
    await work({ origin, visitor, place, viewId, draft, value });
  };

/** A press that shows something on top of the list. The view opens before anybody is looked up. */
export const onPolicyPush =
  (desk: Desk, title: string, fill: (press: PolicyPress) => Promise<Filling>) =>
  async (args: PressArgs): Promise<void> => {
    await args.ack();
    const { origin, viewId, place, value } = readPress(args);
    if (!place) return;
    await openPushed(desk, args, title, async (visitor) => {
      const draft = await findDraft(desk.world, keyOf(origin, visitor, place));
      if (!draft) return { sentence: draftGone };
      return fill({ origin, visitor, place, viewId, draft, value });
    });
  };

async function openPushed(
  desk: Desk,
  args: PressArgs,
  title: string,
  fill: (visitor: Known) => Promise<Filling>,
): Promise<void> {
  const { origin } = readPress(args);
  const forAdmins = async (visitor: Known) => {
    const leave = mayConfigure(visitor.person, visitor.policy.policy);
    return leave.ok ? fill(visitor) : leave;
  };
  await openModal(desk, origin, args.body.trigger_id, title, forAdmins, "push");
}

function readPress({ body, action, context }: PressArgs) {
  const origin: Origin = {
    workspace: body.team?.id ?? "",
    user: body.user.id,
    channel: body.user.id,
    ...keptIn(context),
  };
  const place = readPlace(body.view?.private_metadata ?? "");
  return { origin, place, viewId: body.view?.id ?? "", value: pickedIn(action) };
}

function pickedIn(action: PressArgs["action"]): string {
  if (action.type === "button") return action.value ?? "";
  return action.type === "overflow" || action.type === "radio_buttons"
    ? (action.selected_option?.value ?? "")
    : "";
}

export function keyOf(
  { workspace }: Pick<Origin, "workspace">,
  { person }: Known,
  { draft }: PolicyPlace,
): DraftKey {
  return { workspace, person: person.id, id: draft };
}

/** The list as it is now. */
export function listOf(draft: PolicyDraft, version: number, page: number, notice?: string) {
  const place = { draft: draft.id, revision: draft.revision, page };
  return policyModal({
    place,
    policy: draft.policy,
    version,
    ...(notice !== undefined && { notice }),
  });
}
