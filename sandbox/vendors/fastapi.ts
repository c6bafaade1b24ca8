import { type Answer, json, plain } from "./answer.ts";

/** What Peachdesk and Burki share by being built on the same framework. */
export const detail = (status: number, text: string, headers: Record<string, string> = {}) =>
  json(status, { detail: text }, headers);

export const notFound = (): Answer => detail(404, "Not Found");

export const notAllowed = (allow: string): Answer => detail(405, "Method Not Allowed", { allow });

export const elsewhere = (location: string): Answer => plain(307, "", { location });

const wholeNumber = /^[+-]?\d+(\.0+)?$/;

/** A path part as the framework reads an integer: `1.0` is 1. Undefined where it is none. */
export function integer(text: string): number | undefined {
  return wholeNumber.test(text) ? Number(text) : undefined;
}

/** The complaint about a page size or number out of bounds, or null. */
export function outOfBounds(query: URLSearchParams, name: string, le?: number) {
  const text = query.get(name);
  if (text === null) return null;
  const value = integer(text);
  const about = { loc: ["query", name], input: text };
  if (value === undefined) return { type: "int_parsing", ...about, msg: parsing };
  if (value < 1) {
    const msg = "Input should be greater than or equal to 1";
    return { type: "greater_than_equal", ...about, msg, ctx: { ge: 1 } };
  }
  if (le === undefined || value <= le) return null;
  const msg = `Input should be less than or equal to ${le}`;
  return { type: "less_than_equal", ...about, msg, ctx: { le } };
}

export const parsing = "Input should be a valid integer, unable to parse string as an integer";
