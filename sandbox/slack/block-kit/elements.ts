import { anything, type Check, fields, flag, list, number, oneOf, string } from "./check.ts";
import {
  actionId,
  anyText,
  boxOption,
  confirm,
  eitherOptionsOrGroups,
  image,
  imageHasSource,
  initialIsOffered,
  menu,
  menuOption,
  plainText,
  url,
} from "./composition.ts";

const element = { type: anything, "action_id?": actionId };
const focusable = { "focus_on_load?": flag };
const placeholder = { "placeholder?": plainText(150) };
const select = { ...element, ...focusable, ...placeholder, "confirm?": confirm };
const many = { "max_selected_items?": number(1) };
const typing = { ...element, ...focusable, ...placeholder, "dispatch_action_config?": anything };
const date = string({ like: /^\d{4}-\d{2}-\d{2}$/ });
const ids = list(string({ min: 1 }));
const conversations = { "default_to_current_conversation?": flag, "filter?": anything };
const reply = { "response_url_enabled?": flag };

const both: Check = (value, at, report) => {
  eitherOptionsOrGroups(value, at, report);
  initialIsOffered(value, at, report);
};

/** Every interactive element, its fields and limits: https://docs.slack.dev/reference/block-kit/block-elements */
export const elements: Record<string, Check> = {
  button: fields({
    ...element,
    text: plainText(75),
    "value?": string({ max: 2000 }),
    "url?": url,
    "style?": oneOf("primary", "danger"),
    "accessibility_label?": string({ max: 75 }),
    "confirm?": confirm,
  }),
  overflow: fields({
    ...element,
    options: list(menuOption, { min: 1, max: 5 }),
    "confirm?": confirm,
  }),
  checkboxes: fields(
    {
      ...element,
      ...focusable,
      options: list(boxOption, { min: 1, max: 10 }),
      "initial_options?": list(boxOption, { min: 1 }),
      "confirm?": confirm,
    },
    initialIsOffered,
  ),
  radio_buttons: fields(
    {
      ...element,
      ...focusable,
      options: list(boxOption, { min: 1, max: 10 }),
      "initial_option?": boxOption,
      "confirm?": confirm,
    },
    initialIsOffered,
  ),
  static_select: fields({ ...select, ...menu, "initial_option?": menuOption }, both),
  multi_static_select: fields(
    { ...select, ...menu, ...many, "initial_options?": list(menuOption) },
    both,
  ),
  external_select: fields({
    ...select,
    "initial_option?": menuOption,
    "min_query_length?": number(0),
  }),
  multi_external_select: fields({
    ...select,
    ...many,
    "initial_options?": list(menuOption),
    "min_query_length?": number(0),
  }),
  users_select: fields({ ...select, "initial_user?": string() }),
  multi_users_select: fields({ ...select, ...many, "initial_users?": ids }),
  conversations_select: fields({
    ...select,
    ...conversations,
    ...reply,
    "initial_conversation?": string(),
  }),
  multi_conversations_select: fields({
    ...select,
    ...conversations,
    ...many,
    "initial_conversations?": ids,
  }),
  channels_select: fields({ ...select, ...reply, "initial_channel?": string() }),
  multi_channels_select: fields({ ...select, ...many, "initial_channels?": ids }),
  datepicker: fields({ ...select, "initial_date?": date }),
  timepicker: fields({
    ...select,
    "initial_time?": string({ like: /^\d{2}:\d{2}$/ }),
    "timezone?": string(),
  }),
  datetimepicker: fields({
    ...element,
    ...focusable,
    "initial_date_time?": number(1e9, 9_999_999_999),
    "confirm?": confirm,
  }),
  plain_text_input: fields({
    ...typing,
    "initial_value?": string({ max: 3000 }),
    "multiline?": flag,
    "min_length?": number(0, 3000),
    "max_length?": number(1, 3000),
  }),
  email_text_input: fields({ ...typing, "initial_value?": string() }),
  url_text_input: fields({ ...typing, "initial_value?": string() }),
  number_input: fields({
    ...typing,
    is_decimal_allowed: flag,
    "initial_value?": string(),
    "min_value?": string(),
    "max_value?": string(),
  }),
  rich_text_input: fields({ ...typing, "initial_value?": anything }),
  file_input: fields({ ...element, "filetypes?": list(string()), "max_files?": number(1, 10) }),
  workflow_button: fields({
    ...element,
    text: plainText(75),
    workflow: anything,
    "style?": oneOf("primary", "danger"),
    "accessibility_label?": string({ max: 75 }),
  }),
  feedback_buttons: fields({ ...element, positive_button: anything, negative_button: anything }),
  icon_button: fields({
    ...element,
    icon: string(),
    text: plainText(75),
    "value?": string({ max: 2000 }),
    "confirm?": confirm,
    "accessibility_label?": string({ max: 75 }),
    "visible_to_user_ids?": ids,
  }),
};

export const imageElement = fields({ type: anything, ...image }, imageHasSource);
export const contextElements: Record<string, Check> = {
  image: imageElement,
  plain_text: anyText(3000),
  mrkdwn: anyText(3000),
};

const menus = Object.keys(elements).filter((type) => type.endsWith("_select"));
const pickers = ["datepicker", "timepicker", "datetimepicker"];
const boxes = ["checkboxes", "radio_buttons"];
const buttons = ["button", "workflow_button"];

export const allowedIn = {
  actions: [...buttons, "overflow", ...boxes, ...menus, ...pickers, "rich_text_input"],
  section: [...buttons, "overflow", ...boxes, ...menus, "datepicker", "timepicker"],
  input: [
    ...boxes,
    ...menus,
    ...pickers,
    ...Object.keys(elements).filter((type) => type.endsWith("_input")),
  ],
  context_actions: ["feedback_buttons", "icon_button"],
};

/** Elements that not every surface shows; the others are at home everywhere. */
export const surfacesOf: Record<string, readonly string[]> = {
  datetimepicker: ["message", "modal"],
  email_text_input: ["modal"],
  number_input: ["modal"],
  url_text_input: ["modal"],
  file_input: ["modal"],
  rich_text_input: ["modal", "home"],
  workflow_button: ["message"],
};
