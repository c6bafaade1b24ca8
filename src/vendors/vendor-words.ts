import { normalText } from "../domain/normal-text.ts";
import { spellingsOf } from "../domain/secret-spellings.ts";

/** What a vendor says when it says no, taken out of whichever envelope it uses. */
export interface Words {
  code?: string;
  text?: string;
  retryAfterMs?: number;
}

const longest = 200;
/** Anything shorter is no secret, and taking it out would take words apart. */
const shortest = 4;

/** One line, no control characters, no secret, at most 200 characters; for admins, still untrusted. */
export function tidyWords(text: string, secrets: readonly string[] = []): string {
  // Once more afterwards: what cannot be seen may have stood within one.
  const line = withoutSecrets(normalText(withoutSecrets(text, secrets)), secrets);
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** Each secret is taken out in every spelling, longest first. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secretsRemover(secrets, shortest)(text);
}

/** The same for many texts; secrets shorter than `least` characters are let through. */
export function secretsRemover(
  secrets: readonly string[],
  least: number,
): (text: string) => string {
  const spellings = secrets
    .filter((secret) => secret.length >= least)
    .flatMap(spellingsOf)
    .sort((a, b) => b.length - a.length);
  return (text) => spellings.reduce((rest, spelling) => rest.replaceAll(spelling, "[key]"), text);
}

/** The first of these that is a text worth showing. */
export function firstText(...values: unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === "string" && value.trim() !== "");
}

/** Leaves out what is not known, as exact optional properties want it. */
export function words(
  code: string | undefined,
  text: string | undefined,
  retryAfterMs?: number,
): Words {
  return {
    ...(code === undefined ? {} : { code }),
    ...(text === undefined ? {} : { text }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}
