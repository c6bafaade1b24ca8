import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
  type YAMLMap,
} from "yaml";
import { unseen } from "../domain/unseen.ts";
import { beyondBounds, mostNested, tooDeep } from "./policy-bounds.ts";
import { lineOf, startOf } from "./policy-lines.ts";
import { asWritten, cutByRemark, type Fault, faultsOfNode } from "./policy-scalars.ts";

const mostBytes = 256 * 1024;
const mostAliases = 50;
const mostProblems = 50;

type Yaml =
  | { kind: "value"; value: unknown; lineOf(keys: readonly PropertyKey[]): number }
  | { kind: "problems"; problems: string[] };

/** What a file says, and on which line each thing stands; or what keeps it from being read, with its lines. */
export function readYaml(text: string): Yaml {
  if (Buffer.byteLength(text) > mostBytes)
    return { kind: "problems", problems: [`The file is larger than ${mostBytes / 1024} kB.`] };
  const odd = oddCharacter(text);
  if (odd !== undefined) return { kind: "problems", problems: [odd] };
  const beyond = beyondBounds(text);
  if (beyond) {
    const line = text.slice(0, beyond.at).split("\n").length;
    return { kind: "problems", problems: [`Line ${line}: ${beyond.words}`] };
  }
  try {
    return parsed(text);
  } catch (error) {
    // The parser's own stack is deep where very many things stand open.
    if (!(error instanceof RangeError)) throw error;
    return { kind: "problems", problems: [`Line 1: ${tooDeep}`] };
  }
}

function parsed(text: string): Yaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    uniqueKeys: false,
    lineCounter: lines,
    // Each of very many faults would be printed with its line, which takes as long as the line is.
    prettyErrors: false,
  });
  const faults = document.errors.length > 0 ? document.errors.map(faultOf) : faultsOf(document);
  const problems = faults.map(({ at, words }) => `Line ${lines.linePos(at).line}: ${words}`);
  if (problems.length > 0)
    return { kind: "problems", problems: [...new Set(problems)].slice(0, mostProblems) };
  return readOut(document, lines);
}

/** Half a character, a control character, or what a reader puts where it could not read one. */
function oddCharacter(text: string): string | undefined {
  const lost = text.indexOf("\ufffd");
  const odd = text.search(unseen);
  if (odd < 0 && lost < 0) return undefined;
  const isLost = lost >= 0 && (odd < 0 || lost < odd);
  const line = text.slice(0, isLost ? lost : odd).split("\n").length;
  return isLost
    ? `Line ${line}: There is a character that was lost on the way (\ufffd). Save the file as UTF-8.`
    : `Line ${line}: There is a character that nobody can see.`;
}

function faultOf({ pos: [at], code, message }: YAMLError): Fault {
  if (code === "RESOURCE_EXHAUSTION") return { at, words: tooDeep };
  if (code === "MULTIPLE_DOCS")
    return { at, words: "A second document begins here, but a policy is one." };
  const words = message.split("\n")[0] ?? message;
  return { at, words: words.replace(/ at line \d+, column \d+:?$/, "") };
}

/** What YAML would let pass: keys that nobody can name, or given twice, and aliases of nothing. */
function faultsOf(document: Document): Fault[] {
  const faults: Fault[] = [];
  const anchors = new Set<string>();
  const node = (_key: unknown, here: Node, path: readonly unknown[]) => {
    const at = startOf(here) ?? 0;
    if (isAlias(here) && !anchors.has(here.source))
      faults.push({ at, words: `*${here.source} stands for nothing above it.` });
    faults.push(...faultsOfNode(here));
    if (isMap(here)) faults.push(...faultsOfKeys(here), ...faultsOfValues(here));
    if ("anchor" in here && here.anchor !== undefined) anchors.add(here.anchor);
    if (path.length <= mostNested) return undefined;
    faults.push({ at, words: tooDeep });
    return visit.BREAK;
  };
  visit(document, { Node: node });
  return faults;
}

function faultsOfKeys({ items }: YAMLMap): Fault[] {
  const seen = new Set<unknown>();
  return items.flatMap(({ key }): Fault[] => {
    const at = startOf(key) ?? 0;
    if (!isScalar(key) || typeof key.value !== "string")
      return [{ at, words: "A key must be a plain word." }];
    if (seen.has(key.value)) return [{ at, words: `\`${key.value}\` is given twice.` }];
    seen.add(key.value);
    return [];
  });
}

function faultsOfValues({ items }: YAMLMap): Fault[] {
  return items.flatMap(({ key, value }) => cutByRemark(key, value));
}

function readOut(document: Document, lines: LineCounter): Yaml {
  asWritten(document);
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return { kind: "value", value, lineOf: (keys) => lineOf(document, lines, keys) };
  } catch {
    const line = lines.linePos(startOf(firstAlias(document)) ?? 0).line;
    const problem = `Line ${line}: The file repeats itself by aliases, from here on, more than is allowed.`;
    return { kind: "problems", problems: [problem] };
  }
}

function firstAlias(document: Document): unknown {
  let first: unknown;
  visit(document, {
    Alias: (_key, alias) => {
      first = alias;
      return visit.BREAK;
    },
  });
  return first;
}
