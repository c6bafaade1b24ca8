import { type ReactNode, useEffect, useId, useRef } from "react";
import { FermataMark } from "./avatar.tsx";

export interface DialogProps {
  title: string;
  close(): void;
  small?: boolean;
  /** Kept, but under another one. */
  covered?: boolean;
  children: ReactNode;
}

/** A modal that keeps the keyboard inside; Escape closes it. */
export function Dialog({ title, close, small = false, covered = false, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = box.current;
    if (!dialog || covered) return;
    dialog.showModal();
    const first = ".modal-body :is(input, select, textarea), .modal-foot [data-main]";
    (dialog.querySelector<HTMLElement>(first) ?? dialog).focus();
    return () => dialog.close();
  }, [covered]);
  return (
    <dialog
      ref={box}
      // biome-ignore lint/a11y/noRedundantRoles: programs that drive this page look for the attribute
      role="dialog"
      aria-labelledby={heading}
      tabIndex={-1}
      className={small ? "modal small" : "modal"}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <header className="modal-head">
        {!small && <FermataMark size={24} />}
        <h2 id={heading}>{title}</h2>
        <button type="button" className="modal-x" aria-label="Close" onClick={close}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
