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
  return (
    <Field
      element={element}
      value={initialOf(element, "")}
      label={element.placeholder?.text ?? "Choose"}
      onChange={(value) => void tell(value ?? undefined)}
    />
  );
}
