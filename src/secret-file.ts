import { readFileSync, statSync } from "node:fs";

export type SecretFile =
  | { kind: "secret"; text: string; caution?: string }
  /** What is wrong with it, to be said after its variable's name. */
  | { kind: "problem"; problem: string };

/** A secret from a file, as far as nobody else could have read or written it. */
export function readSecretFile(path: string, { isKeyring }: { isKeyring: boolean }): SecretFile {
  try {
    const exposed = exposureOf(path, isKeyring);
    if (exposed?.refused) return { kind: "problem", problem: exposed.words };
    const text = readFileSync(path, "utf8").trim();
    if (!text) return { kind: "problem", problem: "names an empty file" };
    return { kind: "secret", text, ...(exposed && { caution: exposed.words }) };
  } catch {
    return { kind: "problem", problem: "names a file that cannot be read" };
  }
}

/** Whoever writes the keyring chooses the keys; what others may only read of the rest is often so on purpose. */
function exposureOf(
  path: string,
  isKeyring: boolean,
): { refused: boolean; words: string } | undefined {
  const file = statSync(path);
  // What a shell hands over is no file of anybody's.
  if (!file.isFile()) return undefined;
  const owner = process.geteuid?.() ?? file.uid;
  const remedy = "make it 0600 with chmod 600";
  if (isKeyring && (file.mode & 0o077) !== 0)
    return { refused: true, words: `may be read by others; ${remedy}` };
  if ((file.mode & 0o022) !== 0)
    return { refused: true, words: `may be written by others; ${remedy}` };
  if (![owner, 0].includes(file.uid))
    return { refused: true, words: "belongs to somebody else; make it your own with chown" };
  if ((file.mode & 0o044) !== 0)
    return { refused: false, words: `may be read by others; ${remedy}` };
  return undefined;
}
