import {
  anything,
  byType,
  type Check,
  fields,
  flag,
  isFields,
  list,
  oneOf,
  problem,
  string,
} from "./check.ts";

/** The objects that blocks and elements are made of, with Slack's limits. */

export function plainText(max: number, min = 1): Check {
  return fields({ type: oneOf("plain_text"), text: string({ max, min }), "emoji?": flag });
}

export function anyText(max: number): Check {
  return byType({
    plain_text: plainText(max),
    mrkdwn: fields({ type: anything, text: string({ max, min: 1 }), "verbatim?": flag }),
  });
}

export const actionId = string({ max: 255, min: 1 });
export const blockId = string({ max: 255 });
export const url = string({ max: 3000, like: /^[a-z][a-z0-9+.-]*:/i });

export const confirm = fields({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  "style?": oneOf("primary", "danger"),
});

/** Check boxes and radio buttons may be mrkdwn; menus may not. */
function option(text: Check): Check {
  return fields({
    text,
    value: string({ max: 150 }),
    "description?": text,
    "url?": url,
  });
}

export const menuOption = option(plainText(75));
export const boxOption = option(anyText(75));

const optionGroup = fields({
  label: plainText(75),
  options: list(menuOption, { min: 1, max: 100 }),
});

export const menu: Record<string, Check> = {
  "options?": list(menuOption, { min: 1, max: 100 }),
  "option_groups?": list(optionGroup, { min: 1, max: 100 }),
};

export const eitherOptionsOrGroups: Check = (value, at, report) => {
  if (!isFields(value)) return;
  if ((value.options === undefined) === (value.option_groups === undefined))
    problem(report, at, "must define either `options` or `option_groups`");
};

/** What is chosen at first must be one of the options. */
export const initialIsOffered: Check = (value, at, report) => {
  if (!isFields(value)) return;
  const initial = [value.initial_option, value.initial_options].flat().filter(isFields);
  const groups = Array.isArray(value.option_groups) ? value.option_groups : [];
  const offered = [value.options, ...groups.map((group) => isFields(group) && group.options)]
    .flat()
    .filter(isFields)
    .map(identity);
  for (const one of initial)
    if (!offered.includes(identity(one)))
      problem(report, at, "initial option must be one of the options");
};

function identity(option: Record<string, unknown>): string {
  const text = isFields(option.text) ? option.text.text : "";
  return JSON.stringify([option.value, text]);
}

export const image = {
  alt_text: string({ max: 2000 }),
  "image_url?": url,
  "slack_file?": fields({ "id?": string(), "url?": string() }),
};

export const imageHasSource: Check = (value, at, report) => {
  if (isFields(value) && value.image_url === undefined && value.slack_file === undefined)
    problem(report, at, "must define either `image_url` or `slack_file`");
};
