import { section } from "./blocks.ts";
import { fitted, type Message } from "./message.ts";
import { code, type Mrkdwn, mrkdwn, preformatted } from "./text.ts";

const mostPerBlock = 1500;
const mostBlocks = 4;

/** The policy as its YAML file, in as many blocks as it takes and at most four. */
export function policyAnswer(yaml: string, builtIn = false): Message {
  const intro = builtIn
    ? mrkdwn`This workspace has no policy of its own, so the built-in one holds.`
    : mrkdwn`This is the policy of this workspace.`;
  const parts = chunks(yaml.trimEnd().split(/\r?\n/));
  const shown = parts.slice(0, mostBlocks).map((lines) => section(preformatted(lines)));
  const more = parts.length > mostBlocks ? [section(rest)] : [];
  return fitted(intro, [section(intro), ...shown, ...more]);
}

const rest: Mrkdwn = mrkdwn`It is longer than Slack can show. The whole of it: ${code("fermata policy show")}.`;

/** Whole lines, gathered until a block is full; an overlong line is cut. */
export function chunks(lines: readonly string[]): string[][] {
  const parts: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const line of lines.map((text) => text.slice(0, 400))) {
    size += line.length + 1;
    if (size > mostPerBlock) {
      parts.push([]);
      size = line.length + 1;
    }
    parts.at(-1)?.push(line);
  }
  return parts;
}
