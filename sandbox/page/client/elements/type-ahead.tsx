import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { Option } from "../../wire.ts";
import type { FieldProps } from "./field.tsx";
import { isMany } from "./form-values.ts";
import { useOutside } from "./overflow-menu.tsx";

const pauseMs = 150;

/** A field that asks the app what fits while one types; one choice, or several as tokens. */
export function TypeAhead({ element, value, label, describedBy, onChange, suggest }: FieldProps) {
  const many = isMany(element);
  const [query, setQuery] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [known, setKnown] = useState<Option[]>(knownAtFirst(element));
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const least = element.min_query_length ?? 3;
  const asks = open && query.length >= least;
  const options = useSuggestions(element.action_id, query, asks, suggest);
  useOutside(box, open, () => setOpen(false));

  const chosen = (Array.isArray(value) ? value : value ? [value] : []).filter(Boolean);
  const offered = (options ?? []).filter(({ value: one }) => !chosen.includes(one ?? ""));
  const take = (option: Option): void => {
    const one = option.value ?? "";
    setKnown((before) => [...before, option]);
    onChange(many ? [...chosen, one] : one);
    setQuery("");
    setActive(-1);
    setOpen(many);
  };
  const drop = (one: string): void => {
    const rest = chosen.filter((other) => other !== one);
    onChange(many ? rest : null);
  };
  const nameOf = (one: string): string =>
    known.find((option) => option.value === one)?.text.text ?? one;
  const keys = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const current = offered[active];
    if (step) setActive((at) => (at + step + offered.length) % Math.max(1, offered.length));
    else if (event.key === "Enter" && current) take(current);
    else if (event.key === "Backspace" && !query && chosen.length) drop(chosen.at(-1) ?? "");
    else if (event.key === "Escape" && open) setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="type-ahead" ref={box}>
      <div className="tokens">
        {chosen.map((one) => (
          <span className="token" key={one}>
            {nameOf(one)}
            <button type="button" aria-label={`Remove ${nameOf(one)}`} onClick={() => drop(one)}>
              ✕
            </button>
          </span>
        ))}
        <input
          role="combobox"
          data-action={element.action_id}
          aria-label={label}
          aria-describedby={describedBy}
          aria-expanded={open}
          aria-controls={list}
          aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined}
          autoComplete="off"
          value={query}
          placeholder={chosen.length ? "" : (element.placeholder?.text ?? "Type to search")}
          onFocus={() => setOpen(true)}
          onKeyDown={keys}
          onChange={({ target }) => {
            setQuery(target.value);
            setOpen(true);
          }}
        />
      </div>
      {open && (
        <div className="menu suggestions" role="listbox" id={list} aria-label={label}>
          {offered.map((option, at) => (
            <button
              key={option.value ?? option.text.text}
              id={`${list}-${at}`}
              type="button"
              role="option"
              tabIndex={-1}
              onPointerDown={(event) => event.preventDefault()}
              aria-selected={at === active}
              onClick={() => take(option)}
            >
              {option.text.text}
              {option.description && <small>{option.description.text}</small>}
            </button>
          ))}
          {offered.length === 0 && (
            <p>
              {asks
                ? options
                  ? "Nothing fits."
                  : "Looking…"
                : `Type ${least} or more characters.`}
            </p>
          )}
        </div>
      )}
    </div>
  );
}

const knownAtFirst = ({
  initial_option: one,
  initial_options: more,
  options,
}: FieldProps["element"]) => [...(one ? [one] : []), ...(more ?? []), ...(options ?? [])];

/** What the app offers for the query; undefined while it has not answered. */
function useSuggestions(
  actionId: string,
  query: string,
  asks: boolean,
  suggest: FieldProps["suggest"],
): Option[] | undefined {
  const [answer, setAnswer] = useState<{ query: string; options: Option[] }>();
  const ask = useRef(suggest);
  ask.current = suggest;
  useEffect(() => {
    if (!asks) return;
    let stale = false;
    const timer = setTimeout(async () => {
      const options = (await ask.current?.(actionId, query)) ?? [];
      if (!stale) setAnswer({ query, options });
    }, pauseMs);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [actionId, query, asks]);
  if (!asks) return undefined;
  return answer?.query === query ? answer.options : undefined;
}
