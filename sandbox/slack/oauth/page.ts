import { type Home, homeId, type Platform } from "../platform.ts";
import { type Ask, allHomes, whoMayInstall } from "./ask.ts";
import { style } from "./style.ts";

const meanings: Record<string, string> = {
  commands: "Add shortcuts and slash commands that people can use",
  "chat:write": "Send messages as Fermata",
  "im:write": "Start direct messages with people",
  "usergroups:read": "View user groups",
  "users:read": "View people in the workspace",
  "channels:read": "View basic information about public channels",
  "groups:read": "View basic information about private channels Fermata was added to",
};

/** No script: the upper form asks again for another workspace, the lower one decides. */
export function consentPage(ask: Ask, platform: Platform): string {
  const name = nameOf(ask.home);
  const kind = "team" in ask.home ? "Slack workspace" : "organization, for every workspace in it";
  const people = whoMayInstall(ask.home, platform);
  const scopes = ask.scope.split(/[\s,]+/).filter(Boolean);
  return page(
    `${platform.app.name} | ${name}`,
    `
<form method="get" class="where">
  ${hidden(ask)}
  <label for="where">Workspace</label>
  <select id="where" name="where">${allHomes(platform)
    .map((home) => option(homeId(home), nameOf(home), home === ask.home))
    .join("")}</select>
  <button>Change</button>
</form>
<h1><b>${inHtml(platform.app.name)}</b> is requesting permission to access the <b>${inHtml(name)}</b> ${kind}</h1>
<h2>What will ${inHtml(platform.app.name)} be able to do?</h2>
<ul>${scopes.map((scope) => `<li>${inHtml(meanings[scope] ?? scope)} <code>${inHtml(scope)}</code></li>`).join("")}</ul>
<form method="post" action="/oauth/v2/authorize">
  ${hidden(ask)}
  <input type="hidden" name="where" value="${inHtml(homeId(ask.home))}">
  <label for="person">You are</label>
  <select id="person" name="person">${people
    .map((one) => option(one.id, one.realName, false))
    .join("")}</select>
  <p class="decide">
    <button name="decision" value="cancel">Cancel</button>
    <button name="decision" value="allow" class="primary">Allow</button>
  </p>
</form>`,
  );
}

export function errorPage(code: string): string {
  return page(
    "Something went wrong",
    `<h1>Something went wrong when authorizing this app.</h1><p>Error code: <code>${inHtml(code)}</code></p>`,
  );
}

function nameOf(home: Home): string {
  return "team" in home ? home.team.name : home.enterprise.name;
}

function hidden(ask: Ask): string {
  const fields = {
    client_id: ask.clientId,
    scope: ask.scope,
    state: ask.state,
    redirect_uri: ask.redirectUri,
  };
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${inHtml(value ?? "")}">`)
    .join("");
}

function option(value: string, text: string, selected: boolean): string {
  return `<option value="${inHtml(value)}"${selected ? " selected" : ""}>${inHtml(text)}</option>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${inHtml(title)}</title><style>${style}</style></head>
<body><main>${body}</main></body>
</html>`;
}

const signs: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

const inHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
