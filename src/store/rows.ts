type Filled<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** The columns that hold something; a null in a row is a missing key in the domain. */
export function filled<T extends Record<string, unknown>>(columns: T): Filled<T> {
  const kept = Object.entries(columns).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(kept) as Filled<T>;
}
