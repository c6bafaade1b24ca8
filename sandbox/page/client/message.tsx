import { useState } from "react";
import type { WireMessage } from "../wire.ts";
import { act } from "./act.ts";
import { Avatar, FermataMark } from "./avatar.tsx";
import { Blocks } from "./blocks.tsx";
import { useSeen, useYou } from "./stage-context.ts";
import { clockTime, whenOf, wholeTime } from "./times.ts";

export interface MessageProps {
  message: WireMessage;
  replies: WireMessage[];
  dismiss(): void;
}

export function Message({ message, replies, dismiss }: MessageProps) {
  const { people } = useSeen();
  const { zone } = useYou();
  const author = people.find(({ id }) => id === message.user);
  const at = whenOf(message.ts);
  const only = message.onlyYou ? { "data-ephemeral": message.ts } : {};
  return (
    <li className={message.onlyYou ? "message only-you" : "message"} data-ts={message.ts} {...only}>
      {message.onlyYou && <OnlyYou dismiss={dismiss} />}
      <div className="message-row">
        {author ? <Avatar person={author} /> : <FermataMark />}
        <div className="message-body">
          <p className="byline">
            <b>{author?.realName ?? "Fermata"}</b>
            {!author && <span className="app-badge">APP</span>}
            <time dateTime={at.toISOString()} title={wholeTime(at, zone)}>
              {clockTime(at, zone)}
            </time>
          </p>
          <MessageContent message={message} />
          {replies.length > 0 && <Thread replies={replies} />}
        </div>
      </div>
    </li>
  );
}

function OnlyYou({ dismiss }: { dismiss(): void }) {
  return (
    <p className="only-you-note">
      <span aria-hidden="true">👁</span> Only visible to you ·{" "}
      <button type="button" className="link" onClick={dismiss}>
        Dismiss
      </button>
    </p>
  );
}

function MessageContent({ message }: { message: WireMessage }) {
  const { you } = useSeen();
  const [warning, setWarning] = useState<string>();
  const place = { channel: message.channel, ts: message.ts };
  const press = async (actionId: string, blockId?: string, selected?: string | string[]) => {
    const { shown } = await act("press", { person: you, place, actionId, blockId, selected });
    setWarning(shown);
  };
  const blocks =
    message.blocks.length > 0
      ? message.blocks
      : [{ type: "section", text: { type: "mrkdwn", text: message.text } }];
  return (
    <>
      <Blocks blocks={blocks} press={press} />
      {message.edited && <span className="edited">(edited)</span>}
      {warning && (
        <p className="warning" role="alert">
          ⚠️ {warning}
        </p>
      )}
    </>
  );
}

function Thread({ replies }: { replies: WireMessage[] }) {
  const [open, setOpen] = useState(false);
  const { zone } = useYou();
  const last = replies.at(-1);
  const count = `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`;
  return (
    <div className="thread">
      <button
        type="button"
        className="thread-toggle"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <FermataMark size={20} /> <b>{count}</b>
        {last && (
          <span>{open ? "Hide thread" : `Last reply at ${clockTime(whenOf(last.ts), zone)}`}</span>
        )}
      </button>
      {open && (
        <ol className="replies">
          {replies.map((reply) => (
            <Message key={reply.ts} message={reply} replies={[]} dismiss={() => undefined} />
          ))}
        </ol>
      )}
    </div>
  );
}
