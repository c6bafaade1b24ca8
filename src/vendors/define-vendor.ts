import { inspect } from "node:util";
import { type Action, vendorTitles } from "../domain/campaign.ts";
import { VendorFailure } from "./failure.ts";
import { createGates } from "./gates.ts";
import type { Http } from "./http.ts";
import type { Pace } from "./queue.ts";
import { wrongForm } from "./secret-forms.ts";
import type { VendorTools } from "./tools.ts";
import type { Account, OpenAccount, Vendor } from "./vendor.ts";

interface Spec extends Omit<Vendor, "title" | "open"> {
  pace: Pace;
  /**
   * What the platform calls the account behind a key, where only it can tell: then the pace holds for that account,
   * whichever key a connection has. `keyOf` is what tells keys apart.
   */
  whose?: {
    keyOf(account: Account): string;
    ask(account: Account, http: Http): Promise<string | undefined>;
  };
  /** All calls go through this `http`, which is the account's own. */
  open(account: Account, http: Http): OpenAccount;
}

/**
 * A vendor whose ids, keys and actions are checked before any adapter code sees them:
 * a hostile id is "not found", an impossible action "refused", and neither leaves the machine. Each account has
 * its own gate, in which what somebody waits for goes before lists and progress.
 */
export function defineVendor(tools: VendorTools, spec: Spec): Vendor {
  const { name, pace, whose } = spec;
  const gates = createGates({ vendor: name, pace, tools });
  return {
    ...spec,
    title: vendorTitles[name],
    open(given) {
      const wrong = whatIsWrong(spec, given);
      if (wrong) return closed(spec, wrong);
      const account = { ...given, secret: trimmed(given.secret) };
      if (!whose) {
        const { urgent, calm } = gates.of(account.connectionId);
        return guarded(spec, spec.open(account, urgent), spec.open(account, calm));
      }
      const way = gates.learnt(whose.keyOf(account), (http) => whose.ask(account, http));
      const { urgent, calm } = way;
      const opened = guarded(spec, spec.open(account, urgent), spec.open(account, calm));
      return { ...opened, whose: way.whose };
    },
  };
}

function guarded(spec: Spec, urgent: OpenAccount, calm: OpenAccount): OpenAccount {
  const { progress } = calm;
  return {
    check: () => urgent.check(),
    list: () => calm.list(),
    get: async (id) => urgent.get(checked(spec, id)),
    act: async (action, id) => urgent.act(possible(spec, action), checked(spec, id)),
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
    if (!value && !field.required) continue;
    if (!value) return `The ${title} connection has no ${field.label}.`;
    if (!(field.pattern ?? /^[\x21-\x7e]{1,4096}$/).test(value)) {
      return `The ${field.label} of the ${title} connection holds characters that no key has.`;
    }
  }
  const wrong = wrongForm(spec, account.secret);
  return wrong && `The ${title} connection cannot log in. ${wrong.sentence}`;
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
