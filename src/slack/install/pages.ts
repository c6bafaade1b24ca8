import type { RouteAnswer } from "../receiver.ts";

/** A plain page: no script, no picture, nothing from anywhere else, and kept by no cache. */
export function page(
  status: number,
  title: string,
  paragraphs: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): RouteAnswer {
  const body = paragraphs.map((text) => `<p>${inHtml(text)}</p>`).join("\n");
  return {
    status,
    type: "text/html; charset=utf-8",
    headers: { ...strict, ...headers },
    body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${inHtml(title)}</title>
<style>${style}</style></head>
<body><main>
<h1>${inHtml(title)}</h1>
${body}
</main></body>
</html>
`,
  };
}

export function redirect(location: string, headers: Readonly<Record<string, string>>): RouteAnswer {
  const all = { ...strict, ...headers, location };
  return { status: 302, type: "text/plain; charset=utf-8", headers: all, body: "" };
}

const strict = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  // The address holds a code of Slack's, used up by now.
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const style = `body{font:16px/1.5 system-ui,sans-serif;color:#1f2937;background:#f9fafb;margin:0}
main{max-width:36rem;margin:12vh auto;padding:0 1.5rem}h1{font-size:1.4rem}
@media(prefers-color-scheme:dark){body{color:#e5e7eb;background:#111827}}`;

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function inHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}
