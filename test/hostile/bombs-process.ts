import { VendorFailure } from "../../src/vendors/failure.ts";
import { createHttp } from "../../src/vendors/http.ts";
import { createVendors } from "../../src/vendors/index.ts";

// Calls servers that answer to hurt, in a process of its own, so that only our side's memory is counted.
const { harmless, bombs } = JSON.parse(process.argv[2] ?? "{}") as {
  harmless: string;
  bombs: Record<string, string>;
};
const allow = [harmless, ...Object.values(bombs)].map((url) => new URL(url).host);
const now = () => new Date();
const { burki } = createVendors({ http: createHttp({ allow, now, deadlineMs: 400 }), now });
let last = 0;
/** Each a connection of its own: one that is hurt again and again would soon be left alone. */
const accountAt = (baseUrl: string) =>
  burki.open({
    connectionId: `con_${++last}`,
    version: 1,
    baseUrl,
    options: {},
    secret: { apiKey: "s3cret" },
  });

const kindOf = (call: Promise<unknown>) =>
  call.then(
    () => "fine",
    (error: unknown) =>
      error instanceof VendorFailure ? error.facts.kind : `a surprise: ${error}`,
  );

for (let n = 0; n < 50; n += 1) await kindOf(accountAt(harmless).act("pause", "42"));
const before = process.memoryUsage.rss();
let highest = before;
setInterval(() => {
  highest = Math.max(highest, process.memoryUsage.rss());
}, 5).unref();

const kinds: Record<string, { read: string[]; act: string[] }> = {};
for (const [name, url] of Object.entries(bombs)) {
  const found = { read: new Set<string>(), act: new Set<string>() };
  for (let n = 0; n < 3; n += 1) {
    found.read.add(await kindOf(accountAt(url).list()));
    found.read.add(await kindOf(accountAt(url).get("42")));
    found.act.add(await kindOf(accountAt(url).act("pause", "42")));
  }
  highest = Math.max(highest, process.memoryUsage.rss());
  kinds[name] = { read: [...found.read], act: [...found.act] };
}
const polluted = Object.hasOwn(Object.prototype, "campaigns");
process.stdout.write(JSON.stringify({ kinds, grownMb: (highest - before) / 1_048_576, polluted }));
process.exit();
