import type { Action } from "../../src/domain/campaign.ts";
import type { Change } from "../../src/domain/change.ts";
import { emptyScope } from "../../src/domain/stop-scope.ts";
import type { TargetText } from "../../src/domain/target-text.ts";
import { idFrom } from "../../src/flows/ids.ts";
import { readCampaigns } from "../../src/flows/read-campaigns.ts";
import { loadChange } from "../../src/store/changes.ts";
import type { World } from "../../src/world.ts";
import { type Product, product } from "./driver.ts";

/** Something wrong with the program, put in from outside, and the claim that has to break. */
export interface Planted {
  what: string;
  breaks: RegExp;
  product?: Partial<Product>;
}

const meant = /whatever is changed is what somebody meant/;

export const planted: readonly Planted[] = [
  {
    what: "looks for an id among the names",
    breaks: meant,
    product: {
      async submitChange(world, submission) {
        const submitted = await product.submitChange(world, submission);
        if (submitted.kind !== "none") return submitted;
        const all = await everyCampaign(world, submission.workspace);
        const found = all.find(({ name }) => name.includes(submitted.text));
        return found
          ? product.submitChange(world, { ...submission, targets: [found.text] })
          : submitted;
      },
    },
  },
  {
    what: "ends a pause of whatever has the name of its campaign now",
    breaks: meant,
    product: {
      endPauseInTime: (world, key, personOf) =>
        endingPause(world, key, personOf, async ({ workspace, targets }) => {
          const all = await everyCampaign(world, workspace);
          return targets.flatMap(
            ({ campaign }) => all.find(({ name }) => name === campaign.name)?.text ?? [],
          );
        }),
    },
  },
  {
    what: "ends a pause whatever has been asked since",
    breaks: /nothing that somebody holds is resumed by a planned end/,
    product: {
      endPauseInTime: (world, key, personOf) =>
        endingPause(world, key, personOf, async (change) => textsOf(change)),
    },
  },
  {
    what: "ends a pause whatever the platform has done since",
    breaks: /nothing that left our pause is resumed by a planned end/,
    product: {
      endPauseInTime: (world, key, personOf) =>
        endingPause(world, key, personOf, async (change) => textsOf(change)),
    },
  },
  {
    what: "stops what runs and lets what waits go on",
    breaks: /a stop ends every resume that was asked before it/,
    product: {
      async stopAll(world, { connections, ...wish }) {
        const all = await everyCampaign(world, wish.workspace);
        const scope = all.filter(
          ({ phase, text }) =>
            phase === "running" &&
            (connections.length === 0 || connections.includes(text.connection)),
        );
        if (scope.length === 0) return { kind: "nothing_runs", scope: emptyScope };
        const targets = scope.map(({ text }) => text);
        const stop = { ...wish, action: "pause" as const, stop: true, targets };
        const submitted = await product.submitChange(world, stop);
        if (submitted.kind === "submitted" || submitted.kind === "refused") return submitted;
        return { kind: "nothing_runs", scope: emptyScope };
      },
    },
  },
  {
    what: "takes everybody for an admin in every group when they vote",
    breaks: /the policy of the moment does not let|the policy does not let its asker/,
    product: {
      reviewChange: (world, key, ballot) =>
        product.reviewChange(world, key, {
          ...ballot,
          by: { ...ballot.by, admin: true, groups: ["S0MKT"] },
        }),
    },
  },
];

interface Key {
  workspace: string;
  changeId: string;
}

function loaded(world: World, { workspace, changeId }: Key): Promise<Change | undefined> {
  return world.store.read((q) => loadChange(q, workspace, changeId));
}

async function endingPause(
  world: World,
  key: Key,
  personOf: Parameters<Product["endPauseInTime"]>[2],
  textsFor: (change: Change) => Promise<TargetText[]>,
): ReturnType<Product["endPauseInTime"]> {
  const change = await loaded(world, key);
  const targets = change ? await textsFor(change) : [];
  if (!change || targets.length === 0) return undefined;
  const by = await personOf(change.askedBy);
  const requestKey = idFrom("end", change.workspace, change.id);
  const wish = { ...wishOf(change, "resume"), by, requestKey, targets };
  const submitted = await product.submitChange(world, wish);
  return { change, submitted };
}

function wishOf({ workspace, channel, id: follows }: Change, action: Action) {
  return { workspace, channel, follows, action };
}

function textsOf({ targets }: Change): TargetText[] {
  return targets.map(({ connection, campaign: { id } }) => ({ kind: "exact", connection, id }));
}

async function everyCampaign(world: World, workspace: string) {
  const listings = await readCampaigns(world, workspace, { withinMs: 8_000 });
  return listings.flatMap(({ connection, campaigns = [] }) =>
    campaigns.map(({ id, name, phase }) => ({
      name,
      phase,
      text: { kind: "exact" as const, connection: connection.name, id },
    })),
  );
}
