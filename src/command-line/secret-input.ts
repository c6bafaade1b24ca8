import { z } from "zod";
import { secretForms } from "../vendors/secret-forms.ts";
import type { Vendor } from "../vendors/vendor.ts";
import { Exit, exitCodes } from "./exit.ts";

const texts = z.record(z.string(), z.string());

/** A JSON object of texts. What was given is never repeated: it is a secret, or was meant as one. */
export function parseObject(input: string): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(input.replace(/^\uFEFF/, ""));
  } catch {
    throw bad("Standard input must hold the secret as JSON, and it is not JSON.");
  }
  const read = texts.safeParse(value);
  if (!read.success) throw bad("The secret must be a JSON object whose values are all texts.");
  return read.data;
}

/** Only what the vendor knows, so that nothing is kept that nobody asked for. */
export function pickSecret(
  vendor: Pick<Vendor, "fields" | "secretForms">,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const forms = secretForms(vendor);
  const known = forms.flat();
  const shapeOf = (form: readonly string[]) => `{${form.map((name) => `"${name}":"…"`).join(",")}}`;
  const shape = forms.map(shapeOf).join(" or ");
  if (Object.keys(given).some((key) => !known.includes(key))) {
    throw bad(`The secret must look like ${shape}, and it holds something else.`);
  }
  const entries = Object.entries(given).map(([name, value]) => [name, value.trim()]);
  return Object.fromEntries(entries);
}

function bad(sentence: string): Exit {
  return new Exit(exitCodes.data, sentence, "Nothing was stored.");
}
