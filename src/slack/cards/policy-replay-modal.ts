import type { Verdict } from "../../domain/policy.ts";
import type { Replay, Replayed } from "../../domain/replay.ts";
import { context, fields, section } from "./blocks.ts";
import { type Modal, modal } from "./modal-blocks.ts";
import { code, mrkdwn } from "./text.ts";
import { counted, person, titleOf, when } from "./words.ts";

const mostShown = 40;

const words: Record<Verdict["kind"], string> = {
  allow: "allowed",
  approve: "needs approval",
  ratify: "done first, answered for after",
  deny: "denied",
};

/** What a draft would have decided on past changes. Nothing of it is saved, and no change is touched. */
export function policyReplayModal(
  replay: Replay & { days: number; changes: number; more: boolean },
): Modal {
  const { days, changes, more, allow, approve, ratify, deny, stuck, assumed, otherwise } = replay;
  const hidden = otherwise.length - mostShown;
  const newest = more ? " There were more; the newest were looked at." : "";
  return modal({
    callbackId: "policy_replay_modal",
    title: "Replay",
    blocks: [
      section(
        mrkdwn`This is what your draft would have decided on ${counted(changes, "change")} of the last ${days} days.${newest}`,
      ),
      fields([
        mrkdwn`*Allowed*\n${allow}`,
        mrkdwn`*Needs approval*\n${approve}`,
        mrkdwn`*Done first, answered for after*\n${ratify}`,
        mrkdwn`*Denied*\n${deny}`,
        mrkdwn`*Stuck: too few could approve*\n${stuck}`,
      ]),
      section(
        otherwise.length === 0
          ? mrkdwn`None would be decided otherwise than it was.`
          : mrkdwn`*${counted(otherwise.length, "change")} would be decided otherwise:*`,
      ),
      ...otherwise.slice(0, mostShown).map((one) => section(lineOf(one))),
      ...(hidden > 0
        ? [context(mrkdwn`And ${hidden} more: ${code("fermata policy replay")} lists them all.`)]
        : []),
      context(
        mrkdwn`Wishes that were refused at once are not among them. User groups are taken as they are now.`,
      ),
      ...(assumed > 0
        ? [
            context(
              mrkdwn`Of ${assumed} it is not on record what the asker was; a full member is assumed.`,
            ),
          ]
        : []),
    ],
  });
}

function lineOf({ change, now, stuck }: Replayed) {
  const was = words[change.verdict.kind];
  const same = !stuck && was === words[now.kind];
  const would = stuck ? "stuck, because too few could approve" : words[now.kind];
  const by = now.rule ? mrkdwn` (rule “${now.rule}”)` : mrkdwn` (no rule fits)`;
  const then = same ? mrkdwn`needs other approvals` : mrkdwn`${would}, was ${was}`;
  return mrkdwn`${titleOf(change)}, asked by ${person(change.askedBy)}, ${when(change.askedAt)}: *${then}*${by}`;
}
