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
export function members(...names: string[]): { [name: string]: "whole" } {
  return Object.fromEntries(names.map((name) => [name, "whole"]));
}
