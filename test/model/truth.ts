import type { Action, Campaign, Phase, VendorName } from "../../src/domain/campaign.ts";
import { vendorNames, vendorTitles } from "../../src/domain/campaign.ts";
import type { Person } from "../../src/domain/person.ts";
import type { Policy } from "../../src/domain/policy.ts";
import { VendorFailure } from "../../src/vendors/failure.ts";
import type { OpenAccount, Vendor } from "../../src/vendors/vendor.ts";

/** One campaign as it really is. `uid` is known to nobody but us: one that is made anew under its id is another. */
export interface Instance {
  uid: number;
  id: string;
  name: string;
  phase: Phase;
  word: string;
  /** Since when it stands so. */
  since: Date;
}

export type Reads = "well" | "down" | "slow" | "held back";
export type Acts = "well" | "turned away" | "lost before" | "lost after";

/** One account at a platform, and how it is today. */
export interface Account {
  title: string;
  vendor: VendorName;
  /** Keys that open it. */
  keys: string[];
  campaigns: Instance[];
  reads: Reads;
  acts: Acts;
}

/** A connection as whoever made it knows it. */
export interface Line {
  id: string;
  name: string;
  vendor: VendorName;
  key: string;
}

export interface Somebody {
  id: string;
  name: string;
  admin: boolean;
  groups: string[];
  /** Not any more once they have left the company. */
  here: boolean;
}

/** All that is true at one moment. */
export interface Moment {
  at: Date;
  policy: Policy;
  accounts: Account[];
  lines: Line[];
  people: Somebody[];
}

/** One call as it reaches an account. */
export interface Call {
  kind: "check" | "list" | "get" | "act";
  account: Account;
  connectionId: string;
  id?: string;
  action?: Action;
}

/** What hears of calls: it may hold one up, let the world move meanwhile, or never let it return. */
export interface Ears {
  before(call: Call): Promise<void>;
  /** A changing call is here, for this campaign. */
  arrived(call: Call & { action: Action }, instance: Instance): Promise<void>;
  shown(call: Call, instances: readonly Instance[]): void;
  after(call: Call): Promise<void>;
  /** The call is not answered; resolves when everybody has lost patience. */
  silence(): Promise<void>;
}

/** What a small world is really like; nothing in it knows of the program. */
export class Truth implements Moment {
  at = new Date("2027-01-04T09:00:00Z");
  policy: Policy;
  accounts: Account[];
  lines: Line[] = [];
  people: Somebody[];
  private lastUid = 0;

  constructor(start: { policy: Policy; accounts: Account[]; people: Somebody[] }) {
    this.policy = start.policy;
    this.accounts = start.accounts;
    this.people = start.people;
  }

  moment(): Moment {
    const { at, policy, accounts, lines, people } = this;
    return {
      at,
      policy,
      accounts: accounts.map((one) => ({
        ...one,
        keys: [...one.keys],
        campaigns: one.campaigns.map((campaign) => ({ ...campaign })),
      })),
      lines: lines.map((line) => ({ ...line })),
      people: people.map((one) => ({ ...one, groups: [...one.groups] })),
    };
  }

  create(account: Account, facts: Pick<Instance, "id" | "name" | "phase">): Instance {
    this.lastUid += 1;
    const instance = { ...facts, uid: this.lastUid, word: facts.phase, since: this.at };
    account.campaigns = [...account.campaigns.filter(({ id }) => id !== facts.id), instance];
    return instance;
  }
}

/** Which account a key opens at its platform. */
export function accountOf(
  { accounts }: Pick<Moment, "accounts">,
  vendor: VendorName,
  key: string | undefined,
): Account | undefined {
  return accounts.find((one) => one.vendor === vendor && one.keys.includes(key ?? ""));
}

export function personIn({ people }: Pick<Moment, "people">, id: string): Person {
  const who = people.find((one) => one.id === id);
  if (!who) throw new Error(`nobody is called ${id}`);
  const kind = who.here ? "member" : "deactivated";
  return { id, kind, admin: who.admin, groups: [...who.groups], zone: "UTC" };
}

const reaches: Record<Action, { from: readonly Phase[]; to: Phase }> = {
  pause: { from: ["running"], to: "paused" },
  resume: { from: ["paused"], to: "running" },
  cancel: { from: ["running", "paused"], to: "cancelled" },
};

/** A pause that its platform may undo for a minute. */
const watch = { looks: [15, 60], settledAfter: 60, atMost: 7_200 };

const ids = { burki: /^[1-9]\d{0,18}$/, peachdesk: /^[A-Za-z0-9][\w-]{0,30}$/ };

/** The platforms: two of them have accounts in stories. */
export function vendorsOf(truth: Truth, ears: Ears): Record<VendorName, Vendor> {
  const made = vendorNames.map((name): [VendorName, Vendor] => [
    name,
    {
      name,
      title: vendorTitles[name],
      fields: [{ name: "apiKey", label: "API key", required: true, secret: true }],
      defaultBaseUrl: () => `https://api.${name}.example`,
      hosts: [`api.${name}.example`],
      campaignId: name === "peachdesk" ? ids.peachdesk : ids.burki,
      capabilities: {
        pause: { from: ["running"], reaches: ["paused"], ...(name === "peachdesk" && { watch }) },
        resume: { from: ["paused"], reaches: ["running"] },
        cancel: { from: ["running", "paused"], reaches: ["cancelled"], irreversible: true },
      },
      open: ({ connectionId, secret }) =>
        opened(truth, ears, { vendor: name, connectionId, key: secret["apiKey"] }),
    },
  ]);
  return Object.fromEntries(made) as Record<VendorName, Vendor>;
}

function opened(
  truth: Truth,
  ears: Ears,
  door: { vendor: VendorName; connectionId: string; key: string | undefined },
): OpenAccount {
  const { vendor, connectionId, key } = door;
  const fails = (kind: VendorFailure["facts"]["kind"], retryAfterMs?: number) =>
    new VendorFailure({ vendor, kind, ...(retryAfterMs !== undefined && { retryAfterMs }) });

  /** The account that answers, once the call has come through. */
  async function reached(parts: Omit<Call, "account" | "connectionId">): Promise<Call> {
    const known = accountOf(truth, vendor, key);
    if (!known) throw fails("unauthorized");
    await ears.before({ ...parts, account: known, connectionId });
    const account = accountOf(truth, vendor, key);
    if (!account) throw fails("unauthorized");
    const call = { ...parts, account, connectionId };
    if (account.reads === "held back") throw fails("held_back", 120_000);
    if (account.reads === "down") throw fails("unavailable");
    if (account.reads === "slow" && parts.kind !== "act") {
      await ears.silence();
      throw fails("unavailable");
    }
    return call;
  }

  async function reading<Result>(
    parts: Omit<Call, "account" | "connectionId">,
    answer: (account: Account) => { result: Result; of: readonly Instance[] },
  ): Promise<Result> {
    const call = await reached(parts);
    const { result, of } = answer(call.account);
    ears.shown(call, of);
    await ears.after(call);
    return result;
  }

  const find = (account: Account, id: string): Instance => {
    const found = account.campaigns.find((one) => one.id === id);
    if (!found) throw new VendorFailure({ vendor, kind: "not_found", status: 404 });
    return found;
  };

  return {
    check: () => reading({ kind: "check" }, () => ({ result: undefined, of: [] })),
    list: () =>
      reading({ kind: "list" }, ({ campaigns }) => ({
        result: campaigns.map((one) => shown(vendor, one)),
        of: campaigns,
      })),
    get: (id) =>
      reading({ kind: "get", id }, (account) => {
        const found = find(account, id);
        return { result: shown(vendor, found), of: [found] };
      }),
    async act(action, id) {
      const call = { ...(await reached({ kind: "act", id, action })), action };
      const { account } = call;
      if (account.acts === "turned away") throw fails("rate_limited", 2_000);
      if (account.acts === "lost before") throw fails("unclear");
      const found = find(account, id);
      await ears.arrived(call, found);
      const { from, to } = reaches[action];
      if (!from.includes(found.phase)) throw fails("conflict");
      Object.assign(found, { phase: to, word: to, since: truth.at });
      if (account.acts === "lost after") throw fails("unclear");
      await ears.after(call);
    },
  };
}

/** What a platform shows of a campaign, and with it when it was made: no two are made at one moment. */
function shown(vendor: VendorName, { id, name, phase, word, uid }: Instance): Campaign {
  const mark = `made at ${uid}`;
  // One platform has a word of its own for what it has paused itself, the other a reason.
  const hasReason = vendor === "peachdesk" && word === "halted";
  if (hasReason) return { id, name, phase, word: "paused", note: "It failed too often.", mark };
  return { id, name, phase, word, mark };
}
