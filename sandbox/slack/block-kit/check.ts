/** Small pieces to say what a Block Kit value must look like. Problems read like Slack's own. */

export type Surface = "message" | "modal" | "home";

export interface Report {
  surface: Surface;
  problems: string[];
}

export type Check = (value: unknown, at: string, report: Report) => void;
export type Fields = Record<string, unknown>;

export function problem(report: Report, at: string, sentence: string): void {
  report.problems.push(`${sentence} [json-pointer:${at}]`);
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function string(limits: { max?: number; min?: number; like?: RegExp } = {}): Check {
  return (value, at, report) => {
    if (typeof value !== "string") return problem(report, at, "must provide a string");
    const length = Array.from(value).length;
    if (length < (limits.min ?? 0))
      problem(report, at, `must be more than ${(limits.min ?? 0) - 1} characters`);
    if (limits.max !== undefined && length > limits.max)
      problem(report, at, `must be less than ${limits.max + 1} characters`);
    if (limits.like && !limits.like.test(value)) problem(report, at, "does not match the format");
  };
}

export const flag: Check = (value, at, report) => {
  if (typeof value !== "boolean" && value !== "true" && value !== "false")
    problem(report, at, "must be a boolean");
};

export function number(min: number, max = Number.MAX_SAFE_INTEGER): Check {
  return (value, at, report) => {
    if (typeof value !== "number" || value < min || value > max)
      problem(report, at, `must be a number from ${min} to ${max}`);
  };
}

export function oneOf(...allowed: string[]): Check {
  return (value, at, report) => {
    if (typeof value !== "string" || !allowed.includes(value))
      problem(report, at, `value is not one of ${allowed.join(", ")}`);
  };
}

export function list(check: Check, limits: { min?: number; max?: number } = {}): Check {
  return (value, at, report) => {
    if (!Array.isArray(value)) return problem(report, at, "must be an array");
    if (value.length < (limits.min ?? 0))
      problem(report, at, `no fewer than ${limits.min} items allowed`);
    if (limits.max !== undefined && value.length > limits.max)
      problem(report, at, `no more than ${limits.max} items allowed`);
    for (const [index, item] of value.entries()) check(item, `${at}/${index}`, report);
  };
}

/** Fields with a "?" may be left out; any other field is refused, as Slack does. */
export function fields(shape: Record<string, Check>, also?: Check): Check {
  return (value, at, report) => {
    if (!isFields(value)) return problem(report, at, "must be an object");
    for (const [name, check] of Object.entries(shape)) {
      const field = name.replace("?", "");
      if (value[field] !== undefined && value[field] !== null)
        check(value[field], `${at}/${field}`, report);
      else if (field === name) problem(report, at, `missing required field: ${field}`);
    }
    for (const field of Object.keys(value))
      if (!(field in shape) && !(`${field}?` in shape))
        problem(report, at, `invalid additional property: ${field}`);
    also?.(value, at, report);
  };
}

export const anything: Check = () => {};

/** Picks the check by the value's `type`. */
export function byType(kinds: Record<string, Check>): Check {
  return (value, at, report) => {
    const type = isFields(value) ? value.type : undefined;
    const check = typeof type === "string" && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (check) check(value, at, report);
    else problem(report, at, `unsupported type: ${String(type)}`);
  };
}
