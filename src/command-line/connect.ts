import { type Command, Option } from "commander";
import { type VendorName, vendorNames } from "../domain/campaign.ts";
import { connectVendor, type NotConnected } from "../flows/connect-vendor.ts";
import type { Field } from "../vendors/vendor.ts";
import { Exit, exitCodes } from "./exit.ts";
import { actor, withWorld } from "./open.ts";
import { parseObject, pickSecret } from "./secret-input.ts";
import { jsonOf, type Terminal } from "./terminal.ts";
import { needsWorkspace } from "./workspace.ts";

interface Given {
  workspace: string;
  vendor: VendorName;
  name?: string;
  baseUrl?: string;
  option?: Readonly<Record<string, string>>;
  check: boolean;
}

export function connectCommand(program: Command, terminal: Terminal): void {
  needsWorkspace(program.command("connect"))
    .description("store a connection to a vendor; its secret is JSON on standard input")
    .addOption(
      new Option("--vendor <vendor>", "the platform").choices(vendorNames).makeOptionMandatory(),
    )
    .option("--name <name>", "what people call it; the vendor's name if left out")
    .option("--base-url <url>", "scheme, host and port, if not the vendor's own")
    .option("--option <key=value>", "a setting of the vendor's, once for each", collect)
    .option("--no-check", "store the key without trying it at the vendor first")
    .option("--json", "as always: prints {id, vendor, name}")
    .addHelpText("after", help)
    .action((given: Given) => connect(given, terminal));
}

const help = `
The secret never is an argument. For example:
  fermata connect --workspace T0123456789 --vendor burki < secret.json
where secret.json holds {"apiKey":"…"}; for talkdesk {"clientId":"…","clientSecret":"…"}, or with a key pair
{"clientId":"…","keyId":"…","privateKey":"…"}.
peachdesk should be told its host with --base-url; without it its staging host is asked, the only one it documents.
sarvam needs --option orgId=… --option workspaceId=…
talkdesk needs --option account=… --option region=us|eu|ca|uk|au, and in the United Kingdom --option tokenUrl=…`;

/** It may be a secret given in the wrong place, so it is never repeated, nor is a key that nobody knows. */
function collect(given: string, before: Record<string, string> = {}): Record<string, string> {
  const [, key, value] = /^(\w+)=(.*)$/s.exec(given) ?? [];
  if (!key || value === undefined) {
    throw new Exit(exitCodes.usage, "--option takes key=value.");
  }
  return { ...before, [key]: value };
}

async function connect(given: Given, terminal: Terminal): Promise<void> {
  const { workspace, vendor, name = vendor, baseUrl, option: options = {}, check } = given;
  await withWorld(terminal, async (world) => {
    const { fields } = world.vendors[vendor];
    refuseUnknown(vendor, fields, options);
    const secret = pickSecret(world.vendors[vendor], parseObject(await terminal.input()));
    const place = { workspace, vendor, name, by: actor };
    const wanted = { ...place, options, secret, ...(baseUrl !== undefined && { baseUrl }) };
    const outcome = await connectVendor(world, wanted, { check });
    if (outcome.kind !== "connected") throw refusal(outcome, fields);
    const { connection } = outcome;
    terminal.out(jsonOf({ id: connection.id, vendor, name: connection.name }));
  });
}

function refuseUnknown(
  vendor: VendorName,
  fields: readonly Field[],
  options: Readonly<Record<string, string>>,
): void {
  const known = fields.filter(({ secret }) => !secret).map(({ name }) => name);
  for (const key of Object.keys(options)) {
    if (fields.some(({ name, secret }) => secret && name === key)) {
      const sentence = `${key} is a secret: give it as JSON on standard input, and consider this one seen.`;
      throw new Exit(exitCodes.usage, sentence);
    }
    if (!known.includes(key)) {
      const all = known.length > 0 ? `only ${known.join(" and ")}` : "no --option";
      throw new Exit(exitCodes.usage, `${vendor} takes ${all}.`);
    }
  }
}

/** A bad argument is bad usage; a bad secret, or one that the vendor refuses, is bad data. */
function refusal(outcome: NotConnected, fields: readonly Field[]): Exit {
  if (outcome.kind === "not_accepted") {
    const code = outcome.passing ? exitCodes.unavailable : exitCodes.data;
    return new Exit(code, `${outcome.sentence} Nothing was stored.`);
  }
  const secrets = fields.filter(({ secret }) => secret).map(({ name }) => name);
  const isUsage = outcome.problems.some(({ field }) => !secrets.includes(field));
  const lines = outcome.problems.map(({ field, sentence }) => {
    if (secrets.includes(field)) return `The secret's ${field}: ${sentence}`;
    return `${argumentNames[field] ?? `--option ${field}`}: ${sentence}`;
  });
  return new Exit(isUsage ? exitCodes.usage : exitCodes.data, ...lines, "Nothing was stored.");
}

const argumentNames: Record<string, string> = { name: "--name", baseUrl: "--base-url" };
