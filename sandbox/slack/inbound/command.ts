import { sayThere } from "../api/response-url.ts";
import { isFields } from "../block-kit/check.ts";
import { channelOf, personOf } from "../find.ts";
import { post } from "../messages.ts";
import type { Workspace } from "../state.ts";
import { commandText, escapeText } from "../text.ts";
import type { Delivery, PretendMessage } from "../types.ts";
import { type Deliver, formBody, notSent } from "./deliver.ts";
import { commandFields, idAs } from "./payload.ts";

export function say(
  workspace: Workspace,
  person: string,
  channel: string,
  text: string,
): PretendMessage {
  const where = {
    channel: channelOf(workspace, channel).id,
    author: personOf(workspace, person).id,
  };
  return post(workspace, where, { text: escapeText(text), truncated: false });
}

/** A person types into the message box and presses Enter. */
export async function typeCommand(
  workspace: Workspace,
  deliver: Deliver,
  commands: readonly string[],
  typed: { person: string; channel: string; text: string },
): Promise<Delivery> {
  const person = personOf(workspace, typed.person);
  const channel = channelOf(workspace, typed.channel);
  if (!channel.members.includes(person.id))
    return notSent("Join the channel to write in it.", "not_allowed");
  if (!typed.text.startsWith("/")) {
    say(workspace, person.id, channel.id, typed.text);
    return notSent("");
  }
  const [command = "", rest = ""] = split(typed.text);
  const where = { channel: channel.id, person: person.id };
  if (!commands.includes(command)) {
    const shown = `${command} is not a valid command.`;
    slackbotSays(workspace, where, shown);
    return notSent(shown, "not_allowed");
  }
  const text = commandText(workspace, rest);
  const as = idAs(person, typed.person);
  const body = formBody(commandFields(workspace, person, channel, command, text, as));
  const delivery = await deliver({ body });
  const error = delivery.error ?? showAnswer(workspace, where, delivery.body);
  if (!error) return delivery;
  const shown = `${command} failed with the error "${error === "operation_timeout" ? error : "dispatch_failed"}"`;
  slackbotSays(workspace, where, shown);
  return { ...delivery, error, shown };
}

function split(text: string): string[] {
  const at = text.search(/\s/);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** An answer with a body is shown: JSON as a message, anything else as plain text. */
function showAnswer(
  workspace: Workspace,
  where: { channel: string; person: string },
  body: string,
): "invalid_response" | undefined {
  if (body.trim() === "") return undefined;
  const answer = sayThere(workspace, where, readMessage(body));
  return answer.ok ? undefined : "invalid_response";
}

function readMessage(body: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(body);
    if (isFields(json)) return json;
  } catch {
    // Not JSON: Slack shows the body as it is.
  }
  return { text: body };
}

function slackbotSays(
  workspace: Workspace,
  where: { channel: string; person: string },
  text: string,
): void {
  post(
    workspace,
    { channel: where.channel, author: "USLACKBOT", visibleTo: where.person },
    { text, truncated: false },
  );
}
