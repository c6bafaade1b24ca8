import type { RouteAnswer } from "../receiver.ts";
import { stateLifeMs } from "./begun.ts";
import { document, inHtml } from "./pages.ts";
import { botScopes } from "./scopes.ts";

/** What each scope is for, in the words of somebody who decides whether to give it. */
export const scopeReasons: Readonly<Record<string, string>> = {
  commands: "to be asked with /campaign",
  "app_mentions:read":
    "to be called in the thread of a card; what is written there is neither read nor kept",
  "chat:write": "to post cards, their updates, answers and the daily digest",
  "chat:write.public":
    "to post the card in the public channel where it was asked for, also uninvited",
  "users:read":
    "to see who presses a button: member, guest or from outside, admin or not, and their time zone",
  "usergroups:read": "to see whether somebody is in a group that your rules name",
  "channels:read":
    "to see whether people of other organizations read along; there a card names nothing",
  "groups:read": "to see the same of private channels it was invited to",
};

/** What somebody should know before they add it; the button leads to Slack, which asks for their leave. */
export function installPage(toSlack: string, headers: Record<string, string>): RouteAnswer {
  const reads = botScopes.map(
    (scope) => `<li><code>${inHtml(scope)}</code> ${inHtml(scopeReasons[scope] ?? "")}</li>`,
  );
  const body = `<h1>Add Fermata to Slack</h1>
<p>Fermata pauses, resumes and cancels outreach campaigns on the platforms you use, from Slack. Where your rules want a
second pair of eyes, it asks for them first; afterwards its card shows what the platform itself reports. Everything that
was asked, agreed and answered is kept on record.</p>
<nav aria-label="On this page"><a href="#reads">What it reads</a><a href="#privacy">Privacy</a><a href="#help">Help</a></nav>
<p><a class="add" href="${inHtml(toSlack)}">Add to Slack</a></p>
<p class="quiet">Slack shows you what it may do and asks for your leave. Come back in this browser within ten minutes.</p>
<h2 id="does">What it does</h2>
<ul>
<li>Somebody types <code>/campaign pause "Spring launch" because wrong price</code>.</li>
<li>A card says who asked for what and why. Approve and Deny are for those whom your rules name.</li>
<li>The campaign is changed on its platform, read again, and the card says how it stands.</li>
</ul>
<h2 id="reads">What it reads</h2>
<p>It asks Slack for these rights, and for no messages, files or e-mail addresses:</p>
<ul>
${reads.join("\n")}
</ul>
<h2 id="privacy">Privacy</h2>
<ul>
<li>Kept: what was asked for and why, by whom (a Slack user id) and when, the names and states of those campaigns, votes, and where
cards stand. Keys of platforms and Slack's token are encrypted.</li>
<li>Not kept: messages, people's names, e-mail addresses and pictures; contacts, recordings and texts of campaigns.</li>
<li>It goes to Slack, to the platforms that your admins connect, and to nobody else. Nothing is used to train anything.</li>
<li>Everything of a workspace is deleted when the app is removed there. Ask for an export of the record before that.</li>
</ul>
<h2 id="help">Help</h2>
<p>In Slack, <code>/campaign help</code> says what can be typed and <code>/campaign doctor</code>, for admins, what is not well. Whoever
runs Fermata at this address answers questions about privacy and access.</p>`;
  return document({
    status: 200,
    title: "Add Fermata to Slack",
    body,
    headers,
    // Before the state in its link ends.
    againAfter: stateLifeMs / 1000 - 60,
  });
}
