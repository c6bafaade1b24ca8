import { Tokenizer, TokenizerError, TokenType } from "@streamparser/json";
import { exactNumber } from "./json.ts";
import type { Some, Wanted } from "./wanted.ts";

/** The answer is longer than we read, or more of it would have to be kept than we keep; the message says how much. */
export class TooLong extends Error {}

/** No vendor nests its answers half as deep. */
const deepest = 100;
const longestString = 1_000_000;
/** What is kept of one row, and of all that is in no row: characters, and so many for each value. */
const mostKept = 1_000_000;
const eachValue = 16;

/** Reads JSON chunk by chunk and keeps what is wanted of it. */
export interface Picker {
  /** Throws `SyntaxError` at what is no JSON, `TooLong` at more than is kept. */
  feed(chunk: Buffer): void;
  /** What was wanted. */
  end(): unknown;
}

interface Level {
  kind: "object" | "list";
  want: Some | "whole" | undefined;
  value: Record<string, unknown> | unknown[];
  key: string;
  /** What may come next. */
  next: "first" | "key" | "colon" | "value" | "comma";
  /** How much was kept when each row that is still kept began. */
  weights: number[];
}

/** The library cuts text into tokens; what stands where, and how much of it is kept, is looked after here. */
export function createPicker(wanted: Wanted, clean: (text: string) => string): Picker {
  const levels: Level[] = [];
  const decoder = new TextDecoder();
  let root: { value: unknown } | undefined;
  let kept = 0;
  let quiet = 0;

  const tokenizer = new ExactTokenizer({ stringBufferSize: 65_536 });
  tokenizer.onToken = ({ token, value }) => {
    quiet = 0;
    take(token, value);
  };
  tokenizer.onError = (error) => {
    throw error instanceof TokenizerError ? nonsense() : error;
  };

  function take(token: TokenType, value: unknown): void {
    const level = levels.at(-1);
    switch (token) {
      case TokenType.LEFT_BRACE:
        open("object");
        break;
      case TokenType.LEFT_BRACKET:
        open("list");
        break;
      case TokenType.RIGHT_BRACE:
        close("object");
        break;
      case TokenType.RIGHT_BRACKET:
        close("list");
        break;
      case TokenType.COLON:
        if (level?.next !== "colon") throw nonsense();
        level.next = "value";
        break;
      case TokenType.COMMA:
        if (level?.next !== "comma") throw nonsense();
        level.next = level.kind === "object" ? "key" : "value";
        break;
      default:
        if (level?.kind === "object" && (level.next === "first" || level.next === "key")) {
          if (typeof value !== "string" || token !== TokenType.STRING) throw nonsense();
          level.key = value;
          level.next = "colon";
        } else scalar(value);
    }
  }

  /** What is wanted of the value that begins here. */
  function begin(): Wanted | undefined {
    const level = levels.at(-1);
    if (!level) {
      if (root) throw nonsense();
      return wanted;
    }
    if (level.next !== "value" && !(level.kind === "list" && level.next === "first")) {
      throw nonsense();
    }
    level.next = "comma";
    const { want } = level;
    if (want === undefined || want === "whole") return want;
    if (level.kind === "list") return want.rows;
    return want.members && Object.hasOwn(want.members, level.key)
      ? want.members[level.key]
      : undefined;
  }

  function scalar(value: unknown): void {
    const want = begin();
    if (want === undefined) return;
    const text = typeof value === "string" ? clean(value) : value;
    const before = kept;
    weigh(typeof text === "string" ? text.length : 0);
    put(text, before);
  }

  function open(kind: Level["kind"]): void {
    const want = begin();
    if (levels.length >= deepest) throw nonsense();
    const value = kind === "list" ? [] : Object.create(null);
    levels.push({ kind, want, value, key: "", next: "first", weights: [kept] });
    if (want !== undefined) weigh(0);
  }

  function close(kind: Level["kind"]): void {
    const level = levels.pop();
    if (level?.kind !== kind || (level.next !== "first" && level.next !== "comma")) {
      throw nonsense();
    }
    if (level.want !== undefined) put(level.value, level.weights[0] ?? 0);
  }

  /** A value that is kept goes to its place. */
  function put(value: unknown, before: number): void {
    const level = levels.at(-1);
    if (!level) root = { value };
    else if (!Array.isArray(level.value)) level.value[cleanKey(level)] = value;
    else row(level, level.value, value, before);
  }

  function row({ want, weights }: Level, rows: unknown[], value: unknown, before: number): void {
    const { each, last } = want === "whole" || !want ? {} : want;
    if (each) {
      kept = before;
      each(value);
      return;
    }
    rows.push(value);
    if (last === undefined) return;
    weights.push(kept - before);
    if (rows.length <= last) return;
    rows.shift();
    kept -= weights.splice(1, 1)[0] ?? 0;
  }

  function cleanKey({ key, want }: Level): string {
    if (want !== "whole") return key;
    weigh(key.length);
    return clean(key);
  }

  function weigh(characters: number): void {
    kept += characters + eachValue;
    if (kept > mostKept) throw new TooLong("more than 1 MB in one place");
  }

  return {
    feed(chunk) {
      quiet += chunk.length;
      // A byte that is no UTF-8 spoils one sign of a name, and not the whole list.
      tokenizer.write(Buffer.from(decoder.decode(chunk, { stream: true })));
      if (quiet > longestString) throw new TooLong("more than 1 MB in one place");
    },
    end() {
      tokenizer.write(Buffer.from(decoder.decode()));
      tokenizer.end();
      if (!root) throw nonsense();
      return root.value;
    },
  };
}

/** Whole numbers that no double holds stay what they were, as strings. */
class ExactTokenizer extends Tokenizer {
  protected override parseNumber(text: string): number {
    // What the base class does with the result is hand it on.
    return exactNumber(text) as number;
  }
}

function nonsense(): SyntaxError {
  return new SyntaxError("not JSON");
}
