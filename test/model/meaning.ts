import { type Account, accountOf, type Instance, type Line, type Moment } from "./truth.ts";

/** A campaign as it was typed or pressed, in the words of the moment. */
export type Meaning =
  | { as: "exact"; connection: string; id: string }
  | { as: "words"; text: string; quoted: boolean }
  /** A press of a choice that showed this very campaign. */
  | { as: "picked"; account: string; id: string; instance: Instance | undefined };

/** Exactly one campaign of exactly one account; no instance where none was there at that moment. */
export interface Meant {
  account: string;
  id: string;
  instance?: Instance;
}

/** Text as people see it: one form of each character, nothing invisible, no case, single spaces. */
export function asSeen(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * What a text identifies at one moment, by the simplest rule there is: the id after a connection is that id; anything else
 * has to fit one campaign of all connections and no other, and identifies nothing while some connection cannot be read.
 */
export function meantBy(moment: Moment, meaning: Meaning): Meant | undefined {
  if (meaning.as === "picked") {
    const { account, id, instance } = meaning;
    return { account, id, ...(instance && { instance }) };
  }
  if (meaning.as === "exact") {
    const line = moment.lines.find(({ name }) => asSeen(name) === asSeen(meaning.connection));
    const account = line && accountOf(moment, line.vendor, line.key);
    const instance = account?.campaigns.find(({ id }) => id === meaning.id);
    if (!account) return undefined;
    return { account: account.title, id: meaning.id, ...(instance && { instance }) };
  }
  if (moment.lines.some((line) => !isRead(moment, line))) return undefined;
  const all = everyCampaign(moment);
  const seen = asSeen(meaning.text);
  const whole = all.filter(({ instance }) => asSeen(instance.name) === seen);
  const byId = meaning.quoted ? [] : all.filter(({ id }) => id === meaning.text);
  if (byId.length === 1 || whole.length === 1) return byId.length === 1 ? byId[0] : whole[0];
  // A number is an id and never part of a name, and two characters are part of too much.
  if (byId.length + whole.length > 0 || /^\d*$/.test(seen) || seen.length < 3) return undefined;
  const within = all.filter(({ instance }) => asSeen(instance.name).includes(seen));
  return within.length === 1 ? within[0] : undefined;
}

/** Does the platform answer whoever asks through this connection? */
export function isRead(moment: Moment, line: Line): boolean {
  return accountOf(moment, line.vendor, line.key)?.reads === "well";
}

function everyCampaign(moment: Moment): (Meant & { instance: Instance })[] {
  const accounts = new Set(moment.lines.map((line) => accountOf(moment, line.vendor, line.key)));
  return [...accounts].flatMap((account) =>
    (account?.campaigns ?? []).map((instance) => ({
      account: account?.title ?? "",
      id: instance.id,
      instance,
    })),
  );
}

/**
 * Is what a call has reached what was meant? The same account's campaign of that id is. Another account's never is: what
 * platforms show of a campaign tells it from every other.
 */
export function isMeant(meant: Meant, account: Account, reached: Instance): boolean {
  return (
    meant.instance?.uid === reached.uid ||
    (meant.account === account.title && meant.id === reached.id)
  );
}
