import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from "@slack/bolt";
import { refusalAnswer } from "../cards/answers.ts";
import { adoptCard } from "../deliver/adopt-card.ts";
import { answer, type Desk, type Known, type Origin, visitorOf } from "./desk.ts";

export type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** A press by somebody we know, on a button that carries an id. */
export interface Press {
  origin: Origin;
  visitor: Known;
  /** The button's value: an id and nothing else. */
  id: string;
  triggerId: string;
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
    await adoptCard(desk.world, cardPlace(body, id, origin.workspace));
    await work({ origin, visitor, id, triggerId: body.trigger_id });
  };

function idIn(action: PressArgs["action"]): string {
  if (action.type === "button") return action.value ?? "";
  return action.type === "overflow" ? action.selected_option.value : "";
}

function cardPlace(body: BlockAction, changeId: string, workspace: string) {
  const ts = body.message?.ts;
  const channel = body.channel?.id;
  const block = body.actions[0]?.block_id ?? "";
  return ts && channel ? { workspace, changeId, channel, ts, block } : undefined;
}
