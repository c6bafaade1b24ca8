import { useEffect, useRef, useState } from "react";
import type { Block, FormValues, Outcome, WireView } from "../wire.ts";
import { act } from "./act.ts";
import { Blocks } from "./blocks.tsx";
import { Dialog } from "./dialog.tsx";
import type { Press } from "./elements/element-spec.ts";
import { type FieldValue, nameOfField, valuesOf } from "./elements/form-values.ts";
import { InputBlock } from "./input-block.tsx";
import { useSeen } from "./stage-context.ts";

/** Slack's stacked modals: the topmost is open, those below keep what was typed. */
export function ModalStack({ channel }: { channel: string }) {
  const { views } = useSeen();
  return views.map((view, at) => (
    <Modal key={view.id} view={view} channel={channel} covered={at < views.length - 1} />
  ));
}

interface ModalProps {
  view: WireView;
  channel: string;
  covered: boolean;
}

function Modal({ view, channel, covered }: ModalProps) {
  const { you } = useSeen();
  const [touched, setTouched] = useState<FormValues>({});
  const [sending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const form = useFaultInSight(view.errors);
  const here = { person: you, viewId: view.id };
  const values = valuesOf(view.blocks, touched, channel);
  const submit = async (): Promise<void> => {
    setSending(true);
    const { shown, errors }: Outcome = await act("submit", { ...here, values }).finally(() =>
      setSending(false),
    );
    setTrouble(errors ? undefined : shown);
  };
  const touch = (name: string, value: FieldValue): void =>
    setTouched((before) => ({ ...before, [name]: value }));
  const press: Press = async (actionId, blockId, selected) => {
    const block = view.blocks.find((one) => one.block_id === blockId);
    const name = (block && nameOfField(block, actionId)) ?? actionId;
    if (selected !== undefined) touch(name, selected);
    const place = { viewId: view.id };
    const { shown } = await act("press", {
      person: you,
      place,
      actionId,
      blockId,
      selected,
      values,
    });
    setTrouble(shown);
  };
  return (
    <Dialog title={view.title} close={() => void act("close", here)} covered={covered}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="modal-body">
          {trouble && (
            <p className="warning" role="alert">
              ⚠️ {trouble}
            </p>
          )}
          {view.blocks.map((block: Block, at) =>
            block.type === "input" ? (
              <InputBlock
                key={block.block_id ?? at}
                block={block}
                error={view.errors[block.block_id ?? ""]}
                values={values}
                change={touch}
                press={press}
                suggest={(actionId, query) => act("suggest", { ...here, actionId, query })}
              />
            ) : (
              <Blocks key={block.block_id ?? at} blocks={[block]} press={press} />
            ),
          )}
        </div>
        <footer className="modal-foot">
          <button type="button" className="slack-button" onClick={() => void act("close", here)}>
            {view.close}
          </button>
          {view.submit && (
            <button
              type="submit"
              className="slack-button primary"
              aria-busy={sending}
              disabled={sending}
            >
              {view.submit}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

/** Scrolls to the first field that is marked as wrong. */
function useFaultInSight(errors: WireView["errors"]) {
  const form = useRef<HTMLFormElement>(null);
  const wrong = Object.entries(errors).join();
  useEffect(() => {
    if (wrong)
      form.current?.querySelector(".input-block.wrong")?.scrollIntoView({ block: "center" });
  }, [wrong]);
  return form;
}
