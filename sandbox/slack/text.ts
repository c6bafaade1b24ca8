import { withCodes } from "./emoji.ts";
import type { Workspace } from "./state.ts";

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign);
}

/** As Slack keeps the text of a bot: `<…>` sequences and entities stay, stray signs are escaped. */
export function keepText(text: string): string {
  return text
    .split(/(<(?:[@#!]|https?:|mailto:|tel:)[^<>\n]*>)/)
    .map((part, index) => (index % 2 ? part : escapeStray(part)))
    .join("");
}

function escapeStray(text: string): string {
  return text
    .replace(/&(?!(?:amp|lt|gt);)/g, "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

/** What a command's text looks like to an app with "escape channels, users and links" switched on; an emoji is its code. */
export function commandText(workspace: Workspace, typed: string): string {
  return withCodes(typed)
    .split(/(\s+)/)
    .map((word) => encodeWord(workspace, word))
    .join("")
    .trim();
}

function encodeWord(workspace: Workspace, word: string): string {
  const link = /^(https?:\/\/[^\s<>]*[^\s<>.,;:!?)])(.*)$/.exec(word);
  if (link) return `<${escapeText(link[1] ?? "")}>${escapeText(link[2] ?? "")}`;
  const mention = /^([@#])([a-z0-9._-]*[a-z0-9])(.*)$/i.exec(word);
  const found = mention && encodeMention(workspace, mention[1] ?? "", mention[2] ?? "");
  return found ? found + escapeText(mention[3] ?? "") : escapeText(word);
}

function encodeMention(workspace: Workspace, sign: string, name: string): string | undefined {
  if (sign === "#") {
    const channel = workspace.channels.find((one) => one.name === name && !one.isIm);
    return channel && `<#${channel.id}|${channel.isPrivate ? "" : channel.name}>`;
  }
  if (["here", "channel", "everyone"].includes(name)) return `<!${name}>`;
  const group = workspace.groups.find((one) => one.handle === name);
  if (group) return `<!subteam^${group.id}|@${group.handle}>`;
  const person = workspace.people.find((one) => one.name === name);
  return person && `<@${person.id}|${person.name}>`;
}
