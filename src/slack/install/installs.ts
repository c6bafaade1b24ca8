import type { Parting } from "../../flows/uninstall-workspace.ts";
import type { Secret } from "../../store/secret.ts";

/** Whose bot we are in a workspace. */
export interface Install {
  /** What was installed: a workspace "T…", or an organisation "E…" for all of its workspaces. */
  id: string;
  token: Secret;
  /** Differs for every token there ever was, and says nothing of it. */
  mark: string;
  /** The token reaches several workspaces, so every call has to name one. */
  orgWide: boolean;
  botUserId: string;
  botId: string;
  appId: string;
  /** Who installed us, or else the first admin that the operator has named. */
  installedBy?: string;
}

/** Where a request says it comes from. */
export interface Place {
  workspace: string;
  /** The organisation whose install Slack sent it to; undefined if it went to the workspace's own. */
  organisation?: string | undefined;
  /** Slack itself named the workspace as the one it happened in, rather than the person's own. */
  stated: boolean;
}

/** Where Fermata is installed. */
export interface Installs {
  /** The workspace's own install, or else that of its organisation. Also by an organisation's id. */
  find(workspace: string): Promise<Install | undefined>;
  /** The same for a signed request, which may be the first that we hear of a workspace of an organisation. */
  recognise(place: Place): Promise<Install | undefined>;
  /** Another token than that of this mark, which Slack takes no more though it should live. */
  renewed?(workspace: string, mark: string): Promise<Secret | undefined>;
  /** Removes everything of workspaces that an organisation's install serves no more, as far as Slack says so too. */
  leave?(workspaces: readonly string[]): Promise<void>;
  /** Removes everything of what has gone, unless the word of it is out of date. */
  remove(parting: Parting): Promise<void>;
}
