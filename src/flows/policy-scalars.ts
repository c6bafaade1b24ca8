import { type Document, isMap, isScalar, isSeq, type Node, type Scalar, visit } from "yaml";
import { startOf } from "./policy-lines.ts";

export interface Fault {
  /** How many characters stand before it. */
  at: number;
  words: string;
}

/**
 * Gives every bare word back as it was written, where YAML would make another one of it: 007 is not 7. What stays a
 * number or a truth is one that is written just so.
 */
export function asWritten(document: Document): void {
  visit(document, {
    Scalar: (key, scalar) => {
      const { type, value, source, tag } = scalar;
      if (key === "key" || type !== "PLAIN" || tag !== undefined || value === null) return;
      if (typeof value !== "string" && String(value) !== source) scalar.value = source ?? "";
    },
  });
}

/** What a node says that would be dropped, or would be something else than it looks. */
export function faultsOfNode(node: Node): Fault[] {
  const at = startOf(node) ?? 0;
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return [];
  const tag = node.tag?.replace("tag:yaml.org,2002:", "!!");
  if (tag !== undefined && tag !== (isScalar(node) ? "!!str" : isMap(node) ? "!!map" : "!!seq"))
    return [
      {
        at,
        words: `The tag ${tag} means nothing here. If it is part of the value, put that in quotation marks.`,
      },
    ];
  return isScalar(node) ? faultsOfScalar(node, at) : [];
}

function faultsOfScalar({ type, value, source = "" }: Scalar, at: number): Fault[] {
  if (type !== "PLAIN" || value !== null || source === "") return [];
  const words = `${source} says that nothing stands here. Leave the key out, or put the word in quotation marks.`;
  return [{ at, words }];
}

const spoken = ["campaign", "connection", "name"];

/** `Spring #1` is Spring with a remark behind it, which nobody means who names a campaign so. */
export function cutByRemark(key: unknown, value: unknown): Fault[] {
  if (!isScalar(key) || !spoken.includes(String(key.value))) return [];
  const parts: unknown[] = isSeq(value) ? value.items : [value];
  return parts.flatMap((part) => {
    const remark = isScalar(part) && part.type === "PLAIN" ? part.comment : undefined;
    if (!isScalar(part) || typeof remark !== "string" || !/^[^\s#]/.test(remark)) return [];
    const words = `“#${remark}” is read as a remark, not as part of the value. Put the whole value in quotation marks, or a space behind the #.`;
    return [{ at: startOf(part) ?? 0, words }];
  });
}
