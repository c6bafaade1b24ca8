import type { App } from "@slack/bolt";
import { actionIds, callbackIds, pressed } from "./cards/ids.ts";
import { accessGone, appGone, type Leaving, tokensGone } from "./install/app-gone.ts";
import { appMentioned } from "./listeners/app-mention.ts";
import { campaignCommand } from "./listeners/campaign-command.ts";
import { submitCampaignModal, suggestCampaigns } from "./listeners/campaign-modal.ts";
import { channelShared } from "./listeners/channel-shared.ts";
import { chooseClause } from "./listeners/clause-choice.ts";
import { chooseVendor, connectButton } from "./listeners/connect-modal.ts";
import type { Desk } from "./listeners/desk.ts";
import { detailsButton } from "./listeners/details.ts";
import { submitDigest } from "./listeners/digest-modal.ts";
import { extendButton, submitExtension } from "./listeners/extend-modal.ts";
import {
  checkAgainButton,
  chooseTarget,
  tryAgainButton,
  undoButton,
} from "./listeners/follow-buttons.ts";
import { groupChanged } from "./listeners/group-changed.ts";
import {
  policyAnewButton,
  policyExportButton,
  policyPageButton,
  policyReplayButton,
  policyRuleMenu,
} from "./listeners/policy-modal.ts";
import { addRuleButton, policyThenChoice, submitPolicyRule } from "./listeners/policy-rule.ts";
import { policySaveButton, submitPolicySave } from "./listeners/policy-save.ts";
import {
  policyImportButton,
  policyWhatIfButton,
  submitPolicyImport,
  submitPolicyWhatIf,
} from "./listeners/policy-try.ts";
import { ratifyButton, reverseButton, submitReversal } from "./listeners/ratify-buttons.ts";
import {
  approve,
  approveAnyway,
  deny,
  submitDenial,
  withdraw,
} from "./listeners/review-buttons.ts";
import { submitConnect } from "./listeners/submit-connect.ts";

export const commandName = "/campaign";

/** Everything that people can do to us in Slack, one line each. The manifest is tested against it. */
export function register(app: App, desk: Desk, leaving: Leaving): void {
  // Whatever the manifest calls it: Slack sends us no commands but our own.
  app.command(/^/, campaignCommand(desk));

  app.action(pressed("approve"), approve(desk));
  app.action(pressed("approveAnyway"), approveAnyway(desk));
  app.action(pressed("deny"), deny(desk));
  app.action(pressed("withdraw"), withdraw(desk));
  app.action(pressed("ratify"), ratifyButton(desk));
  app.action(pressed("reverse"), reverseButton(desk));
  app.action(pressed("checkAgain"), checkAgainButton(desk));
  app.action(pressed("tryAgain"), tryAgainButton(desk));
  app.action(pressed("undo"), undoButton(desk));
  app.action(pressed("extend"), extendButton(desk));
  app.action(pressed("details"), detailsButton(desk));
  app.action(pressed("choose"), chooseTarget(desk));
  app.action(pressed("clause"), chooseClause(desk));
  app.action(pressed("connect"), connectButton(desk));
  app.action(pressed("policyRule"), policyRuleMenu(desk));
  app.action(pressed("policyAdd"), addRuleButton(desk));
  app.action(pressed("policyThen"), policyThenChoice(desk));
  app.action(pressed("policyPage"), policyPageButton(desk));
  app.action(pressed("policyAnew"), policyAnewButton(desk));
  app.action(pressed("policyWhatIf"), policyWhatIfButton(desk));
  app.action(pressed("policyImport"), policyImportButton(desk));
  app.action(pressed("policyExport"), policyExportButton(desk));
  app.action(pressed("policyReplay"), policyReplayButton(desk));
  app.action(pressed("policySave"), policySaveButton(desk));

  app.event("app_mention", appMentioned(desk));
  app.event("channel_shared", channelShared(desk));
  app.event("subteam_members_changed", groupChanged(desk));
  app.event("subteam_updated", groupChanged(desk));
  app.event("app_uninstalled", appGone(leaving));
  app.event("team_access_revoked", accessGone(leaving));
  app.event("tokens_revoked", tokensGone(leaving));

  app.options(actionIds.campaigns, suggestCampaigns(desk));

  app.view(callbackIds.campaign, submitCampaignModal(desk));
  app.view(callbackIds.denyReason, submitDenial(desk));
  app.view(callbackIds.reverseReason, submitReversal(desk));
  app.view(callbackIds.extend, submitExtension(desk));
  app.view(callbackIds.connectVendor, chooseVendor(desk));
  app.view(callbackIds.connect, submitConnect(desk));
  app.view(callbackIds.digest, submitDigest(desk));
  app.view(callbackIds.policyRule, submitPolicyRule(desk));
  app.view(callbackIds.policyWhatIf, submitPolicyWhatIf(desk));
  app.view(callbackIds.policyImport, submitPolicyImport(desk));
  app.view(callbackIds.policySave, submitPolicySave(desk));
}
