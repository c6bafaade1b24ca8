import type { Option } from "../../wire.ts";
import type { FieldProps } from "./field.tsx";

export interface SelectionProps extends FieldProps {
  /** A group without a label is not drawn as one. */
  groups: { label: string; options: Option[] }[];
}

/** A choice of one from a list that is known. */
export function Selection({
  element,
  value,
  label,
  describedBy,
  onChange,
  groups,
}: SelectionProps) {
  const entry = ({ value, text }: Option) => (
    <option key={value ?? text.text} value={value}>
      {text.text}
    </option>
  );
  return (
    <select
      className="select-field"
      data-action={element.action_id}
      aria-label={label}
      aria-describedby={describedBy}
      value={typeof value === "string" ? value : ""}
      onChange={({ target }) => onChange(target.value || null)}
    >
      <option value="">{element.placeholder?.text ?? "Choose one"}</option>
      {groups.map((group) =>
        group.label ? (
          <optgroup key={group.label} label={group.label}>
            {group.options.map(entry)}
          </optgroup>
        ) : (
          group.options.map(entry)
        ),
      )}
    </select>
  );
}
