import { z } from "zod";

const text = z.object({ type: z.string(), text: z.string() });
const drawable = z.object({
  text: z.string().optional(),
  title: text.optional(),
  submit: text.optional(),
  private_metadata: z.string().optional(),
  blocks: z.array(z.looseObject({ type: z.string() })),
});

/** A message or a modal as plain text, so that a snapshot reads like the screen. */
export function drawn(thing: unknown): string {
  const {
    text: fallback,
    title,
    submit,
    private_metadata: metadata,
    blocks,
  } = drawable.parse(thing);
  const lines = [
    ...(fallback === undefined ? [] : [`(${fallback})`]),
    ...(title ? [`== ${title.text} ==`] : []),
    ...blocks.map(drawnBlock),
    ...(submit ? [`[[${submit.text}]]`] : []),
    ...(metadata === undefined ? [] : [`(keeps ${metadata})`]),
  ];
  return `${lines.join("\n")}\n`;
}

function drawnBlock(block: Record<string, unknown>): string {
  switch (block.type) {
    case "header":
      return `# ${words(block.text)}`;
    case "divider":
      return "---";
    case "context":
      return `  ~ ${list(block.elements).map(words).join(" | ")}`;
    case "actions":
      return list(block.elements).map(drawnElement).join(" ");
    case "input":
      return drawnInput(block);
    default:
      return drawnSection(block);
  }
}

function drawnSection(block: Record<string, unknown>): string {
  const fields = list(block.fields).map((field) => `| ${words(field).replace("\n", ": ")}`);
  const own = block.text ? [words(block.text)] : [];
  const accessory = block.accessory ? [drawnElement(block.accessory)] : [];
  return [...own, ...fields, ...accessory].join("\n");
}

function drawnInput(block: Record<string, unknown>): string {
  const hint = block.hint ? ` (${words(block.hint)})` : "";
  const needed = block.optional === true ? "" : " *";
  return `${words(block.label)}${needed}${hint}\n  ${drawnElement(block.element)}`;
}

const element = z.looseObject({
  type: z.string(),
  action_id: z.string(),
  value: z.string().optional(),
  style: z.string().optional(),
  text: text.optional(),
  options: z.array(z.object({ text, value: z.string() })).optional(),
  initial_option: z.object({ value: z.string() }).optional(),
  initial_options: z.array(z.object({ value: z.string() })).optional(),
  initial_users: z.array(z.string()).optional(),
  initial_value: z.string().optional(),
  initial_conversation: z.string().optional(),
  initial_time: z.string().optional(),
  placeholder: text.optional(),
  confirm: z.object({ title: text, text, confirm: text, deny: text }).optional(),
});

function drawnElement(thing: unknown): string {
  const it = element.parse(thing);
  if (it.type === "button") {
    const style = it.style ? ` ${it.style}` : "";
    const asks = it.confirm
      ? ` asks “${it.confirm.title.text} ${it.confirm.text.text}” ${it.confirm.confirm.text}/${it.confirm.deny.text}`
      : "";
    return `[${it.text?.text}](${it.action_id} ${it.value}${style}${asks})`;
  }
  const initial =
    it.initial_option?.value ??
    it.initial_value ??
    it.initial_conversation ??
    it.initial_time ??
    it.initial_users?.join(", ");
  const chosen = [initial, ...(it.initial_options ?? []).map(({ value }) => value)];
  const options = (it.options ?? []).map(
    (one) => `${chosen.includes(one.value) ? "(•)" : "( )"} ${one.text.text}`,
  );
  const shown =
    options.length > 0 ? options.join("  ") : `____ ${initial ?? it.placeholder?.text ?? ""}`;
  return `${it.type}: ${shown}`;
}

function words(thing: unknown): string {
  return text.parse(thing).text;
}

function list(thing: unknown): unknown[] {
  return Array.isArray(thing) ? thing : [];
}
