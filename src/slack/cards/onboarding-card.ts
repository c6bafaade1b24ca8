import { header, section } from "./blocks.ts";
import { fitted, type Message } from "./message.ts";
import { code, joined, type Mrkdwn, mrkdwn } from "./text.ts";

/** To whoever has installed us, by direct message: the three things that come next. */
export function onboardingCard(): Message {
  const steps: readonly Mrkdwn[] = [
    mrkdwn`*1. Connect a platform*\n${code("/campaign connect")} opens a form for its key. The key is encrypted, and never shown again.`,
    mrkdwn`*2. See who may do what*\n${code("/campaign policy")} shows the rules. Until you have your own, any member may pause, and an admin has to agree to the rest.`,
    mrkdwn`*3. Try it where your team talks*\n${code("/campaign list")} shows the campaigns, ${code("/campaign pause")} holds one. Invite Fermata to a private channel first.`,
  ];
  const title = "Fermata is installed. Three steps are next";
  const text = joined([mrkdwn`${title}:`, ...steps], "\n");
  return fitted(text, [header(title), ...steps.map((step) => section(step))]);
}
