/** The text cut to `most` characters (not code units), with an ellipsis in the last place if it was longer. */
export function shorten(text: string, most = 40): string {
  const characters = [...text.trim()];
  return characters.length > most
    ? `${characters.slice(0, most - 1).join("")}…`
    : characters.join("");
}
