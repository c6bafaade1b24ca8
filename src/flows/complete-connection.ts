import { type Connection, connectionByName } from "../store/connections.ts";
import type { Vendor } from "../vendors/vendor.ts";
import type { World } from "../world.ts";
import type { NewConnection } from "./connect-vendor.ts";

/**
 * Where the account is and how it is reached. A new key of a connection keeps the address that the
 * operator gave it, and the options for which no form has a field or that stay where it is left empty.
 */
export async function completeConnection(
  world: World,
  wanted: NewConnection,
): Promise<NewConnection & { baseUrl: string }> {
  const { workspace, name } = wanted;
  const vendor = world.vendors[wanted.vendor];
  const known = await world.store.read((q) => connectionByName(q, workspace, name));
  const old = known?.vendor === wanted.vendor ? known : undefined;
  const options = { ...hiddenOptions(vendor, old), ...wanted.options };
  const baseUrl = wanted.baseUrl ?? givenAddress(vendor, old) ?? vendor.defaultBaseUrl(options);
  return { ...wanted, options, baseUrl: new URL(baseUrl).origin };
}

function hiddenOptions({ fields }: Vendor, old: Connection | undefined): Record<string, string> {
  const hidden = Object.entries(old?.options ?? {}).filter(([option]) =>
    fields.every(({ name, keeps }) => name !== option || keeps === true),
  );
  return Object.fromEntries(hidden);
}

/** Undefined where it is the vendor's own, which may follow from the options. */
function givenAddress(vendor: Vendor, old: Connection | undefined): string | undefined {
  if (!old) return undefined;
  return old.baseUrl === vendor.defaultBaseUrl(old.options) ? undefined : old.baseUrl;
}
