import { useState } from "react";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import type { ElementSpec } from "./element-spec.ts";

export interface PressButtonProps {
  element: ElementSpec;
  press(): Promise<unknown>;
}

export function PressButton({ element, press }: PressButtonProps) {
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const run = async (): Promise<void> => {
    setAsking(false);
    setBusy(true);
    await press().finally(() => setBusy(false));
  };
  return (
    <>
      <button
        type="button"
        className={`slack-button ${element.style ?? ""}`}
        data-action={element.action_id}
        aria-description={element.accessibility_label}
        aria-busy={busy}
        onClick={() => (element.confirm ? setAsking(true) : void run())}
      >
        {element.text?.text}
      </button>
      {asking && element.confirm && (
        <ConfirmDialog spec={element.confirm} yes={() => void run()} no={() => setAsking(false)} />
      )}
    </>
  );
}
