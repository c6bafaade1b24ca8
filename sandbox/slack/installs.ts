/** One consent: a token, whose bot it is, and which workspaces it reaches. */
export interface Install {
  readonly token: string;
  /** The workspace "T…" or, of an org-wide install, the organisation "E…". */
  readonly home: string;
  /** Live: an organisation's administrators add and remove workspaces. */
  readonly teams: readonly string[];
  /** What it was granted, with commas between them. */
  scope: string;
  readonly botId: string;
  readonly botUserId: string;
  /** Of a token that rotates: when it ends by itself, and what gives the next one, once. */
  readonly endsAt?: number;
  readonly refresh?: { readonly token: string; usedAt?: number };
  /** How the token is refused since it ended. */
  ended?: "token_revoked" | "account_inactive";
}

export const isOrgWide = (install: Install): boolean => install.home.startsWith("E");

/** The install in force in a workspace; an org-wide one comes first. */
export function installIn(installs: readonly Install[], team: string): Install | undefined {
  const here = installs.filter((one) => !one.ended && one.teams.includes(team));
  return here.findLast(isOrgWide) ?? here.at(-1);
}

/** The newest one made for this workspace or organisation, ended or not. */
export function newestInstall(installs: readonly Install[], home: string): Install | undefined {
  return installs.findLast((one) => one.home === home);
}

/** The bot users whose tokens ended. */
export function endInstalls(
  installs: readonly Install[],
  home: string,
  ended: "token_revoked" | "account_inactive",
): string[] {
  const all = installs.filter((one) => one.home === home);
  const ending = all.filter((one) => !one.ended);
  for (const install of ending) install.ended = ended;
  for (const { refresh } of all) if (refresh) refresh.usedAt = Number.NEGATIVE_INFINITY;
  return [...new Set(ending.map((one) => one.botUserId))];
}
