import { blockSurfaces, blocks } from "./blocks.ts";
import {
  anything,
  byType,
  type Fields,
  fields,
  flag,
  isFields,
  oneOf,
  problem,
  type Report,
  type Surface,
  string,
} from "./check.ts";
import { plainText } from "./composition.ts";

/** What Slack would complain about in the blocks of a message; empty when it would take them. */
export function problemsInMessage(value: readonly unknown[]): string[] {
  const report: Report = { surface: "message", problems: [] };
  checkBlocks(value, "/blocks", report, 50);
  return report.problems;
}

/** The same for a modal or a home view. */
export function problemsInView(view: unknown): string[] {
  const surface: Surface = isFields(view) && view.type === "home" ? "home" : "modal";
  const report: Report = { surface, problems: [] };
  (surface === "home" ? home : modal)(view, "/view", report);
  if (!isFields(view) || !Array.isArray(view.blocks)) return report.problems;
  checkBlocks(view.blocks, "/view/blocks", report, 100);
  const asks = view.blocks.some((block) => isFields(block) && block.type === "input");
  if (surface === "modal" && asks && !view.submit)
    problem(report, "/view", "missing required field: submit");
  return report.problems;
}

const shared = {
  "callback_id?": string({ max: 255 }),
  "private_metadata?": string({ max: 3000 }),
  "external_id?": string({ max: 255 }),
  blocks: anything,
};
const home = fields({ type: oneOf("home"), ...shared });
const modal = fields({
  type: oneOf("modal"),
  title: plainText(24),
  "submit?": plainText(24),
  "close?": plainText(24),
  "clear_on_close?": flag,
  "notify_on_close?": flag,
  "submit_disabled?": flag,
  ...shared,
});

const anyBlock = byType(blocks);

function checkBlocks(value: readonly unknown[], at: string, report: Report, most: number): void {
  if (value.length > most) problem(report, at, `no more than ${most} items allowed`);
  for (const [index, block] of value.entries()) {
    const here = `${at}/${index}`;
    anyBlock(block, here, report);
    if (isFields(block)) checkPlace(block, here, report);
  }
  checkTwins(
    value.map((block) => (isFields(block) ? block.block_id : undefined)),
    at,
    "block_id",
    report,
  );
  checkSums(value.filter(isFields), at, report);
}

function checkPlace(block: Fields, at: string, report: Report): void {
  const surfaces = blockSurfaces[String(block.type)];
  if (surfaces && !surfaces.includes(report.surface))
    problem(report, at, `unsupported type: ${String(block.type)}`);
  const ids = elementsIn(block).map((element) => element.action_id);
  checkTwins(ids, at, "action_id", report);
}

/** The interactive elements of a block, wherever it keeps them. */
export function elementsIn(block: Fields): Fields[] {
  const held = [block.elements, block.accessory, block.element, block.actions];
  const own = held
    .flat()
    .filter(isFields)
    .filter((element) => block.type !== "rich_text" || "action_id" in element);
  const children = [block.child_blocks].flat().filter(isFields).flatMap(elementsIn);
  return [...own, ...children];
}

function checkTwins(ids: readonly unknown[], at: string, name: string, report: Report): void {
  const given = ids.filter((id) => typeof id === "string" && id !== "");
  for (const id of new Set(given.filter((one, index) => given.indexOf(one) !== index)))
    problem(report, at, `\`${name}\` must be unique: ${String(id)}`);
}

function checkSums(all: readonly Fields[], at: string, report: Report): void {
  const ofType = (type: string) => all.filter((block) => block.type === type);
  const markdown = ofType("markdown").reduce((sum, block) => sum + String(block.text).length, 0);
  if (markdown > 12_000)
    problem(report, at, "markdown blocks must be less than 12001 characters in all");
  if (ofType("table").length > 1) problem(report, at, "no more than 1 table allowed");
}
