/** Tolerant readers: vendors leave fields out, null them, or type them otherwise than they say. */

/** The value's own properties, or none. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text as it is; anything else as JSON, so that an odd value can at least be shown. */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  return value === null || value === undefined ? "" : JSON.stringify(value);
}

export function id(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A count; what is missing or no count is not known, never zero. */
export function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The same record without the keys whose value is not known. */
export function known<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
