import { z } from "zod";
import { actions, vendorNames } from "../../domain/campaign.ts";
import type { ChangeCommand } from "../../domain/change-command.ts";
import type { Identity } from "../../domain/identity.ts";
import type { Person } from "../../domain/person.ts";
import type { Chosen, TargetText } from "../../domain/target-text.ts";
import type { Candidate, NotFound } from "../../flows/find-wished.ts";
import { rememberChoices } from "../../store/choices.ts";
import { chooserAnswer, noMatchAnswer } from "../cards/find-answers.ts";
import type { Message } from "../cards/message.ts";
import type { Desk, Origin } from "./desk.ts";

/** A wish whose campaigns are named in words, or pointed at. */
export type Wished = Omit<ChangeCommand, "kind" | "targets"> & {
  targets: readonly (TargetText | Chosen)[];
};

const identityShape = z.object({
  connectionId: z.string(),
  connection: z.string(),
  vendor: z.enum(vendorNames),
  connectionVersion: z.int(),
  account: z.string().optional(),
  mark: z.string().optional(),
  campaign: z.object({ id: z.string(), name: z.string() }),
});

const wishShape = z.object({
  action: z.enum(actions),
  targets: z.array(
    z.union([
      z.object({
        kind: z.literal("exact"),
        connection: z.string(),
        id: z.string(),
        quoted: z.literal(true).optional(),
      }),
      z.object({ kind: z.literal("id"), id: z.string() }),
      z.object({ kind: z.literal("link"), host: z.string(), id: z.string() }),
      z.object({ kind: z.literal("name"), text: z.string(), quoted: z.boolean() }),
      z.object({ kind: z.literal("campaign"), campaign: identityShape }),
    ]),
  ),
  reason: z.string().optional(),
  until: z.coerce.date().optional(),
  note: z.string().optional(),
});

/** A wish that was kept as JSON; undefined if it is not one. */
export function readWish(kept: unknown): Wished | undefined {
  const read = wishShape.safeParse(kept);
  return read.success ? (withoutUndefined(read.data) as Wished) : undefined;
}

/** What is left out and what is undefined mean the same, and only the first is written. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutUndefined(one)]));
}

/** Each candidate becomes a whole wish of its own, so that a button carries nothing but an id. */
export async function offerChoice(
  desk: Desk,
  origin: Origin,
  by: Person,
  wish: Wished,
  unclear: Exclude<NotFound, { kind: "no_connection" }>,
): Promise<Message> {
  const { action } = wish;
  if (unclear.kind === "ambiguous") {
    const candidates = await remembered(desk, origin, by, wish, unclear.wanted, unclear.candidates);
    return chooserAnswer({ text: unclear.text, action, candidates, unread: unclear.unread });
  }
  const nearest = await remembered(desk, origin, by, wish, unclear.wanted, unclear.nearest);
  return noMatchAnswer({ ...unclear, action, nearest });
}

async function remembered(
  { world }: Desk,
  { workspace }: Origin,
  by: Person,
  wish: Wished,
  wanted: TargetText,
  candidates: readonly Candidate[],
) {
  const setId = world.newId("set");
  const choices = candidates.map((candidate) => ({ id: world.newId("cho"), candidate }));
  const rows = choices.map(({ id, candidate }) => ({
    workspace,
    id,
    person: by.id,
    setId,
    wish: { ...wish, targets: completed(wish.targets, wanted, candidate) },
    createdAt: world.now(),
  }));
  await world.store.write((q) => rememberChoices(q, rows));
  return choices.map(({ id, candidate }) => ({
    choiceId: id,
    campaign: candidate,
    word: candidate.word,
  }));
}

/** The choice takes the place of the text that was not clear, however often that was typed; whatever else was named stays. */
function completed(
  targets: Wished["targets"],
  wanted: TargetText,
  candidate: Candidate,
): Wished["targets"] {
  const chosen: Chosen = { kind: "campaign", campaign: identityOf(candidate) };
  const text = JSON.stringify(wanted);
  return targets.map((target) => (JSON.stringify(target) === text ? chosen : target));
}

function identityOf({ connectionId, connection, vendor, ...more }: Candidate): Identity {
  const { connectionVersion, account, mark, campaign } = more;
  return {
    ...{ connectionId, connection, vendor, connectionVersion, campaign },
    ...(account !== undefined && { account }),
    ...(mark !== undefined && { mark }),
  };
}
