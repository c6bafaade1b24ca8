import { useEffect, useRef, useState } from "react";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import type { ElementSpec } from "./element-spec.ts";

export interface OverflowMenuProps {
  element: ElementSpec;
  press(selected: string): Promise<unknown>;
}

export function OverflowMenu({ element, press }: OverflowMenuProps) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  useOutside(box, open, () => setOpen(false));
  const choose = (value: string): void => {
    const asks = element.confirm !== undefined && asked === undefined;
    setOpen(false);
    setAsked(asks ? value : undefined);
    if (!asks) void press(value);
  };
  return (
    <div className="overflow" ref={box}>
      <button
        type="button"
        className="slack-button more"
        data-action={element.action_id}
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        •••
      </button>
      {open && (
        <div className="menu" role="menu">
          {element.options?.map((option, at) => (
            <button
              key={option.value ?? option.text.text}
              type="button"
              role="menuitem"
              // biome-ignore lint/a11y/noAutofocus: a menu that was just opened takes the keyboard
              autoFocus={at === 0}
              onClick={() => choose(option.value ?? "")}
            >
              {option.text.text}
            </button>
          ))}
        </div>
      )}
      {asked !== undefined && element.confirm && (
        <ConfirmDialog
          spec={element.confirm}
          yes={() => choose(asked)}
          no={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

/** Closes an open menu on Escape, on a click elsewhere, and when the keyboard leaves it. */
export function useOutside(box: { current: HTMLElement | null }, open: boolean, close: () => void) {
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) close();
    };
    const leave = (event: KeyboardEvent): void => {
      if (event.key === "Escape") close();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    document.addEventListener("keydown", leave);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
      document.removeEventListener("keydown", leave);
    };
  });
}
