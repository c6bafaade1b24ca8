import { type Answer, json } from "./answer.ts";
import type { Entry } from "./entry.ts";
import type { FaultStatus } from "./faults.ts";

const messages = {
  400: ["0530001", "Errors were found in the submitted data"],
  401: ["0530004", "Missing or invalid authentication token"],
  403: ["0530003", "Insufficient scopes for the requested operation"],
  404: ["0530002", "The requested resource could not be found"],
  409: ["0530005", "The resource is in a state that does not allow this operation"],
  422: ["0530008", "Resource is not available for this operation"],
  429: ["0012001", "API rate limit exceeded"],
} as const;

/** Codes are strings with leading zeros. */
export function coded(
  status: keyof typeof messages,
  field?: { name: string; description: string },
): Answer {
  const [code, message] = messages[status];
  return json(status, { code, message, ...(field ? { fields: [field] } : {}) });
}

/** The token endpoint refuses in OAuth's shape, the rest with codes. */
export function refusals(status: FaultStatus, token: boolean): Answer {
  if (token) {
    const error =
      status === 401 ? "unauthorized" : status === 400 ? "invalid_request" : "server_error";
    return json(status, { error, error_description: "The token was not issued" });
  }
  if (status === 402 || status === 500 || status === 503) {
    return json(status, { code: `053${status}0`, message: "The request could not be served" });
  }
  return coded(status);
}

export function campaignOf(entry: Entry, status: string) {
  return {
    id: entry.id,
    name: entry.name,
    dialing_mode: "PREDICTIVE",
    priority: 5,
    run_once: false,
    action_required: false,
    status,
    created_at: entry.createdAt.toISOString(),
    _links: { self: { href: `/campaigns/${entry.id}` } },
  };
}

export function pageOf<T>(rows: T[], page: number, size: number, query: URLSearchParams) {
  const pages = Math.ceil(rows.length / size);
  const shown = rows.slice((page - 1) * size, page * size);
  const link = (to: number) => {
    const next = new URLSearchParams(query);
    next.set("page", String(to));
    next.set("per_page", String(size));
    return { href: `/campaigns?${next}` };
  };
  return {
    total: rows.length,
    count: shown.length,
    page,
    per_page: size,
    total_pages: pages,
    _embedded: { campaigns: shown },
    _links: {
      self: link(page),
      ...(page > 1 ? { prev: link(page - 1) } : {}),
      ...(page < pages ? { next: link(page + 1) } : {}),
      first: link(1),
      last: link(Math.max(1, pages)),
    },
  };
}
