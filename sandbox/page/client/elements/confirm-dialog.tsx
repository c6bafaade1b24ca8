import { Dialog } from "../dialog.tsx";
import { StillBlock } from "../still-block.tsx";
import type { ConfirmSpec } from "./element-spec.ts";

export interface ConfirmDialogProps {
  spec: ConfirmSpec;
  yes(): void;
  no(): void;
}

export function ConfirmDialog({ spec, yes, no }: ConfirmDialogProps) {
  return (
    <Dialog title={spec.title.text} close={no} small>
      <div className="modal-body">
        <StillBlock block={{ type: "section", text: spec.text }} />
      </div>
      <footer className="modal-foot">
        <button type="button" className="slack-button" onClick={no}>
          {spec.deny.text}
        </button>
        <button
          type="button"
          data-main
          className={`slack-button ${spec.style ?? "primary"}`}
          onClick={yes}
        >
          {spec.confirm.text}
        </button>
      </footer>
    </Dialog>
  );
}
