import type { AllMiddlewareArgs, SlackViewMiddlewareArgs } from "@slack/bolt";
import { differenceOf, isDifferent } from "../../domain/policy-edit.ts";
import { checkApprovers, shortInWords, unsaidSentence } from "../../flows/check-approvers.ts";
import { loadPolicy } from "../../flows/load-policy.ts";
import { findDraft, forgetDraft, noteChecked, type PolicyDraft } from "../../flows/policy-draft.ts";
import { policyNotes } from "../../flows/policy-notes.ts";
import { applyPolicy } from "../../flows/policy-text.ts";
import { Conflict } from "../../store/errors.ts";
import { latestPolicy } from "../../store/policies.ts";
import { policySavedAnswer } from "../cards/answers.ts";
import { type Modal, sentenceModal } from "../cards/modal-blocks.ts";
import { type PolicyPlace, readPlace } from "../cards/policy-place.ts";
import { type Overtaken, policySaveModal, policyShortModal } from "../cards/policy-save-modal.ts";
import { answer, configuringVisitor, type Desk } from "./desk.ts";
import type { Filling } from "./open-modal.ts";
import { draftGone, keyOf, onPolicyPush } from "./policy-press.ts";
import { rollOf } from "./roll.ts";

/** Says what would change, once Slack has said that those who approve are there. */
export const policySaveButton = (desk: Desk) =>
  onPolicyPush(desk, "Save the policy", async ({ origin, draft, place }) => {
    const roll = rollOf(desk.people, origin.workspace, draft.policy.admins ?? []);
    const checked = await checkApprovers(draft.policy, roll);
    if (checked.kind === "unsaid") return { sentence: unsaidSentence };
    if (checked.short.length > 0) return policyShortModal(checked.short.map(shortInWords));
    return proposal(desk, draft, place);
  });

/** The draft beside the version in force, which it is from now on compared with. */
async function proposal(desk: Desk, draft: PolicyDraft, place: PolicyPlace): Promise<Filling> {
  const { world } = desk;
  const { workspace, revision } = draft;
  const { policy, version } = await loadPolicy(world, workspace);
  const difference = differenceOf(policy, draft.policy);
  if (!isDifferent(difference))
    return {
      sentence: "This draft says what the policy says already, so there is nothing to save.",
    };
  const overtaken = await whoOvertook(desk, draft);
  await noteChecked(world, draft, version);
  return policySaveModal({
    place: { ...place, revision },
    version,
    difference,
    notes: await policyNotes(world, workspace, draft.policy),
    ...(overtaken && { overtaken }),
  });
}

async function whoOvertook(
  { world }: Desk,
  { workspace, base }: PolicyDraft,
): Promise<Overtaken | undefined> {
  const saved = await world.store.read((q) => latestPolicy(q, workspace));
  if (!saved || saved.version === base) return undefined;
  return { version: saved.version, by: saved.savedBy, at: saved.savedAt };
}

/** Saves what the form showed and nothing else; whoever was faster is told of, and nothing is lost. */
export const submitPolicySave =
  (desk: Desk) =>
  async ({ ack, view, body, context }: SlackViewMiddlewareArgs & AllMiddlewareArgs) => {
    const workspace = body.team?.id ?? "";
    const user = body.user.id;
    const show = (modal: Modal) => ack({ response_action: "update", view: modal });
    const tell = (sentence: string) => show(sentenceModal("Save the policy", sentence));
    const visitor = await configuringVisitor(desk, workspace, user);
    if ("sentence" in visitor) return tell(visitor.sentence);
    const place = readPlace(view.private_metadata);
    const draft = place && (await findDraft(desk.world, keyOf({ workspace }, visitor, place)));
    if (!draft) return tell(draftGone);
    if (draft.revision !== place.revision || draft.checked !== draft.revision)
      return tell("The draft has changed since, so nothing was saved. Go back, and save again.");
    const version = await saved(desk, draft, visitor.person.id);
    if (version === undefined) {
      const filling = await proposal(desk, draft, place);
      return "sentence" in filling ? tell(filling.sentence) : show(filling);
    }
    await ack({ response_action: "clear" });
    const origin = { workspace, user, channel: user, requestKey: String(context.requestKey) };
    await answer(desk, origin, policySavedAnswer(version));
  };

/** The new version; undefined where somebody else has saved one since. */
async function saved({ world }: Desk, draft: PolicyDraft, by: string): Promise<number | undefined> {
  const { workspace, policy, base: madeFrom } = draft;
  try {
    const version = await applyPolicy(world, { workspace, policy, by, madeFrom });
    await forgetDraft(world, draft);
    return version;
  } catch (error) {
    if (error instanceof Conflict) return undefined;
    throw error;
  }
}
