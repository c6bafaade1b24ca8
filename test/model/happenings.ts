import type { Action } from "../../src/domain/campaign.ts";
import type { Policy } from "../../src/domain/policy.ts";
import type { Acts, Reads } from "./truth.ts";

/** Numbers in a story point into lists of the moment, round and round: every number means something in every story. */
type Place = number;

/** A campaign as somebody means to name it. */
export type Naming =
  /** `connection:id`, of a campaign that is there or of an id that may not be. */
  | { as: "exact"; line: Place; campaign: Place; id?: string | undefined }
  | { as: "id"; account: Place; campaign: Place; id?: string | undefined }
  /** The whole of a name that is there, or words that are part of some. */
  | { as: "name"; account: Place; campaign: Place; part?: string | undefined; quoted: boolean };

export type Deed =
  | { is: "rename"; name: string }
  | { is: "delete" }
  | { is: "make anew"; name: string }
  | { is: "create"; id: string; name: string; paused?: boolean }
  | { is: "pause" }
  | { is: "resume" }
  | { is: "breaker" };

/** What moves by itself, at any time, even while somebody waits for a platform. */
export type Stir =
  | { is: "deed"; account: Place; campaign: Place; deed: Deed }
  | { is: "policy"; policy: Place }
  | { is: "group"; who: Place; group: string }
  | { is: "leaves"; who: Place }
  | { is: "reads"; account: Place; how: Reads }
  | { is: "acts"; account: Place; how: Acts }
  | { is: "connect"; name: Place; account: Place; key: Place }
  | { is: "disconnect"; line: Place }
  /** Removed and made again under its name, for this account. */
  | { is: "remake"; line: Place; account: Place }
  | { is: "stop"; by: Place; line?: Place | undefined }
  | {
      is: "type";
      by: Place;
      action: Action;
      namings: readonly Naming[];
      minutes?: number | undefined;
    };

export type Follow = "undo" | "again" | "extend" | "look" | "withdraw" | "check again";

export type Happening =
  | Stir
  | { is: "form"; by: Place; action: Action; line: Place; campaigns: readonly Place[] }
  | { is: "choose"; candidate: Place }
  | { is: "vote"; by: Place; change: Place; kind: "approve" | "deny"; anyway: boolean }
  | { is: "answer"; by: Place; change: Place; kind: "ratify" | "reverse" }
  | { is: "follow"; by: Place; change: Place; press: Follow; minutes: number }
  | { is: "time"; minutes: number }
  /** The n-th next call to a platform: the world moves, or the program dies, before or after it. */
  | { is: "meanwhile"; calls: number; place: "before" | "after"; stir: Stir | { is: "crash" } };

/** `works`: what is due is worked at once, before the next thing happens. */
export type Step = Happening & { works: boolean };

export interface Story {
  /** Of three accounts: which campaigns they have. */
  campaigns: readonly { account: Place; id: string; name: string; running: boolean }[];
  /** How many of the connections there are at the start. */
  connections: number;
  policies: readonly Policy[];
  steps: readonly Step[];
}

/** Ids and names that overlap, contain one another and look alike. */
export const ids = ["4", "42", "7", "99"];
export const names = [
  "Q4 launch",
  "Spring launch",
  "Spring",
  "Spr\u00ading launch",
  "Debt collection",
  "Partner 99 webinar",
  "Webinar 42",
  "spring LAUNCH",
  "Test",
];
export const parts = ["launch", "Spring", "web", "Q4", "42", "4", "99", "de", "debt"];
export const connectionNames = ["burki", "peachdesk", "burki-eu", "eu"];
/** Which account the connections are for at the start: the first and the last share theirs. */
export const accountsAtStart = [0, 2, 1, 0];
export const people = ["U_ANA", "U_BEN", "U_CHI", "U_DEE"].map((id) => id.replace("_", ""));
export const groups = ["S0MKT"];
