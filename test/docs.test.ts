import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { run } from "../src/command-line/run.ts";
import { usages } from "../src/domain/usages.ts";

const readme = read("README.md");
const packageFile = z
  .object({
    engines: z.object({ node: z.string() }),
    scripts: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(read("package.json")));

const atRoot = ["README.md", "CONTRIBUTING.md", "AGENTS.md", "SECURITY.md"];
const pages = [...atRoot, ...filesIn("docs").filter((path) => path.endsWith(".md"))];
const decisions = filesIn("docs/decisions").filter((path) => /\/\d{4}-[\w-]+\.md$/.test(path));

describe("the README", () => {
  it("is no longer than 120 lines", () => {
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(120);
  });

  it("begins with the two commands of a newcomer", () => {
    const [first = ""] = blocksOf(readme);
    expect(first).toMatch(/^npm ci && npm run demo/);
    expect(first).toMatch(/^npm ci && npm test/m);
  });

  it("lists what people type exactly as help does", () => {
    expect(linesOf(readme).filter((line) => line.startsWith("/campaign "))).toEqual(
      Object.values(usages),
    );
  });

  it("has a row for every folder of src, and for no other", () => {
    const rows = [...readme.matchAll(/^\| `src\/([\w-]+)` \|/gm)].map(([, name]) => name);
    expect(rows.sort()).toEqual(foldersOf("src"));
  });

  it("draws every arrow between the folders, as the imports have it", () => {
    const drawn = [...readme.matchAll(/^ {2}(\w+) --> (.+)$/gm)].flatMap(([, from, to = ""]) =>
      to.split(" & ").map((one) => `${from} --> ${one}`),
    );
    expect(drawn.sort()).toEqual(arrowsBetweenFolders());
  });

  it("names the Node that package.json asks for", () => {
    expect(readme).toContain(`Node ${packageFile.engines.node.replace(">=", "")} or newer`);
  });
});

describe("the documents", () => {
  it.each(pages)("%s links to files that are there", (page) => {
    for (const target of relativeLinksOf(read(page))) {
      const path = normalize(join(dirname(page), target));
      // The picture of a card is drawn by the browser test.
      expect(existsSync(path), `${page}: ${target}`).toBe(true);
    }
  });

  it.each(pages)("%s names only scripts that package.json has", (page) => {
    const named = [...read(page).matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)];
    for (const [, script, short] of named) {
      expect(Object.keys(packageFile.scripts), page).toContain(script ?? short);
    }
  });

  it.each(pages)("%s tells people to run only what `fermata` can do", async (page) => {
    const named = [...read(page).matchAll(/(?:npx |`)fermata ((?:[a-z]+ )*[a-z]+)/g)];
    for (const [, words = ""] of named) {
      expect(await knows(words), `${page}: ${words}`).toBe(true);
    }
  });

  it.each(pages)("%s names only files of the source that are there", (page) => {
    const named = [...read(page).matchAll(/`((?:src|test|sandbox|docs|migrations)\/[\w./-]+)`/g)];
    for (const [, path = ""] of named) {
      // NAME stands for a file that is yet to be written.
      if (!path.includes("NAME")) expect(existsSync(path), `${page}: ${path}`).toBe(true);
    }
  });
});

describe("the decisions", () => {
  it("are numbered without a gap and all listed", () => {
    const numbers = decisions.map((path) => Number(path.split("/").at(-1)?.slice(0, 4)));
    expect(numbers).toEqual(decisions.map((_, index) => index + 1));
    const list = relativeLinksOf(read("docs/decisions/README.md"));
    expect(list).toEqual(decisions.map((path) => path.split("/").at(-1)));
  });

  it.each(decisions)("%s has a context, a decision and a cost, under its number", (path) => {
    const text = read(path);
    expect(text).toMatch(new RegExp(`^# ${Number(path.split("/").at(-1)?.slice(0, 4))}\\. \\S`));
    for (const part of ["Context", "Decision", "Cost"]) expect(text).toContain(`\n**${part}.** `);
  });

  it("give a reason for every package, and for none that is gone", () => {
    const page = read("docs/decisions/0007-node-20-and-every-dependency.md");
    const [runtime = "", development = ""] = page.split("## For development");
    expect(firstCellsOf(runtime)).toEqual(Object.keys(packageFile.dependencies).sort());
    expect(firstCellsOf(development)).toEqual(Object.keys(packageFile.devDependencies).sort());
  });
});

describe("the page for operators", () => {
  it("has every name of the environment that the program reads, and no other", () => {
    const page = read("docs/operating.md").split("## Environment")[1]?.split("\n## ")[0] ?? "";
    const schema = /z\.object\(\{([\s\S]+?)\n\}\);/.exec(read("src/config.ts"))?.[1] ?? "";
    const names = [...schema.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = ""]) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(firstCellsOf(page)).toEqual(names.sort());
  });

  it("marks the names that may come from a file", () => {
    const list = /secretNames = \[([\s\S]+?)\] as const/.exec(read("src/config.ts"))?.[1] ?? "";
    const names = [...list.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
    const marked = [...read("docs/operating.md").matchAll(/^\| `(\w+)` \* \|/gm)];
    expect(marked.map(([, name = ""]) => name).sort()).toEqual(names.sort());
  });
});

function read(path: string): string {
  return readFileSync(path, "utf8");
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path}`)
    .sort();
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Folder to folder, types included; `command-line` is left out, for it opens the whole like `app.ts`. */
function arrowsBetweenFolders(): string[] {
  const folders = foldersOf("src");
  const arrows = folders
    .filter((from) => from !== "command-line")
    .flatMap((from) => {
      const sources = filesIn(`src/${from}`).filter((path) => path.endsWith(".ts"));
      const imported = sources.flatMap((path) =>
        [...read(path).matchAll(/from "(\.[^"]+)"/g)].map(([, target = ""]) =>
          normalize(join(dirname(path), target))
            .split("/")
            .slice(1, 2)
            .join(),
        ),
      );
      return folders
        .filter((to) => to !== from && imported.includes(to))
        .map((to) => `${from} --> ${to}`);
    });
  return arrows.sort();
}

function blocksOf(page: string): string[] {
  return [...page.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, block = ""]) => block);
}

function linesOf(page: string): string[] {
  return page.split("\n");
}

function relativeLinksOf(page: string): string[] {
  return [...page.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target.split("#")[0] ?? "")
    .filter((target) => target !== "" && !/^\w+:/.test(target));
}

/** The code words in the first cell of every row. */
function firstCellsOf(page: string): string[] {
  return [...page.matchAll(/^\| (`[^|]+) \|/gm)]
    .flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name))
    .sort();
}

/** Help for an unknown word is its parent's help, so the first line must name all the words. */
async function knows(words: string): Promise<boolean> {
  const said: string[] = [];
  await run([...words.split(" "), "--help"], {
    out: (text) => void said.push(text),
    err: () => {},
    input: async () => "",
    interrupted: async () => {},
    environment: {},
  });
  return /^Usage: fermata (.*)/.exec(said[0] ?? "")?.[1]?.startsWith(`${words} `) ?? false;
}
