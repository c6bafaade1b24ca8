import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { act } from "./act.ts";
import { useOutside } from "./elements/overflow-menu.tsx";
import { hintsFor } from "./hints.ts";
import { useSeen } from "./stage-context.ts";

export interface ComposerProps {
  channel: string;
  draft: string;
  setDraft(text: string): void;
}

interface Told {
  text: string;
  trouble: boolean;
}

/** Where commands are typed. Slack's own list of commands opens with "/". */
export function Composer({ channel, draft, setDraft }: ComposerProps) {
  const seen = useSeen();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [told, setTold] = useState<Told>();
  const form = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useOutside(form, open, () => setOpen(false));
  useEffect(() => {
    if (draft) input.current?.focus();
  }, [draft]);

  const offered = open ? hintsFor(seen).filter(({ text }) => text.startsWith(draft)) : [];
  const take = (text: string): void => {
    setDraft(text);
    setOpen(false);
    setActive(-1);
    input.current?.focus();
  };
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const text = draft.trim();
    if (!text) return;
    if (!text.startsWith("/")) return setTold(onlyCommands);
    setOpen(false);
    setDraft("");
    setTold({ text: "Sending…", trouble: false });
    setTold(await deliver(seen.you, channel, text));
  };
  const keys = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const current = offered[active];
    if (step && offered.length) setActive((at) => (at + step + offered.length) % offered.length);
    else if ((event.key === "Enter" || event.key === "Tab") && current) take(current.text);
    else return;
    event.preventDefault();
  };
  return (
    <form className="composer" ref={form} onSubmit={(event) => void send(event)}>
      {offered.length > 0 && (
        <div className="hints" role="listbox" id="hints" aria-label="Examples">
          <p>Examples, with this demo’s own campaigns</p>
          {offered.map(({ text, means }, at) => (
            <button
              key={text}
              id={`hint-${at}`}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={at === active}
              onClick={() => take(text)}
            >
              <code>{text}</code>
              <span>{means}</span>
            </button>
          ))}
        </div>
      )}
      <div className="composer-box">
        <button
          type="button"
          className="slash"
          aria-label="Show examples"
          title="Show examples"
          onClick={() => setOpen(!open)}
        >
          /
        </button>
        <input
          ref={input}
          aria-label="Message"
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls="hints"
          aria-activedescendant={active >= 0 ? `hint-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder="Type / to see what Fermata understands"
          value={draft}
          onFocus={() => draft || setOpen(true)}
          onKeyDown={keys}
          onChange={({ target }) => {
            setDraft(target.value);
            setActive(-1);
            setOpen(target.value.startsWith("/"));
          }}
        />
        <button type="submit" className="send" aria-label="Send" disabled={!draft.trim()}>
          <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M1.5 2.2 14.6 8 1.5 13.8l1.2-5L9 8l-6.3-.8z" fill="currentColor" />
          </svg>
        </button>
      </div>
      <p className={told?.trouble ? "told trouble" : "told"} role="status">
        {told?.text ?? "\u00a0"}
      </p>
    </form>
  );
}

const onlyCommands: Told = {
  text: "Nothing was sent: this demo takes slash commands only. Try /campaign help.",
  trouble: true,
};

async function deliver(person: string, channel: string, text: string): Promise<Told> {
  const { ms, shown } = await act("command", { person, channel, text });
  if (shown) return { text: shown, trouble: true };
  return { text: `${text} — answered in ${ms} ms`, trouble: false };
}
