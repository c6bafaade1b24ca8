import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from "@slack/bolt";
import { loadChange } from "../../store/changes.ts";
import { rememberKey } from "../../store/jobs.ts";
import { appendOnce } from "../../store/repeats.ts";
import { refusalAnswer } from "../cards/answers.ts";
import { adoptCard, type CardPlace, standingOf, standsIn } from "../deliver/adopt-card.ts";
import {
  answer,
  awaitVisitor,
  type Desk,
  type Known,
  keptIn,
  type Origin,
  type Visitor,
  visitorOf,
  waitsFor,
} from "./desk.ts";

export type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** A press by somebody we know, on a button that carries an id. */
export interface Press {
  origin: Origin;
  visitor: Known;
  /** The button's value: an id and nothing else. */
  id: string;
  triggerId: string;
}

/** A press on a button of a change, in a message of ours that stands where it should. */
export interface ChangePress extends Press {
  /** Pressed on the change's own card, which then shows what came of it; a digest does not. */
  onCard: boolean;
  /** Pressed on words for this person alone, which the answer may take the place of. */
  whispered: boolean;
}

/** The same words for an id of another workspace and for one that never was. */
export const notHere = "This change is not known here. Nothing was changed.";
const misplaced =
  "This button does not stand on a card of its change, so nothing was done. Use the change's own card.";

/** What a press may be worth of itself: `pause` lets somebody in whom Slack cannot tell us of now, to stop something. */
type Worth = "pause";

/** What every button's listener begins with: who pressed, where, and which id. */
export const onPress =
  (desk: Desk, work: (press: Press, args: PressArgs) => Promise<void>, worth?: Worth) =>
  async (args: PressArgs): Promise<void> => {
    await args.ack();
    const { origin, id } = readPress(args);
    const visitor = await awaitVisitor(desk, origin, worth);
    if (visitor.kind !== "person") return answer(desk, origin, refusalAnswer(visitor.sentence));
    await work({ origin, visitor, id, triggerId: args.body.trigger_id }, args);
  };

/**
 * The same for buttons of changes. They work only in a message that we wrote ourselves, where that change is shown;
 * a press by somebody who can decide nothing here is put on record.
 */
export const onChangePress =
  (desk: Desk, work: (press: ChangePress) => Promise<void>, worth?: Worth) =>
  async (args: PressArgs): Promise<void> => {
    await args.ack();
    const { origin, id } = readPress(args);
    const visitor = await visitorOf(desk, origin.workspace, origin.user, worth);
    await noteStranger(desk, origin, id, visitor);
    waitsFor(visitor);
    if (visitor.kind !== "person") return answer(desk, origin, refusalAnswer(visitor.sentence));
    const place = ownMessage(args, id, origin.workspace);
    const whispered = !place && (await isWhispered(desk, args, origin.workspace, id));
    if (whispered)
      return work({
        origin,
        visitor,
        id,
        triggerId: args.body.trigger_id,
        onCard: false,
        whispered,
      });
    const standing = place ? await standingOf(desk.world, place) : "elsewhere";
    if (standing === "elsewhere") return answer(desk, origin, refusalAnswer(misplaced));
    const onCard = standing === "card";
    if (place && onCard) await adoptCard(desk.world, place);
    await work({ origin, visitor, id, triggerId: args.body.trigger_id, onCard, whispered });
  };

function readPress({ body, action, context }: PressArgs): { origin: Origin; id: string } {
  const origin: Origin = {
    workspace: body.team?.id ?? "",
    user: body.user.id,
    channel: body.channel?.id ?? body.user.id,
    responseUrl: body.response_url,
    ...keptIn(context),
  };
  return { origin, id: idIn(action) };
}

function idIn(action: PressArgs["action"]): string {
  if (action.type === "button") return action.value ?? "";
  return action.type === "overflow" ? action.selected_option.value : "";
}

/** Undefined unless the button stands in a message that our own bot wrote. */
function ownMessage(
  { body, action, context }: PressArgs,
  changeId: string,
  workspace: string,
): (CardPlace & { blockId: string }) | undefined {
  const { message, channel } = body;
  const ours =
    (context.botId !== undefined && message?.bot_id === context.botId) ||
    (Boolean(context.appId) && message?.app_id === context.appId);
  if (!message || !channel || !ours) return undefined;
  return { workspace, changeId, channel: channel.id, ts: message.ts, blockId: action.block_id };
}

/** Words for one person alone, beside the card; Slack sends no message along with a press on them. */
async function isWhispered(
  { world }: Desk,
  { body, action }: PressArgs,
  workspace: string,
  changeId: string,
): Promise<boolean> {
  const { container, channel } = body;
  if (!channel || container.type !== "message" || container.is_ephemeral !== true) return false;
  if (action.block_id !== `whisper:${changeId}`) return false;
  return world.store.read((q) => standsIn(q, { workspace, changeId, channel: channel.id }));
}

/** Bots, guests, outsiders, those who have left, and whom Slack could not tell us: tried to act here. */
async function noteStranger(
  { world }: Desk,
  { workspace, user, requestKey }: Origin,
  changeId: string,
  visitor: Visitor,
): Promise<void> {
  const kind = visitor.kind === "person" ? visitor.person.kind : visitor.kind;
  if (kind === "member") return;
  const change = await world.store.read((q) => loadChange(q, workspace, changeId));
  if (!change) return;
  const actor = visitor.kind === "person" ? visitor.person.id : user;
  const line = { event: "outsider_pressed", subject: changeId, detail: { who: kind } };
  const at = world.now();
  await world.store.write(async (q) => {
    // A press that waits until Slack can say who it was is worked more than once.
    if (await rememberKey(q, { workspace, key: `stranger:${requestKey}:${kind}` }, at))
      await appendOnce(q, { workspace, at, actor, line });
  });
}
