/** Every way in which a secret may come back to us: as it is, and as machines write it down. Longest first. */
export function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const inUrl = encodeURIComponent(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const spellings = [
    secret,
    inUrl,
    inUrl.replace(/%[0-9A-F]{2}/g, (sign) => sign.toLowerCase()),
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    inJson.replaceAll("/", "\\/"),
    bytes.toString("base64"),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
  ];
  return [...new Set(spellings)].sort((a, b) => b.length - a.length);
}
