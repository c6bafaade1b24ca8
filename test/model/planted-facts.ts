import { and, lte } from "drizzle-orm";
import { vendorNames } from "../../src/domain/campaign.ts";
import { idFrom } from "../../src/flows/ids.ts";
import { VendorFailure } from "../../src/vendors/failure.ts";
import type { OpenAccount, Vendor } from "../../src/vendors/vendor.ts";
import type { World } from "../../src/world.ts";
import { product } from "./driver.ts";
import { loaded, meant, type Planted, textsOf, wishOf } from "./planted-help.ts";

const notLet = /no (resume|cancel) begins that the policy of the moment does not let/;

/** What was so once, or what was never read, taken for what is. */
export const plantedFacts: readonly Planted[] = [
  {
    what: "undoes what stands under the name of the connection now",
    breaks: meant,
    product: {
      async undoChange(world, key, by) {
        const change = await loaded(world, key);
        if (!change || change.action === "cancel") return product.undoChange(world, key, by);
        const requestKey = idFrom("undo", key.workspace, key.changeId);
        const wish = wishOf(change, change.action === "pause" ? "resume" : "pause");
        return product.submitChange(world, { ...wish, by, requestKey, targets: textsOf(change) });
      },
    },
  },
  {
    what: "takes a connection that cannot be read for an empty one",
    breaks: meant,
    world: (world) =>
      withAccounts(world, (account) => ({
        ...account,
        list: () => account.list().catch(insteadOfFailure([])),
      })),
  },
  {
    what: "takes the id of a campaign that cannot be read for its name",
    breaks: notLet,
    world: (world) =>
      withAccounts(world, (account) => ({
        ...account,
        get: (id) => {
          const shown = { id, name: id, phase: "paused" as const, word: "paused" };
          return Promise.race([account.get(id), aTurn().then(() => shown)]);
        },
      })),
  },
  {
    what: "hears the policy of asking at a vote and before a call",
    breaks: notLet,
    product: {
      applyTarget: async (world, key, whoIs) =>
        product.applyTarget(await asWhenAsked(world, key), key, whoIs),
      reviewChange: async (world, key, press) =>
        product.reviewChange(await asWhenAsked(world, key), key, press),
    },
  },
  {
    what: "hears the policy of a vote before a call",
    breaks: notLet,
    product: {
      applyTarget: async (world, key, whoIs) =>
        product.applyTarget(await asWhenAsked(world, key), key, whoIs),
    },
  },
];

function withAccounts(world: World, broken: (account: OpenAccount) => OpenAccount): World {
  const vendors = vendorNames.map((name): [string, Vendor] => {
    const vendor = world.vendors[name];
    return [name, { ...vendor, open: (options) => broken(vendor.open(options)) }];
  });
  return { ...world, vendors: Object.fromEntries(vendors) as World["vendors"] };
}

function insteadOfFailure<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (!(error instanceof VendorFailure) || error.facts.kind === "unauthorized") throw error;
    return value;
  };
}

/** Shorter than anybody waits for a slow platform. */
function aTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** The world with no policy in it that is newer than a change. */
async function asWhenAsked(world: World, key: Parameters<typeof loaded>[1]): Promise<World> {
  const { policyVersion = 0 } = (await loaded(world, key)) ?? {};
  const { store } = world;
  const read: typeof store.read = (run) =>
    store.read((q) =>
      run({
        ...q,
        select: ((...fields: []) => {
          const selecting = q.select(...fields);
          const from = selecting.from.bind(selecting);
          return Object.assign(selecting, {
            from(table: Parameters<typeof from>[0]) {
              const query = from(table);
              if (table !== q.t.policies) return query;
              const where = query.where.bind(query);
              const older = lte(q.t.policies.version, policyVersion);
              return Object.assign(query, {
                where: (condition: Parameters<typeof and>[0]) => where(and(condition, older)),
              });
            },
          });
        }) as typeof q.select,
      }),
    );
  return { ...world, store: { ...store, read } };
}
