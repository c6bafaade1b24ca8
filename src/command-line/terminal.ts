import { normalText } from "../domain/normal-text.ts";

/** What a command may touch of the terminal; tests hand in their own. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  /** All of standard input. */
  input(): Promise<string>;
  /** Resolves at the first SIGINT or SIGTERM. */
  interrupted(): Promise<void>;
  environment: Readonly<Record<string, string | undefined>>;
}

export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(jsonOf(value, 2));
}

/** JSON that is safe to look at: what steers a terminal or turns text around is spelt out. */
export function jsonOf(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    steering,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** One line of text from outside, without what steers a terminal or turns text around. */
export function plain(text: string): string {
  return normalText(text);
}

const steering = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Columns padded to their widest cell, for people; programs take `--json`. */
export function printTable(terminal: Terminal, rows: readonly (readonly string[])[]): void {
  const cells = rows.map((row) => row.map(plain));
  const widths: number[] = [];
  for (const row of cells) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  for (const row of cells) {
    terminal.out(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
}

/** A moment to the minute, in UTC. */
export function minute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")}Z`;
}
