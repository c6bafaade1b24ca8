import { inspect } from "node:util";
import { type Action, vendorTitles } from "../domain/campaign.ts";
import { VendorFailure } from "./failure.ts";
import type { Account, OpenAccount, Vendor } from "./vendor.ts";

type Spec = Omit<Vendor, "title">;

/**
 * A vendor whose ids, keys and actions are checked before any adapter code sees them:
 * a hostile id is "not found", an impossible action "refused", and neither leaves the machine.
 */
export function defineVendor(spec: Spec): Vendor {
  return {
    ...spec,
    title: vendorTitles[spec.name],
    open(account) {
      const wrong = whatIsWrong(spec, account);
      const opened = spec.open({ ...account, secret: trimmed(account.secret) });
      return wrong ? closed(spec, wrong) : guarded(spec, opened);
    },
  };
}

function guarded(spec: Spec, opened: OpenAccount): OpenAccount {
  const { progress } = opened;
  return {
    check: () => opened.check(),
    list: () => opened.list(),
    get: async (id) => opened.get(checked(spec, id)),
    act: async (action, id) => opened.act(possible(spec, action), checked(spec, id)),
    ...(progress ? { progress: async (id: string) => progress(checked(spec, id)) } : {}),
  };
}

/** An account that cannot be used, and says why whatever is asked of it. */
function closed(spec: Spec, sentence: string): OpenAccount {
  const refuse = async (): Promise<never> => {
    throw new VendorFailure({ kind: "blocked", vendor: spec.name, sentence });
  };
  return { check: refuse, list: refuse, get: refuse, act: refuse };
}

function checked(spec: Spec, id: string): string {
  if (spec.campaignId.test(id)) return id;
  throw new VendorFailure({ kind: "not_found", vendor: spec.name });
}

function possible(spec: Spec, action: Action): Action {
  const capability = spec.capabilities[action];
  if (!("cannot" in capability)) return action;
  throw new VendorFailure({ kind: "refused", vendor: spec.name, sentence: capability.cannot });
}

function whatIsWrong(spec: Spec, account: Account): string | undefined {
  const title = vendorTitles[spec.name];
  for (const field of spec.fields.filter(({ secret }) => secret)) {
    const value = account.secret[field.name]?.trim();
    if (!value) return `The ${title} connection has no ${field.label}.`;
    if (!/^[\x21-\x7e]{1,4096}$/.test(value)) {
      return `The ${field.label} of the ${title} connection holds characters that no key has.`;
    }
  }
  return undefined;
}

/** To be read by name or one by one; printed whole, as an object in a log is, it shows nothing. */
function trimmed(secret: Account["secret"]): Account["secret"] {
  const entries = Object.entries(secret).map(([name, value]) => [name, value.trim()]);
  const redacted = { value: () => "[redacted]" };
  return Object.defineProperties(Object.fromEntries(entries), {
    toJSON: redacted,
    [inspect.custom]: redacted,
  });
}
