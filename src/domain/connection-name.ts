/** Whether a connection can be called so: one word of letters, digits, dots, dashes and underscores. */
export function isConnectionName(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{0,39}$/u.test(name);
}
