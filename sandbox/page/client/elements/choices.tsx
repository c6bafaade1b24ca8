import { useId } from "react";
import type { FieldProps } from "./field.tsx";

/** Radio buttons or check boxes. */
export function Choices({ element, value, label, describedBy, onChange }: FieldProps) {
  const name = useId();
  const many = element.type === "checkboxes";
  const chosen = Array.isArray(value) ? value : value ? [value] : [];
  const pick = (one: string, on: boolean): void => {
    if (!many) onChange(one);
    else onChange(on ? [...chosen, one] : chosen.filter((other) => other !== one));
  };
  return (
    <fieldset
      className="choices"
      aria-label={label}
      aria-describedby={describedBy}
      data-action={element.action_id}
    >
      {element.options?.map(({ value: one = "", text, description }) => (
        <label key={one}>
          <input
            type={many ? "checkbox" : "radio"}
            name={name}
            value={one}
            checked={chosen.includes(one)}
            onChange={({ target }) => pick(one, target.checked)}
          />
          <span>
            {text.text}
            {description && <small>{description.text}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
