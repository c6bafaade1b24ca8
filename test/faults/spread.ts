/** "p50 12, p95 40, max 55": how values are spread, whole numbers. */
export function spread(values: readonly number[]): string {
  return `p50 ${at(0.5, values)}, p95 ${at(0.95, values)}, max ${at(1, values)}`;
}

/** The value that this share of all is not above. */
export function at(share: number, values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

/** "3 done, 1 failed": how many there are of each, the most first. */
export function counts(names: readonly string[]): string {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  const rows = [...found].toSorted(([, a], [, b]) => b - a);
  return rows.map(([name, count]) => `${count} ${name}`).join(", ") || "none";
}
