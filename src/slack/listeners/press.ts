import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from "@slack/bolt";
import { refusalAnswer } from "../cards/answers.ts";
import { adoptCard, type CardPlace } from "../deliver/adopt-card.ts";
import { answer, type Desk, type Known, type Origin, visitorOf } from "./desk.ts";

export type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** A press by somebody we know, on a button that carries an id. */
export interface Press {
  origin: Origin;
  visitor: Known;
  /** The button's value: an id and nothing else. */
  id: string;
  triggerId: string;
  /** Pressed on the change's own card, which then shows what came of it; a digest does not. */
  onCard: boolean;
}

/** What every button's listener begins with: who pressed, where, and which id. */
export const onPress =
  (desk: Desk, work: (press: Press) => Promise<void>) =>
  async ({ ack, body, action, context }: PressArgs): Promise<void> => {
    await ack();
    const id = idIn(action);
    const origin: Origin = {
      workspace: body.team?.id ?? "",
      user: body.user.id,
      channel: body.channel?.id ?? body.user.id,
      responseUrl: body.response_url,
      requestKey: String(context.requestKey),
    };
    const visitor = await visitorOf(desk, origin.workspace, origin.user);
    if (visitor.kind !== "person") return answer(desk, origin, refusalAnswer(visitor.sentence));
    const place = cardPlace(body, id, origin.workspace);
    if (place) await adoptCard(desk.world, place);
    await work({ origin, visitor, id, triggerId: body.trigger_id, onCard: place !== undefined });
  };

function idIn(action: PressArgs["action"]): string {
  if (action.type === "button") return action.value ?? "";
  return action.type === "overflow" ? action.selected_option.value : "";
}

/** A change's own card names its blocks after the change. */
function cardPlace(body: BlockAction, changeId: string, workspace: string): CardPlace | undefined {
  const ts = body.message?.ts;
  const channel = body.channel?.id;
  const isItsOwn = body.actions[0]?.block_id?.startsWith(`${changeId}:`);
  return ts && channel && isItsOwn ? { workspace, changeId, channel, ts } : undefined;
}
