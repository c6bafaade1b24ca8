import type { Option } from "../../wire.ts";
import { useSeen } from "../stage-context.ts";
import { Choices } from "./choices.tsx";
import type { ElementSpec } from "./element-spec.ts";
import { type FieldValue, isMany } from "./form-values.ts";
import { Selection } from "./selection.tsx";
import { TypeAhead } from "./type-ahead.tsx";

export interface FieldProps {
  element: ElementSpec;
  value: FieldValue;
  /** For assistive technology, and where no label is drawn. */
  label: string;
  /** Id of the element that describes an error or gives a hint. */
  describedBy?: string | undefined;
  onChange(value: FieldValue): void;
  /** Where suggestions come from; only in a modal. */
  suggest?: (actionId: string, query: string) => Promise<Option[]>;
}

/** One field of a form, by its Block Kit type. */
export function Field(props: FieldProps) {
  const { element } = props;
  const people = usePeople();
  const channels = useChannels();
  switch (element.type) {
    case "plain_text_input":
    case "email_text_input":
    case "url_text_input":
    case "number_input":
      return <TextInput {...props} />;
    case "timepicker":
      return <TextInput {...props} type="time" />;
    case "datepicker":
      return <TextInput {...props} type="date" />;
    case "radio_buttons":
    case "checkboxes":
      return <Choices {...props} />;
    case "external_select":
    case "multi_external_select":
      return <TypeAhead {...props} />;
    case "static_select":
      return <Selection {...props} groups={optionGroups(element)} />;
    case "users_select":
      return <Selection {...props} groups={[{ label: "", options: people }]} />;
    case "channels_select":
    case "conversations_select":
      return <Selection {...props} groups={[{ label: "", options: channels }]} />;
    default:
      return isMany(element) ? (
        <Several
          {...props}
          options={[...(element.options ?? []), ...listed(element, people, channels)]}
        />
      ) : (
        <p className="warning">This page cannot draw a {element.type}.</p>
      );
  }
}

/** Several choices from a list that is known: all of it is offered before anything is typed. */
function Several({ options, ...props }: FieldProps & { options: Option[] }) {
  const element = { min_query_length: 0, ...props.element, options };
  return <TypeAhead {...props} element={element} suggest={amongst(options)} />;
}

const inputTypes: Record<string, string> = {
  email_text_input: "email",
  url_text_input: "url",
  number_input: "number",
};

function TextInput({
  element,
  value,
  label,
  describedBy,
  onChange,
  type,
}: FieldProps & { type?: string }) {
  const shared = {
    className: "text-field",
    "data-action": element.action_id,
    "aria-label": label,
    "aria-describedby": describedBy,
    value: typeof value === "string" ? value : "",
    placeholder: element.placeholder?.text,
    maxLength: element.max_length,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value || null),
  };
  if (element.multiline) return <textarea rows={3} {...shared} />;
  return <input type={type ?? inputTypes[element.type] ?? "text"} {...shared} />;
}

function usePeople(): Option[] {
  return useSeen().people.map(({ id, realName }) => ({
    value: id,
    text: { type: "plain_text", text: realName },
  }));
}

function useChannels(): Option[] {
  return useSeen()
    .channels.filter(({ kind }) => kind !== "direct")
    .map(({ id, name }) => ({ value: id, text: { type: "plain_text", text: `# ${name}` } }));
}

const listed = ({ type }: ElementSpec, people: Option[], channels: Option[]): Option[] =>
  type === "multi_users_select" ? people : type === "multi_static_select" ? [] : channels;

function optionGroups({ options, option_groups: groups }: ElementSpec) {
  return (
    groups?.map(({ label, options }) => ({ label: label.text, options })) ?? [
      { label: "", options: options ?? [] },
    ]
  );
}

const amongst = (options: Option[]) => async (_: string, query: string) =>
  options.filter(({ text }) => text.text.toLowerCase().includes(query.toLowerCase()));
