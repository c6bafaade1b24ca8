import {
  anything,
  byType,
  type Check,
  fields,
  flag,
  isFields,
  list,
  number,
  oneOf,
  problem,
  string,
} from "./check.ts";
import { anyText, blockId, image, imageHasSource, plainText, url } from "./composition.ts";
import { allowedIn, contextElements, elements, imageElement, surfacesOf } from "./elements.ts";

const block = { type: anything, "block_id?": blockId };

function elementsOf(place: keyof typeof allowedIn): Record<string, Check> {
  return Object.fromEntries(allowedIn[place].map((type) => [type, onItsSurface(type)]));
}

function onItsSurface(type: string): Check {
  return (value, at, report) => {
    const surfaces = surfacesOf[type];
    if (surfaces && !surfaces.includes(report.surface))
      problem(report, at, `unsupported type: ${type}`);
    elements[type]?.(value, at, report);
  };
}

const textOrFields: Check = (value, at, report) => {
  if (isFields(value) && value.text === undefined && value.fields === undefined)
    problem(report, at, "must define either `text` or `fields`");
};

const richPart = fields({
  type: oneOf("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"),
  elements: list(anything, { min: 1 }),
  "style?": anything,
  "indent?": number(0, 8),
  "offset?": number(0),
  "border?": number(0, 1),
  "language?": string(),
});
const richText = fields({ ...block, elements: list(richPart, { min: 1 }) });
const cell = byType({
  raw_text: fields({ type: anything, text: string({ min: 1 }) }),
  raw_number: anything,
  rich_text: richText,
});

/** Every layout block, its fields and limits: https://docs.slack.dev/reference/block-kit/blocks */
export const blocks: Record<string, Check> = {
  section: fields(
    {
      ...block,
      "text?": anyText(3000),
      "fields?": list(anyText(2000), { min: 1, max: 10 }),
      "accessory?": byType({ ...elementsOf("section"), image: imageElement }),
      "expand?": flag,
    },
    textOrFields,
  ),
  header: fields({ ...block, text: plainText(150) }),
  divider: fields(block),
  image: fields({ ...block, ...image, "title?": plainText(2000) }, imageHasSource),
  context: fields({ ...block, elements: list(byType(contextElements), { min: 1, max: 10 }) }),
  actions: fields({ ...block, elements: list(byType(elementsOf("actions")), { min: 1, max: 25 }) }),
  context_actions: fields({
    ...block,
    elements: list(byType(elementsOf("context_actions")), { min: 1, max: 5 }),
  }),
  input: fields({
    ...block,
    label: plainText(2000),
    element: byType(elementsOf("input")),
    "hint?": plainText(2000),
    "optional?": flag,
    "dispatch_action?": flag,
  }),
  rich_text: richText,
  markdown: fields({ ...block, text: string({ min: 1, max: 12_000 }) }),
  table: fields({
    ...block,
    rows: list(list(cell, { min: 1, max: 20 }), { min: 1, max: 100 }),
    "column_settings?": list(anything, { max: 20 }),
  }),
  video: fields({
    ...block,
    alt_text: string(),
    title: plainText(199),
    thumbnail_url: url,
    video_url: url,
    "title_url?": url,
    "author_name?": string({ max: 49 }),
    "provider_name?": string(),
    "provider_icon_url?": url,
    "description?": plainText(199),
  }),
  alert: fields({
    ...block,
    text: anyText(200),
    "level?": oneOf("default", "info", "warning", "error", "success"),
  }),
  card: anything,
  carousel: anything,
  container: anything,
  data_table: anything,
  data_visualization: anything,
  plan: anything,
  task_card: anything,
};

/** Blocks that not every surface shows; the others are at home everywhere. */
export const blockSurfaces: Record<string, readonly string[]> = {
  alert: ["modal"],
  card: ["message", "home"],
  carousel: ["message", "home"],
  container: ["message", "home"],
  context_actions: ["message"],
  data_table: ["message", "home"],
  data_visualization: ["message", "home"],
  markdown: ["message"],
  plan: ["message"],
  table: ["message", "home"],
  task_card: ["message"],
};
