import { z } from "zod";
import { vendorNames } from "../../src/domain/campaign.ts";
import type { Delivery } from "../slack/types.ts";
import type { Stage } from "./stage.ts";
import { faultNames, vendorFaults } from "./vendor-faults.ts";
import type { Option, Outcome } from "./wire.ts";

const text = z.string().max(4000);
const person = z.string().max(40);
const place = z.union([z.object({ channel: text, ts: text }), z.object({ viewId: text })]);
const values = z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()]));

type Act = (stage: Stage, body: unknown) => Promise<Outcome | Option[] | Record<string, never>>;

/** Thrown by nothing but the schemas: what the browser sent is not what this act takes. */
function act<S extends z.ZodType>(
  schema: S,
  run: (stage: Stage, body: z.infer<S>) => Promise<Outcome | Option[] | undefined>,
): Act {
  return async (stage, body) => (await run(stage, schema.parse(body))) ?? {};
}

/** What people do on the page, by the last part of `POST /act/…`. */
export const acts: Readonly<Record<string, Act>> = {
  command: act(z.object({ person, channel: text, text }), async ({ slack }, body) =>
    outcome(await slack.typeCommand(body.person, body.channel, body.text)),
  ),
  press: act(
    z.object({
      person,
      place,
      actionId: text,
      blockId: text.optional(),
      selected: z.union([text, z.array(text)]).optional(),
      values: values.optional(),
    }),
    async ({ slack }, { person, place, actionId, blockId, selected, values }) =>
      outcome(await slack.press(person, place, actionId, blockId, selected, values)),
  ),
  suggest: act(
    z.object({ person, viewId: text, actionId: text, query: text }),
    async ({ slack }, body) => slack.suggest(body.person, body.viewId, body.actionId, body.query),
  ),
  submit: act(z.object({ person, viewId: text, values }), async ({ slack }, body) => {
    const delivery = await slack.submit(body.person, body.viewId, body.values);
    return { ...outcome(delivery), ...(delivery.errors && { errors: delivery.errors }) };
  }),
  close: act(z.object({ person, viewId: text }), async ({ slack }, body) =>
    outcome(await slack.closeView(body.person, body.viewId)),
  ),
  word: act(
    z.object({ vendor: z.enum(vendorNames), campaign: text, word: z.string().max(40) }),
    async ({ vendors }, { vendor, campaign, word }) => void vendors[vendor].setWord(campaign, word),
  ),
  fault: act(
    z.object({ vendor: z.enum(vendorNames), fault: z.enum(faultNames) }),
    async ({ vendors }, { vendor, fault }) => void vendors[vendor].faults.set(vendorFaults[fault]),
  ),
  clock: act(
    z.union([
      z.object({
        advanceMs: z
          .number()
          .int()
          .positive()
          .max(31 * 86_400_000),
      }),
      z.object({ at: z.iso.datetime().transform((at) => new Date(at)) }),
    ]),
    async ({ clock }, move) =>
      void ("at" in move ? clock.set(move.at) : clock.advance(move.advanceMs)),
  ),
  reset: act(z.object({}), async ({ slack, vendors }) => {
    slack.reset();
    for (const vendor of Object.values(vendors)) vendor.reset();
  }),
};

function outcome({ ms, shown, error }: Delivery): Outcome {
  const sentence = shown ?? (error && `The app did not answer properly (${error}).`);
  return { ms: Math.round(ms), ...(sentence && { shown: sentence }) };
}
