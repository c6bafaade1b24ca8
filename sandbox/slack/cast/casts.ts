import type { Cast } from "./cast.ts";
import { contosoCasts } from "./contoso.ts";
import { fermataCast } from "./fermata.ts";
import { nordwindCast } from "./nordwind.ts";

/** Every workspace there is, the default one first. */
export const allCasts = (): Cast[] => [fermataCast(), nordwindCast(), ...contosoCasts()];
