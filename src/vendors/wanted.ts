import { record } from "./loose.ts";

/** Some of what an answer holds: all else streams past and is not kept. */
export type Wanted = "whole" | Some;

export interface Some {
  /** Of an object these members; where something else stands, what it is. */
  members?: Readonly<Record<string, Wanted>>;
  /** Of every row of a list this much; without it a list is kept empty. */
  rows?: Wanted;
  /** Only so many rows, from the end. */
  last?: number;
  /** Is given each row once it is read. The list itself then stays empty. */
  each?(row: unknown): void;
}

/** These members, each of them whole. */
export function members<Name extends string>(...names: Name[]): { [name in Name]: "whole" } {
  return Object.fromEntries(names.map((name) => [name, "whole"])) as { [name in Name]: "whole" };
}

/** What came of the members that were wanted. Another one cannot be read here: it would have streamed past. */
export type Came<Row extends Some> = { [name in keyof Row["members"]]?: unknown };

export function cameOf<Row extends Some>(_row: Row, value: unknown): Came<Row> {
  return record(value) as Came<Row>;
}
