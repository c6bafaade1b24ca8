/** What a view of the policy keeps: which draft at which revision, and, on top of the list, the list's view. */
export interface PolicyPlace {
  draft: string;
  revision: number;
  /** Which page of the list is shown. */
  page: number;
  /** Slack's id of the view with the list, to draw it anew. */
  list?: string;
  /** Which rule a form is about; a new one if left out. */
  rule?: number;
}

/** Ids and numbers only: what is edited stays with us. */
export function placeText({ draft, revision, page, list = "-", rule = -1 }: PolicyPlace): string {
  return [draft, revision, page, list, rule].join(" ");
}

/** Undefined for a text that no view of ours holds. */
export function readPlace(text: string): PolicyPlace | undefined {
  const parts = /^(\S{1,80}) (\d{1,9}) (\d{1,3}) (\S{1,64}) (-1|\d{1,3})$/.exec(text);
  if (!parts) return undefined;
  const [, draft = "", revision, page, list = "-", rule] = parts;
  return {
    draft,
    revision: Number(revision),
    page: Number(page),
    ...(list !== "-" && { list }),
    ...(rule !== "-1" && { rule: Number(rule) }),
  };
}
