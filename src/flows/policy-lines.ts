import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter } from "yaml";

/** The line of what stands at this place; of what it should stand in, if it is missing. */
export function lineOf(
  document: Document,
  lines: LineCounter,
  keys: readonly PropertyKey[],
): number {
  let here: unknown = document.contents;
  let offset = startOf(here) ?? 0;
  for (const key of keys) {
    const next = below(isAlias(here) ? here.resolve(document) : here, key);
    if (!next) break;
    offset = startOf(next.mark) ?? offset;
    here = next.value;
  }
  return lines.linePos(offset).line;
}

/** A key's value with what marks its line: the key itself in a map, the entry in a list. */
function below(node: unknown, key: PropertyKey): { mark: unknown; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
    return pair && { mark: pair.key, value: pair.value };
  }
  const item = isSeq(node) && typeof key === "number" ? node.items[key] : undefined;
  return item === undefined ? undefined : { mark: item, value: item };
}

/** How many characters stand before a node. */
export function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
