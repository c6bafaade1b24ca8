import type { RouteAnswer } from "../receiver.ts";

/** A plain page: no script, no picture, nothing from anywhere else, and kept by no cache. */
export function page(
  status: number,
  title: string,
  paragraphs: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): RouteAnswer {
  const said = paragraphs.map((text) => `<p>${inHtml(text)}</p>`).join("\n");
  return document({ status, title, headers, body: `<h1>${inHtml(title)}</h1>\n${said}` });
}

/** The same with markup of our own in it. */
export function document(given: {
  status: number;
  title: string;
  /** Markup. */
  body: string;
  headers: Readonly<Record<string, string>>;
  /** After so many seconds the browser asks for it anew. */
  againAfter?: number;
}): RouteAnswer {
  const { status, title, body, headers, againAfter } = given;
  const anew =
    againAfter === undefined ? "" : `<meta http-equiv="refresh" content="${againAfter}">`;
  return {
    status,
    type: "text/html; charset=utf-8",
    headers: { ...strict, ...headers },
    body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${anew}<title>${inHtml(title)}</title>
<style>${style}</style></head>
<body><main>
${body}
</main></body>
</html>
`,
  };
}

const strict = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  // The address holds a code of Slack's, used up by now.
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const style = `body{font:16px/1.55 system-ui,sans-serif;color:#1f2937;background:#f9fafb;margin:0}
main{max-width:40rem;margin:8vh auto;padding:0 1.5rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
ul{padding-left:1.2rem;margin:.5rem 0}li{margin:.35rem 0}
code{font-size:.9em;background:#e5e7eb;padding:.1em .35em;border-radius:4px;overflow-wrap:anywhere}
a{color:#1d4ed8}nav a{margin-right:1rem;white-space:nowrap}
a.add{display:inline-block;margin:.5rem 0;padding:.75rem 1.4rem;border-radius:6px;background:#4a154b;color:#fff;font-weight:600;text-decoration:none}
:focus-visible{outline:3px solid #60a5fa;outline-offset:2px}.quiet{color:#4b5563;font-size:.9rem}
@media(prefers-color-scheme:dark){body{color:#e5e7eb;background:#111827}code{background:#374151}a{color:#93c5fd}
a.add{background:#ecdff0;color:#2b0b2c}.quiet{color:#9ca3af}}`;

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function inHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}
