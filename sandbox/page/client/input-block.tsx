import { useId } from "react";
import type { Block, FormValues, Option } from "../wire.ts";
import type { ElementSpec, PlainText, Press } from "./elements/element-spec.ts";
import { Field } from "./elements/field.tsx";
import { type FieldValue, nameOfField } from "./elements/form-values.ts";

export interface InputBlockProps {
  block: Block;
  error: string | undefined;
  values: FormValues;
  change(name: string, value: FieldValue): void;
  /** Tells the app at once, where a choice is to be told before the form is sent. */
  press: Press;
  suggest(actionId: string, query: string): Promise<Option[]>;
}

/** A labelled field of a modal, with its hint or what is wrong with it. */
export function InputBlock({ block, error, values, change, press, suggest }: InputBlockProps) {
  const note = useId();
  const element = block.element as ElementSpec;
  const name = nameOfField(block, element.action_id);
  const label = (block.label as PlainText | undefined)?.text ?? "";
  const hint = (block.hint as PlainText | undefined)?.text;
  return (
    <div className={error ? "input-block wrong" : "input-block"} data-block={block.block_id}>
      <p className="input-label">
        {label}
        {block.optional === true && <span> (optional)</span>}
      </p>
      <Field
        element={element}
        value={values[name] ?? null}
        label={label}
        describedBy={error || hint ? note : undefined}
        onChange={(value) => {
          change(name, value);
          if (tells(block, element))
            void press(element.action_id, block.block_id, value ?? undefined);
        }}
        suggest={suggest}
      />
      {error ? (
        <p className="field-error" id={note} role="alert">
          {error}
        </p>
      ) : (
        hint && (
          <p className="field-hint" id={note}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** A text is told of with Enter or letter by letter; no form of ours asks for either. */
function tells(block: Block, { type }: ElementSpec): boolean {
  return block.dispatch_action === true && type !== "plain_text_input";
}
