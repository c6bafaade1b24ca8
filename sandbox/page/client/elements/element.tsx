import { useState } from "react";
import type { ElementSpec, Press } from "./element-spec.ts";
import { Field } from "./field.tsx";
import { initialOf } from "./form-values.ts";
import { OverflowMenu } from "./overflow-menu.tsx";
import { PressButton } from "./press-button.tsx";

export interface InteractiveElementProps {
  element: ElementSpec;
  blockId: string | undefined;
  press: Press;
}

/** An element in a message or beside a section: every use of it is told at once. */
export function InteractiveElement({ element, blockId, press }: InteractiveElementProps) {
  const tell = (selected?: string | string[]) => press(element.action_id, blockId, selected);
  if (element.type === "button") return <PressButton element={element} press={tell} />;
  if (element.type === "overflow") return <OverflowMenu element={element} press={tell} />;
  return <ChosenAtOnce element={element} press={tell} />;
}

interface ChosenAtOnceProps {
  element: ElementSpec;
  press(selected?: string | string[]): Promise<unknown>;
}

function ChosenAtOnce({ element, press }: ChosenAtOnceProps) {
  const [value, setValue] = useState(initialOf(element, ""));
  return (
    <Field
      element={element}
      value={value}
      label={element.placeholder?.text ?? "Choose"}
      onChange={(next) => {
        setValue(next);
        void press(next ?? undefined);
      }}
    />
  );
}
