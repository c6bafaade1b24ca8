import { Fragment, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { WireMessage } from "../wire.ts";
import { Message } from "./message.tsx";
import { useSeen, useYou } from "./stage-context.ts";
import { dayName, whenOf } from "./times.ts";
import { Welcome } from "./welcome.tsx";

export interface MessageListProps {
  channel: string;
  setDraft(text: string): void;
}

export function MessageList({ channel, setDraft }: MessageListProps) {
  const { messages, now } = useSeen();
  const { zone } = useYou();
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const shown = messages.filter((one) => one.channel === channel && !dismissed.has(one.ts));
  const tops = shown.filter((one) => !one.threadTs || one.threadTs === one.ts || one.onlyYou);
  const list = useStickToEnd(tops.length > 0);
  const newest = shown.at(-1);
  const days = tops.map(({ ts }) => dayName(whenOf(ts), new Date(now), zone));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ol className="messages" ref={list} aria-label="Messages" tabIndex={0}>
        {tops.length === 0 && <Welcome channel={channel} setDraft={setDraft} />}
        {tops.map((message, at) => (
          <Fragment key={message.ts + message.onlyYou}>
            {days[at] !== days[at - 1] && (
              <li className="day">
                <span>{days[at]}</span>
              </li>
            )}
            <Message
              message={message}
              replies={repliesTo(message, shown)}
              dismiss={() => setDismissed((before) => new Set([...before, message.ts]))}
            />
          </Fragment>
        ))}
      </ol>
      <p className="unseen" aria-live="polite">
        {newest && `New message: ${newest.text}`}
      </p>
    </>
  );
}

function repliesTo(message: WireMessage, all: WireMessage[]): WireMessage[] {
  return all.filter(
    ({ threadTs, ts, onlyYou }) => threadTs === message.ts && ts !== message.ts && !onlyYou,
  );
}

const nearEnd = 120;

/** Keeps the newest message in view, unless the reader has scrolled up. */
function useStickToEnd(stick: boolean) {
  const list = useRef<HTMLOListElement>(null);
  const stuck = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    let top = element.scrollTop;
    const look = (): void => {
      const left = element.scrollHeight - element.scrollTop - element.clientHeight;
      if (left < nearEnd) stuck.current = true;
      else if (element.scrollTop < top) stuck.current = false;
      top = element.scrollTop;
    };
    element.addEventListener("scroll", look);
    return () => element.removeEventListener("scroll", look);
  }, []);
  useLayoutEffect(() => {
    if (stick && list.current && stuck.current) list.current.scrollTop = list.current.scrollHeight;
  });
  return list;
}
