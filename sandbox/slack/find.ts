import type { Workspace } from "./state.ts";
import type { PretendChannel, PretendMessage, PretendPerson } from "./types.ts";

/** Finds by id or name; a name nobody has is a mistake of the caller, so it throws. */
export function personOf(workspace: Workspace, idOrName: string): PretendPerson {
  const wanted = idOrName.replace(/^@/, "");
  const found =
    memberOf(workspace, wanted) ?? workspace.people.find((person) => person.name === wanted);
  if (!found) throw new Error(`Nobody in the pretend workspace is called "${idOrName}"`);
  return found;
}

/** By "U…" or, on Enterprise Grid, by "W…". */
export function memberOf(workspace: Workspace, id: string): PretendPerson | undefined {
  return workspace.people.find((person) => person.id === id || person.enterprise?.id === id);
}

/** Not so for people of Slack Connect and of sister workspaces, who are only met here. */
export function belongsTo(workspace: Workspace, person: PretendPerson): boolean {
  const { id } = workspace.team;
  return person.teamId === id || person.enterprise?.teams.includes(id) === true;
}

/** By id, "#name" or name; "@ana" is the direct message between Ana and the bot. */
export function channelOf(workspace: Workspace, idOrName: string): PretendChannel {
  if (idOrName.startsWith("@")) return directMessage(workspace, personOf(workspace, idOrName).id);
  const wanted = idOrName.replace(/^#/, "");
  const found = workspace.channels.find(
    (channel) => channel.id === wanted || channel.name === wanted,
  );
  if (!found) throw new Error(`No channel in the pretend workspace is called "${idOrName}"`);
  return found;
}

/** The direct message between a person and the bot, opened when it is not there yet. */
export function directMessage(workspace: Workspace, personId: string): PretendChannel {
  const existing = workspace.channels.find(
    (channel) => channel.isIm && channel.members.includes(personId),
  );
  if (existing) return existing;
  const created: PretendChannel = {
    id: workspace.newId("D0"),
    name: `dm-${personOf(workspace, personId).name}`,
    isPrivate: true,
    isArchived: false,
    isExtShared: false,
    isIm: true,
    members: [personId, workspace.botUserId],
    botIsMember: true,
  };
  workspace.channels.push(created);
  workspace.changed();
  return created;
}

/** Ephemeral messages are only found when they are that person's. */
export function messageAt(
  workspace: Workspace,
  channel: string,
  ts: string,
  viewer?: string,
): PretendMessage | undefined {
  return workspace.messages.find(
    (message) =>
      message.channel === channel &&
      message.ts === ts &&
      (message.visibleTo === undefined || message.visibleTo === viewer),
  );
}
