import type { Finding } from "../../domain/finding.ts";
import { section } from "./blocks.ts";
import { fitted, type Message, says } from "./message.ts";
import { code, escaped, type Mrkdwn, mrkdwn } from "./text.ts";
import { channel, counted } from "./words.ts";

/** At once, for a platform that does not answer is waited for. */
export function lookingAnswer(): Message {
  return says(
    mrkdwn`Looking at Slack, the policy and every connection. This takes up to a minute.`,
  );
}

const mostShown = 45;

/** What was found, what is not well first. */
export function doctorAnswer(findings: readonly Finding[]): Message {
  const wrong = findings.filter(({ ok }) => !ok);
  const well = findings.filter(({ ok }) => ok);
  const title =
    wrong.length === 0
      ? mrkdwn`All is well: ${counted(findings.length, "thing")} looked at.`
      : mrkdwn`${wrong.length} of ${counted(findings.length, "thing")} looked at ${wrong.length === 1 ? "needs" : "need"} somebody.`;
  const shown = [...wrong, ...well].slice(0, mostShown);
  const left = findings.length - shown.length;
  const more =
    left > 0
      ? [
          section(
            mrkdwn`${left} more are not shown here. ${code("fermata doctor")} shows them all.`,
          ),
        ]
      : [];
  return fitted(title, [section(title), ...shown.map((one) => section(lineOf(one))), ...more]);
}

function lineOf({ what, channel: place, ok, sentence }: Finding): Mrkdwn {
  const state = ok ? mrkdwn`✅ well` : mrkdwn`⚠️ not well`;
  const where = place === undefined ? mrkdwn`` : mrkdwn` ${channel(place)}`;
  return mrkdwn`${state} · *${escaped(what, 90)}*${where}\n${escaped(sentence, 700)}`;
}
