import { emptyScope } from "../../src/domain/stop-scope.ts";
import { product } from "./driver.ts";
import { plantedFacts } from "./planted-facts.ts";
import { endingPause, everyCampaign, meant, type Planted, textsOf } from "./planted-help.ts";

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
  ...plantedFacts,
];
