import { z } from "zod";

/**
 * Slack's Block Kit limits as a schema, for the portable blocks this bot builds. Strict: an unknown
 * block, element or key is a fault. https://docs.slack.dev/reference/block-kit
 */
const textOf = (most: number) => z.string().min(1).max(most);
const plain = (most: number) =>
  z.strictObject({
    type: z.literal("plain_text"),
    text: textOf(most),
    emoji: z.boolean().optional(),
  });
const mrkdwn = (most: number) =>
  z.strictObject({ type: z.literal("mrkdwn"), text: textOf(most), verbatim: z.literal(true) });
const text = (most: number) => z.discriminatedUnion("type", [plain(most), mrkdwn(most)]);

const actionId = textOf(255);
const blockId = { block_id: textOf(255).optional() };
const confirm = z.strictObject({
  title: plain(100),
  text: text(300),
  confirm: plain(30),
  deny: plain(30),
  style: z.enum(["primary", "danger"]).optional(),
});
const option = z.strictObject({
  text: plain(75),
  value: textOf(75),
  description: plain(75).optional(),
});

const button = z.strictObject({
  type: z.literal("button"),
  text: plain(75),
  action_id: actionId,
  value: textOf(2000),
  style: z.enum(["primary", "danger"]).optional(),
  accessibility_label: textOf(75).optional(),
  confirm: confirm.optional(),
});
const overflow = z.strictObject({
  type: z.literal("overflow"),
  action_id: actionId,
  options: z.array(option).min(1).max(5),
});
const radioButtons = z.strictObject({
  type: z.literal("radio_buttons"),
  action_id: actionId,
  options: z.array(option).min(1).max(10),
  initial_option: option.optional(),
});
const staticSelect = z.strictObject({
  type: z.literal("static_select"),
  action_id: actionId,
  options: z.array(option).min(1).max(100),
  initial_option: option.optional(),
  placeholder: plain(150).optional(),
});
const multiExternalSelect = z.strictObject({
  type: z.literal("multi_external_select"),
  action_id: actionId,
  min_query_length: z.int().min(0).optional(),
  max_selected_items: z.int().min(1).optional(),
  focus_on_load: z.boolean().optional(),
  placeholder: plain(150).optional(),
});
const checkboxes = z.strictObject({
  type: z.literal("checkboxes"),
  action_id: actionId,
  options: z.array(option).min(1).max(10),
  initial_options: z.array(option).min(1).max(10).optional(),
});
const usersSelect = z.strictObject({
  type: z.literal("users_select"),
  action_id: actionId,
  initial_user: z.string().optional(),
});
const multiUsersSelect = z.strictObject({
  type: z.literal("multi_users_select"),
  action_id: actionId,
  initial_users: z.array(z.string()).min(1).optional(),
});
const conversationsSelect = z.strictObject({
  type: z.literal("conversations_select"),
  action_id: actionId,
  initial_conversation: z.string().optional(),
  placeholder: plain(150).optional(),
  filter: z
    .strictObject({
      include: z.array(z.enum(["im", "mpim", "private", "public"])).min(1),
      exclude_bot_users: z.boolean(),
    })
    .optional(),
});
const timepicker = z.strictObject({
  type: z.literal("timepicker"),
  action_id: actionId,
  initial_time: z
    .string()
    .regex(/^\d\d:\d\d$/)
    .optional(),
});
const plainTextInput = z.strictObject({
  type: z.literal("plain_text_input"),
  action_id: actionId,
  max_length: z.int().min(1).max(3000).optional(),
  multiline: z.boolean().optional(),
  focus_on_load: z.boolean().optional(),
  initial_value: z.string().max(3000).optional(),
  placeholder: plain(150).optional(),
});

const header = z.strictObject({ type: z.literal("header"), text: plain(150), ...blockId });
const divider = z.strictObject({ type: z.literal("divider"), ...blockId });
const section = z
  .strictObject({
    type: z.literal("section"),
    text: text(3000).optional(),
    fields: z.array(text(2000)).min(1).max(10).optional(),
    accessory: z.discriminatedUnion("type", [button, overflow]).optional(),
    ...blockId,
  })
  .refine((one) => one.text !== undefined || one.fields !== undefined, "needs text or fields");
const context = z.strictObject({
  type: z.literal("context"),
  elements: z.array(text(3000)).min(1).max(10),
  ...blockId,
});
const actions = z.strictObject({
  type: z.literal("actions"),
  elements: z
    .array(z.discriminatedUnion("type", [button, overflow]))
    .min(1)
    .max(25),
  ...blockId,
});
const input = z.strictObject({
  type: z.literal("input"),
  label: plain(2000),
  hint: plain(2000).optional(),
  optional: z.boolean(),
  dispatch_action: z.literal(true).optional(),
  element: z.discriminatedUnion("type", [
    radioButtons,
    staticSelect,
    multiExternalSelect,
    conversationsSelect,
    timepicker,
    plainTextInput,
    checkboxes,
    usersSelect,
    multiUsersSelect,
  ]),
  ...blockId,
});

const messageBlock = z.union([header, divider, section, context, actions]);
const message = z.strictObject({
  text: textOf(4000),
  blocks: z.array(messageBlock).min(1).max(50),
});
const modal = z
  .strictObject({
    type: z.literal("modal"),
    callback_id: textOf(255),
    title: plain(24),
    submit: plain(24).optional(),
    close: plain(24).optional(),
    private_metadata: z.string().max(3000).optional(),
    blocks: z
      .array(z.union([messageBlock, input]))
      .min(1)
      .max(100),
  })
  .refine(
    (view) => view.submit !== undefined || !view.blocks.some((block) => block.type === "input"),
    "needs submit",
  );

/** Everything Slack would refuse a message for, in words; empty when it is fine. */
export function messageFaults(candidate: unknown): string[] {
  const { blocks } = z.looseObject({ blocks: z.unknown() }).parse(candidate);
  const size = JSON.stringify(blocks).length > 13_000 ? ["blocks longer than 13,000 in all"] : [];
  return [...faultsOf(message, candidate), ...wholeFaults(candidate), ...size];
}

export function modalFaults(candidate: unknown): string[] {
  return [...faultsOf(modal, candidate), ...wholeFaults(candidate)];
}

function faultsOf(schema: z.ZodType, candidate: unknown): string[] {
  const read = schema.safeParse(candidate);
  return read.success ? [] : [z.prettifyError(read.error)];
}

/** What only shows in the whole: ids that come twice, more than one primary button. */
function wholeFaults(candidate: unknown): string[] {
  const twice = [...repeated(valuesOf(candidate, "block_id")), ...repeated(actionIdsIn(candidate))];
  const primaries = valuesOf(candidate, "style").filter((style) => style === "primary").length;
  return [
    ...twice.map((id) => `${id} comes twice`),
    ...(primaries > 1 ? [`${primaries} primary buttons`] : []),
  ];
}

/** An input's action id only has to be unique within its own block. */
function actionIdsIn(candidate: unknown): string[] {
  const { blocks } = z
    .looseObject({ blocks: z.array(z.looseObject({ type: z.string() })) })
    .parse(candidate);
  return valuesOf(
    blocks.filter(({ type }) => type !== "input"),
    "action_id",
  );
}

function repeated(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
}

/** Every string under this key, however deep. */
export function valuesOf(thing: unknown, key: string): string[] {
  if (Array.isArray(thing)) return thing.flatMap((one) => valuesOf(one, key));
  if (typeof thing !== "object" || thing === null) return [];
  return Object.entries(thing).flatMap(([name, value]) =>
    name === key && typeof value === "string" ? [value] : valuesOf(value, key),
  );
}
