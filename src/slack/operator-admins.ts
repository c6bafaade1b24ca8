/** Whom the operator names as admins in one workspace: those named by an id alone, and those of its own pairs `T…/U…`. */
export function namedIn(admins: readonly string[], workspace: string): string[] {
  return admins.flatMap((one) => {
    const [id = "", place] = one.split("/").reverse();
    return place === undefined || place === workspace ? [id] : [];
  });
}
