interface Addresses {
  PUBLIC_URL?: string | undefined;
  SLACK_API_URL: string;
  SLACK_AUTHORIZE_URL: string;
  FERMATA_EGRESS_ALLOW: readonly string[];
}

/** Over plain http others read tokens, codes and cookies along, but for what stays on this machine or is named. */
export function inTheClear(env: Addresses): string[] {
  const isPlain = (text: string | undefined) =>
    text !== undefined && new URL(text).protocol === "http:" && !isLoopback(new URL(text).hostname);
  const isNamed = (text: string) => {
    const { hostname, port } = new URL(text);
    return env.FERMATA_EGRESS_ALLOW.includes(`${hostname}:${port || 80}`);
  };
  const own = isPlain(env.PUBLIC_URL)
    ? ["PUBLIC_URL must be https, but for an address of this machine alone"]
    : [];
  const slack = (["SLACK_API_URL", "SLACK_AUTHORIZE_URL"] as const).filter(
    (name) => isPlain(env[name]) && !isNamed(env[name]),
  );
  const words =
    "must be https, but for an address of this machine or one that FERMATA_EGRESS_ALLOW names";
  return [...own, ...slack.map((name) => `${name} ${words}`)];
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** Whoever is U012ABC in one workspace is somebody else, or an outsider, in another. */
export function ofNoWorkspace(env: {
  FERMATA_ADMINS: readonly string[];
  SLACK_CLIENT_ID?: string | undefined;
}): string[] {
  const isBare = env.FERMATA_ADMINS.some((one) => !one.includes("/"));
  if (!env.SLACK_CLIENT_ID || !isBare) return [];
  return [
    "FERMATA_ADMINS must be pairs like T012ABC/U012ABC where many workspaces are served, as an id alone would be an admin in all of them",
  ];
}
