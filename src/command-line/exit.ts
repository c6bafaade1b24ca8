/** Exit codes of sysexits(3), as far as we use them. */
export const exitCodes = {
  usage: 64,
  data: 65,
  unavailable: 69,
  later: 75,
  configuration: 78,
} as const;

/** An expected end of a command: lines for standard error and a code for the shell. */
export class Exit extends Error {
  override readonly name = "Exit";
  readonly code: number;
  readonly lines: readonly string[];

  constructor(code: number, ...lines: string[]) {
    super(lines.join("\n"));
    this.code = code;
    this.lines = lines;
  }
}
