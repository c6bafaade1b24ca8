import { describe, expect, it } from "vitest";
import { problemsInMessage, problemsInView } from "../../sandbox/slack/block-kit/limits.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const mrkdwn = (text: string) => ({ type: "mrkdwn", text });
const section = (text: string) => ({ type: "section", text: mrkdwn(text) });
const button = (extra: object = {}) => ({
  type: "button",
  text: plain("Go"),
  action_id: "go",
  ...extra,
});
const actions = (...elements: object[]) => ({ type: "actions", elements });
const option = (value: string) => ({ text: plain(value), value });
const menu = (extra: object = {}) => ({
  type: "static_select",
  action_id: "pick",
  options: [option("a")],
  ...extra,
});
const input = (element: object, extra: object = {}) => ({
  type: "input",
  label: plain("Name"),
  element,
  ...extra,
});
const times = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => make(index));
const long = (length: number) => "x".repeat(length);
const confirm = {
  title: plain("Sure?"),
  text: plain("Really"),
  confirm: plain("Yes"),
  deny: plain("No"),
};

const fine: [string, unknown[]][] = [
  [
    "a card of header, fields, actions and context",
    [
      { type: "header", text: plain("Paused") },
      {
        type: "section",
        fields: [mrkdwn("*Who*"), mrkdwn("Ana")],
        accessory: button({ style: "danger", confirm }),
      },
      actions(button(), button({ action_id: "other", value: long(2000) })),
      { type: "divider" },
      {
        type: "context",
        elements: [
          mrkdwn("10:42"),
          { type: "image", image_url: "https://a.b/c.png", alt_text: "" },
        ],
      },
    ],
  ],
  [
    "rich text",
    [
      {
        type: "rich_text",
        elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "hi" }] }],
      },
    ],
  ],
  ["a table", [{ type: "table", rows: [[{ type: "raw_text", text: "a" }]] }]],
  [
    "an overflow menu and a select",
    [actions(menu(), { type: "overflow", action_id: "more", options: [option("a")] })],
  ],
  ["50 blocks", times(50, () => ({ type: "divider" }))],
];

const wrong: [string, unknown[], string][] = [
  ["51 blocks", times(51, () => ({ type: "divider" })), "no more than 50 items"],
  ["an unknown block", [{ type: "poem" }], "unsupported type: poem"],
  ["a section of nothing", [{ type: "section" }], "either `text` or `fields`"],
  ["an empty text", [section("")], "more than 0 characters"],
  ["a section text of 3001", [section(long(3001))], "less than 3001"],
  [
    "11 fields",
    [{ type: "section", fields: times(11, () => mrkdwn("x")) }],
    "no more than 10 items",
  ],
  ["a field of 2001", [{ type: "section", fields: [mrkdwn(long(2001))] }], "less than 2001"],
  ["a header of 151", [{ type: "header", text: plain(long(151)) }], "less than 151"],
  ["a mrkdwn header", [{ type: "header", text: mrkdwn("x") }], "not one of plain_text"],
  [
    "26 buttons",
    [actions(...times(26, (index) => button({ action_id: `a${index}` })))],
    "no more than 25 items",
  ],
  ["no buttons", [actions()], "no fewer than 1 items"],
  [
    "11 context elements",
    [{ type: "context", elements: times(11, () => mrkdwn("x")) }],
    "no more than 10 items",
  ],
  ["a button label of 76", [actions(button({ text: plain(long(76)) }))], "less than 76"],
  ["a button value of 2001", [actions(button({ value: long(2001) }))], "less than 2001"],
  ["a green button", [actions(button({ style: "success" }))], "not one of primary, danger"],
  [
    "a button with a field Slack does not know",
    [actions(button({ colour: "red" }))],
    "additional property: colour",
  ],
  [
    "the same action_id twice in a block",
    [actions(button(), button())],
    "`action_id` must be unique: go",
  ],
  [
    "the same block_id twice",
    times(2, () => ({ type: "divider", block_id: "b" })),
    "`block_id` must be unique: b",
  ],
  ["a block_id of 256", [{ type: "divider", block_id: long(256) }], "less than 256"],
  [
    "six overflow options",
    [actions({ type: "overflow", action_id: "o", options: times(6, String).map(option) })],
    "no more than 5 items",
  ],
  [
    "101 options",
    [actions(menu({ options: times(101, String).map(option) }))],
    "no more than 100 items",
  ],
  [
    "options and groups at once",
    [actions(menu({ option_groups: [] }))],
    "either `options` or `option_groups`",
  ],
  [
    "an initial option that is not offered",
    [actions(menu({ initial_option: option("z") }))],
    "must be one of the options",
  ],
  [
    "an option text of 76",
    [actions(menu({ options: [{ text: plain(long(76)), value: "a" }] }))],
    "less than 76",
  ],
  [
    "11 check boxes",
    [actions({ type: "checkboxes", action_id: "c", options: times(11, String).map(option) })],
    "no more than 10 items",
  ],
  [
    "a confirmation text of 301",
    [actions(button({ confirm: { ...confirm, text: plain(long(301)) } }))],
    "less than 301",
  ],
  [
    "an image without alt text",
    [{ type: "image", image_url: "https://a.b/c.png" }],
    "missing required field: alt_text",
  ],
  ["an alert outside a modal", [{ type: "alert", text: plain("x") }], "unsupported type: alert"],
  [
    "an e-mail field outside a modal",
    [input({ type: "email_text_input", action_id: "e" })],
    "unsupported type: email_text_input",
  ],
  [
    "a text field among buttons",
    [actions({ type: "plain_text_input", action_id: "t" })],
    "unsupported type: plain_text_input",
  ],
  [
    "two tables",
    times(2, () => ({ type: "table", rows: [[{ type: "raw_text", text: "a" }]] })),
    "no more than 1 table",
  ],
  [
    "12001 characters of markdown",
    times(2, () => ({ type: "markdown", text: long(6001) })),
    "less than 12001",
  ],
];

describe("Block Kit's rules for messages", () => {
  it.each(fine)("allow %s", (_, blocks) => {
    expect(problemsInMessage(blocks)).toEqual([]);
  });
  it.each(wrong)("refuse %s", (_, blocks, reason) => {
    expect(problemsInMessage(blocks).join("\n")).toContain(reason);
  });
});

describe("Block Kit's rules for views", () => {
  const modal = (extra: object = {}) => ({
    type: "modal",
    title: plain("Pause"),
    blocks: [section("x")],
    ...extra,
  });
  const text = { type: "plain_text_input", action_id: "t" };
  const problems = (extra: object) => problemsInView(modal(extra)).join("\n");

  it("allow a modal with inputs and a submit button", () => {
    const blocks = [
      input(text),
      input({ type: "number_input", action_id: "n", is_decimal_allowed: false }),
      { type: "alert", text: plain("!") },
    ];
    expect(problems({ submit: plain("Pause"), close: plain("Cancel"), blocks })).toBe("");
  });
  it("allow a home view without a title", () => {
    expect(problemsInView({ type: "home", blocks: [section("x")] })).toEqual([]);
  });
  it("want a submit button where there are inputs", () => {
    expect(problems({ blocks: [input(text)] })).toContain("missing required field: submit");
  });
  it("keep title, submit and close within 24 characters", () => {
    for (const part of ["title", "submit", "close"])
      expect(problems({ [part]: plain(long(25)) })).toContain(
        `less than 25 characters [json-pointer:/view/${part}/text]`,
      );
  });
  it("keep private_metadata within 3000 and the callback id within 255 characters", () => {
    expect(problems({ private_metadata: long(3001) })).toContain("less than 3001");
    expect(problems({ callback_id: long(256) })).toContain("less than 256");
  });
  it("keep a view within 100 blocks and labels within 2000 characters", () => {
    expect(problems({ blocks: times(101, () => ({ type: "divider" })) })).toContain(
      "no more than 100 items",
    );
    const blocks = [{ ...input(text), label: plain(long(2001)) }];
    expect(problems({ submit: plain("Go"), blocks })).toContain("less than 2001");
  });
  it("have no tables and no modal-only fields on the home view", () => {
    const blocks = [
      { type: "markdown", text: "x" },
      input({ type: "email_text_input", action_id: "e" }),
    ];
    expect(problemsInView({ type: "home", blocks }).join()).toMatch(/markdown.*email_text_input/);
  });
});
