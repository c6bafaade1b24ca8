/** The floor plan of design: arrows go one way. A folder not named after "may import" is a broken wall. */
const only = (from, ...to) => ({
  name: `${from} may import only ${[from, ...to].join(", ")}`,
  severity: "error",
  from: { path: `^src/${from}(/|\\.ts$)` },
  to: { path: "^src/", pathNot: [from, ...to].map((place) => `^src/${place}(/|\\.ts$)`) },
});
const onlyIn = (modules, ...places) => ({
  name: `${modules} only in ${places.join(", ")}`,
  severity: "error",
  from: { path: "^src/", pathNot: places.map((place) => `^src/${place}`) },
  to: { path: `^node_modules/(${modules})/` },
});

export default {
  forbidden: [
    {
      name: "no cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "domain imports no module but zod, the calendar and the spelling distance",
      severity: "error",
      from: { path: "^src/domain/" },
      to: { pathNot: ["^src/domain/", "^node_modules/(zod|temporal-polyfill|leven)/"] },
    },
    only("domain"),
    only("vendors", "domain"),
    only("store", "domain"),
    only("queue", "domain", "store", "world"),
    only("flows", "domain", "vendors", "store", "queue", "world"),
    only("slack/cards", "domain"),
    only(
      "slack/deliver",
      "domain",
      "flows",
      "store",
      "queue",
      "world",
      "slack/cards",
      "slack/people",
      "slack/channels",
      "slack/web",
    ),
    only(
      "slack/listeners",
      "domain",
      "flows",
      "store",
      "queue",
      "world",
      "slack/cards",
      "slack/people",
      "slack/channels",
      "slack/web",
      "slack/payloads",
      "slack/deliver",
    ),
    only("ops", "domain"),
    onlyIn("undici", "vendors/http.ts"),
    onlyIn("drizzle-orm|better-sqlite3|pg", "store/"),
    onlyIn("jose", "store/seal.ts"),
    onlyIn("@slack/bolt", "slack/", "app.ts"),
    {
      name: "nothing imports the program's root",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/(main|app)\\.ts$", "^src/command-line/"] },
      to: { path: "^src/(main|app|open-world)\\.ts$" },
    },
    {
      name: "production code reaches the sandbox only from the demo command, dynamically",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/command-line/demo\\.ts$" },
      to: { path: "^sandbox/" },
    },
    {
      name: "every vendor has a test",
      severity: "error",
      from: { path: "^test/vendors/" },
      module: {
        path: "^src/vendors/(peachdesk|burki|woodpecker|sarvam|talkdesk)\\.ts$",
        numberOfDependentsLessThan: 1,
      },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
