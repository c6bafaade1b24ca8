import type { Option } from "../../wire.ts";

export interface PlainText {
  text: string;
}

export interface ConfirmSpec {
  title: PlainText;
  text: PlainText & { type: string };
  confirm: PlainText;
  deny: PlainText;
  style?: "primary" | "danger";
}

/** A Block Kit element, as far as this page reads it. */
export interface ElementSpec {
  type: string;
  action_id: string;
  text?: PlainText;
  style?: "primary" | "danger";
  url?: string;
  accessibility_label?: string;
  confirm?: ConfirmSpec;
  placeholder?: PlainText;
  options?: Option[];
  option_groups?: { label: PlainText; options: Option[] }[];
  initial_option?: Option;
  initial_options?: Option[];
  initial_value?: string;
  initial_time?: string;
  initial_date?: string;
  initial_user?: string;
  initial_users?: string[];
  initial_channels?: string[];
  initial_conversations?: string[];
  initial_channel?: string;
  initial_conversation?: string;
  default_to_current_conversation?: boolean;
  multiline?: boolean;
  max_length?: number;
  min_query_length?: number;
}

/** Tells the app what was pressed or chosen. Resolves when the app has answered. */
export type Press = (
  actionId: string,
  blockId?: string,
  selected?: string | string[],
) => Promise<unknown>;
