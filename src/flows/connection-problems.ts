import { isConnectionName } from "../domain/connection-name.ts";
import { checkBaseUrl } from "../vendors/http.ts";
import { wrongForm } from "../vendors/secret-forms.ts";
import type { Field, Vendor } from "../vendors/vendor.ts";
import type { World } from "../world.ts";
import type { Invalid, NewConnection } from "./connect-vendor.ts";

/** Checks what can be checked without a call; the same for the modal and the command line. */
export function checkConnection(world: World, wanted: NewConnection): Invalid | undefined {
  const vendor = world.vendors[wanted.vendor];
  const problems = [
    ...nameProblems(wanted.name),
    ...vendor.fields.flatMap((field) => fieldProblems(field, wanted)),
    ...formProblems(vendor, wanted),
    ...baseUrlProblems(world, vendor, wanted),
  ];
  return problems.length > 0 ? { kind: "invalid", problems } : undefined;
}

function nameProblems(name: string) {
  return isConnectionName(name)
    ? []
    : [{ field: "name", sentence: "Use 1 to 40 letters, digits, dots, dashes or underscores." }];
}

function fieldProblems(field: Field, wanted: NewConnection) {
  const value = (field.secret ? wanted.secret : wanted.options)[field.name];
  if (!value)
    return field.required ? [{ field: field.name, sentence: `${field.label} is missing.` }] : [];
  if (field.choices && !field.choices.includes(value)) {
    return [{ field: field.name, sentence: `Choose one of ${field.choices.join(", ")}.` }];
  }
  if (field.pattern && !field.pattern.test(value)) {
    const sentence = `This does not look like ${article(field.label)} ${field.label}.`;
    return [{ field: field.name, sentence }];
  }
  if (field.pattern) return [];
  if (field.secret && !/^[\x21-\x7e]{8,512}$/.test(value)) {
    return [
      {
        field: field.name,
        sentence:
          "This does not look like a key: 8 to 512 letters, digits and signs, without spaces.",
      },
    ];
  }
  return /^[\x20-\x7e]{1,300}$/.test(value)
    ? []
    : [{ field: field.name, sentence: "Use plain letters, digits and signs." }];
}

function formProblems(vendor: Vendor, { secret }: NewConnection) {
  const wrong = wrongForm(vendor, secret);
  return wrong ? [wrong] : [];
}

function article(label: string): string {
  return /^[aeiou]/i.test(label) ? "an" : "a";
}

function baseUrlProblems(world: World, vendor: Vendor, { baseUrl }: NewConnection) {
  if (baseUrl === undefined) return [];
  const checked = checkBaseUrl(vendor, baseUrl, world.egressAllow);
  return checked.ok ? [] : [{ field: "baseUrl", sentence: checked.sentence }];
}
