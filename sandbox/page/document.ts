/** A fermata: an arc over a dot. Drawn, because few fonts have the sign. */
const icon =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="9" fill="#e8590c"/>' +
      '<path d="M7 24a11 11 0 0 1 22 0" fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round"/><circle cx="18" cy="23" r="2.8" fill="#fff"/></svg>',
  );

export const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fermata demo</title>
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<div id="root"><noscript>This page needs JavaScript.</noscript></div>
<script type="module" src="/page.js"></script>
</body>
</html>
`;
