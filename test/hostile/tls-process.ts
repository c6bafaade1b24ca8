import { VendorFailure } from "../../src/vendors/failure.ts";
import { createHttp } from "../../src/vendors/http.ts";

// Calls each address with a key and says what came of it.
const places = JSON.parse(process.argv[2] ?? "{}") as Record<string, number>;
const told: Record<string, string> = {};
for (const [name, port] of Object.entries(places)) {
  const http = createHttp({
    allow: [`127.0.0.1:${port}`],
    now: () => new Date(),
    deadlineMs: 5_000,
  });
  told[name] = await http
    .send({
      vendor: "burki",
      hosts: [],
      method: "GET",
      baseUrl: `https://127.0.0.1:${port}`,
      path: "/api/v1/campaigns/42",
      headers: { authorization: "Bearer s3cret-key" },
      changing: false,
      secrets: ["s3cret-key"],
      words: () => ({}),
    })
    .then(
      ({ status }) => String(status),
      (error: unknown) =>
        error instanceof VendorFailure
          ? `${error.facts.kind}: ${error.facts.sentence}`
          : "a surprise",
    );
}
process.stdout.write(JSON.stringify(told));
process.exit();
