import type { Campaign, CampaignRef, VendorName } from "./campaign.ts";
import { isAtHome, type LinkHome } from "./campaign-link.ts";
import { folded } from "./glob.ts";
import { nearestNames } from "./nearest-names.ts";
import { isNumber, type TargetText, textOf } from "./target-text.ts";

interface ConnectionName {
  id: string;
  name: string;
  vendor: VendorName;
  /** The account behind it, where it can be told: two connections may lead to one. */
  account?: string;
}

/** A connection with what can be looked through there. */
export interface Searchable {
  connection: ConnectionName;
  /** Whether a text has the form of this vendor's ids. */
  isId(text: string): boolean;
  /** Where links into its platform's app are at home; left out: nowhere. */
  home?: LinkHome;
  /** Missing where they could not be read. */
  campaigns?: readonly Campaign[];
}

/** A campaign as listed, with the connection through which it was read. */
interface Listed {
  connection: ConnectionName;
  campaign: Campaign;
}

/** What one text means. `unread`: connections that could not be read and could hold it as well, by name. */
export type FoundTarget =
  | { kind: "found"; found: CampaignRef }
  /** Several fit, or it could also be where nobody could look; at most ten of them. */
  | { kind: "ambiguous"; text: string; candidates: CampaignRef[]; unread: string[] }
  /** None fits; at most five that are spelt alike. `asId`: it was looked for as an id and as nothing else. */
  | { kind: "none"; text: string; asId: boolean; nearest: CampaignRef[]; unread: string[] }
  /** `isLink`: the name is the host of a link that leads to none of them. */
  | { kind: "no_connection"; name: string; isLink?: true; known: string[] };

/** How a text is looked for: as what, and in which connections it could be. */
interface Search {
  text: string;
  as: "id" | "name" | "either" | "whole name";
  within: readonly Searchable[];
}

const shortestPart = 3;

/** Which campaign a text means. An id is looked for among ids alone, and nothing is taken for the only one while a place it could be in is unread. */
export function findTarget(text: TargetText, all: readonly Searchable[]): FoundTarget {
  const search = searchFor(text, all);
  return "kind" in search ? search : pick(search);
}

/** The connections that have to be read to say what a text means. */
export function placesOf(text: TargetText, all: readonly Searchable[]): readonly Searchable[] {
  const search = searchFor(text, all);
  return "kind" in search ? [] : search.within;
}

function searchFor(text: TargetText, all: readonly Searchable[]): Search | FoundTarget {
  if (text.kind === "name") {
    if (text.quoted) return { text: text.text, as: "name", within: all };
    return bare(text.text, all);
  }
  if (text.kind === "id") return bare(text.id, all);
  const known = all.map(({ connection }) => connection.name);
  if (text.kind === "link") {
    const within = all.filter(({ home }) => home && isAtHome(text, home));
    if (within.length === 0) return { kind: "no_connection", name: text.host, isLink: true, known };
    return { text: text.id, as: "id", within };
  }
  const own = all.find(({ connection }) => folded(connection.name) === folded(text.connection));
  if (own) {
    const isId = !text.quoted && (own.isId(text.id) || isNumber(text.id));
    return { text: text.id, as: isId ? "id" : "name", within: [own] };
  }
  const none = { kind: "no_connection", name: text.connection, known } as const;
  // A name may hold a colon. Behind it stands an id only where a connection is named.
  const as = isNumber(text.id) ? ("whole name" as const) : ("name" as const);
  const asName = pick({ text: textOf(text), as, within: all });
  return asName.kind === "none" ? none : asName;
}

/** A number is an id and never part of a name; a word may be either. */
function bare(text: string, all: readonly Searchable[]): Search {
  if (!isNumber(text)) return { text, as: "either", within: all };
  return { text, as: "id", within: all.filter(({ isId }) => isId(text)) };
}

function pick({ text, as, within }: Search): FoundTarget {
  const listed = within.flatMap(({ connection, campaigns = [] }) =>
    campaigns.map((campaign) => ({ connection, campaign })),
  );
  const fitting = once(fits(text, as, listed)).map(refOf);
  const isId = (place: Searchable) => place.isId(text);
  // Digits in it and exactly an id somewhere: then it is one, and could only be one elsewhere.
  const meansId = as === "either" && /\p{N}/u.test(text) && fitting.length > 0;
  const onlyIds = meansId && fitting.every(({ campaign }) => campaign.id === text);
  const unread = unreadIn(onlyIds ? within.filter(isId) : within);
  const [only, second] = fitting;
  if (!only) {
    const nearest = once(nearestNames(text, listed, 10))
      .slice(0, 5)
      .map(refOf);
    return { kind: "none", text, asId: as === "id", nearest, unread };
  }
  if (!second && unread.length === 0) return { kind: "found", found: only };
  return { kind: "ambiguous", text, candidates: fitting.slice(0, 10), unread };
}

/** An id or a whole name beats a part of a name. */
function fits(text: string, as: Search["as"], listed: readonly Listed[]): readonly Listed[] {
  const wanted = folded(text);
  const isId = ({ campaign }: Listed) => campaign.id === text;
  if (as === "id") return listed.filter(isId);
  const whole = listed.filter(
    (one) => folded(one.campaign.name) === wanted || (as === "either" && isId(one)),
  );
  const mayBePart = as !== "whole name" && [...wanted].length >= shortestPart;
  if (whole.length > 0 || !mayBePart) return wanted === "" ? [] : whole;
  return listed.filter(({ campaign }) => folded(campaign.name).includes(wanted));
}

/** A campaign that two connections show of one account is one campaign. */
function once(listed: readonly Listed[]): Listed[] {
  const keyOf = ({ connection, campaign }: Listed) =>
    JSON.stringify([connection.account ?? connection.id, campaign.id]);
  const first = new Map<string, Listed>();
  for (const one of listed) if (!first.has(keyOf(one))) first.set(keyOf(one), one);
  return [...first.values()];
}

/** What one name of an account could not show, another name of it may have. */
function unreadIn(within: readonly Searchable[]): string[] {
  const read = new Set(
    within.filter(({ campaigns }) => campaigns).map(({ connection }) => connection.account),
  );
  return within
    .filter(({ campaigns }) => !campaigns)
    .filter(({ connection: { account } }) => account === undefined || !read.has(account))
    .map(({ connection }) => connection.name);
}

/** How a listed campaign is named from then on. */
export function refOf({ connection, campaign: { id, name } }: Listed): CampaignRef {
  return {
    connectionId: connection.id,
    connection: connection.name,
    vendor: connection.vendor,
    campaign: { id, name },
  };
}
