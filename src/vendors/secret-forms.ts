import type { Vendor } from "./vendor.ts";

type Asking = Pick<Vendor, "fields" | "secretForms">;

/** The ways to give a vendor's secret, each as the names of its fields; most vendors have one. */
export function secretForms({
  fields,
  secretForms: forms,
}: Asking): readonly (readonly string[])[] {
  return forms ?? [fields.filter(({ secret }) => secret).map(({ name }) => name)];
}

/** What is wrong with the fields that were given together, each of them being right by itself. */
export function wrongForm(
  vendor: Asking,
  secret: Readonly<Record<string, string>>,
): { field: string; sentence: string } | undefined {
  const forms = secretForms(vendor);
  const given = [...new Set(forms.flat())].filter((name) => secret[name]?.trim());
  const fits = (form: readonly string[]) =>
    form.length === given.length && form.every((name) => given.includes(name));
  if (forms.length === 1 || forms.some(fits)) return undefined;
  const labels = new Map(vendor.fields.map(({ name, label }) => [name, label]));
  const common = forms[0]?.filter((name) => forms.every((form) => form.includes(name))) ?? [];
  const rests = forms.map((form) => form.filter((name) => !common.includes(name)));
  const ways = rests.map((rest) => rest.map((name) => labels.get(name)).join(" and "));
  const sentence = `Give either ${ways.join(", or ")}, and not both.`;
  return { field: rests[0]?.[0] ?? "", sentence };
}
