import { z } from "zod";
import { actions } from "../../domain/campaign.ts";
import type { ChangeCommand } from "../../domain/change-command.ts";
import type { Person } from "../../domain/person.ts";
import type { TargetText } from "../../domain/target-text.ts";
import type { Candidate, NotFound } from "../../flows/find-wished.ts";
import { rememberChoices } from "../../store/choices.ts";
import { chooserAnswer } from "../cards/find-answers.ts";
import type { Message } from "../cards/message.ts";
import type { Desk, Origin } from "./desk.ts";

export type Wished = Omit<ChangeCommand, "kind">;

const wishShape = z.object({
  action: z.enum(actions),
  targets: z.array(
    z.union([
      z.object({ kind: z.literal("exact"), connection: z.string(), id: z.string() }),
      z.object({ kind: z.literal("id"), id: z.string() }),
      z.object({ kind: z.literal("name"), text: z.string(), quoted: z.boolean() }),
    ]),
  ),
  reason: z.string().optional(),
  until: z.coerce.date().optional(),
});

/** A wish that was kept as JSON; undefined if it is not one. */
export function readWish(kept: unknown): Wished | undefined {
  const read = wishShape.safeParse(kept);
  if (!read.success) return undefined;
  const { reason, until, ...rest } = read.data;
  return { ...rest, ...(reason !== undefined && { reason }), ...(until && { until }) };
}

/** Each candidate becomes a whole wish of its own, so that a button carries nothing but an id. */
export async function offerChoice(
  { world }: Desk,
  { workspace }: Origin,
  by: Person,
  wish: Wished,
  { text, candidates }: Extract<NotFound, { kind: "ambiguous" }>,
): Promise<Message> {
  const setId = world.newId("set");
  const choices = candidates.map((candidate) => ({ id: world.newId("cho"), candidate }));
  const rows = choices.map(({ id, candidate }) => ({
    workspace,
    id,
    person: by.id,
    setId,
    wish: { ...wish, targets: narrowed(wish.targets, text, candidate) },
    createdAt: world.now(),
  }));
  await world.store.write((q) => rememberChoices(q, rows));
  return chooserAnswer({
    text,
    action: wish.action,
    candidates: choices.map(({ id, candidate }) => ({
      choiceId: id,
      campaign: candidate,
      word: candidate.word,
    })),
  });
}

function narrowed(
  targets: readonly TargetText[],
  text: string,
  { connection, campaign }: Candidate,
): TargetText[] {
  const exact: TargetText = { kind: "exact", connection, id: campaign.id };
  return targets.map((target) => (textOf(target) === text ? exact : target));
}

function textOf(target: TargetText): string {
  return target.kind === "name" ? target.text : target.id;
}
