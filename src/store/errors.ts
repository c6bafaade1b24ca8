/** The database cannot be used as it is; `exitCode` is the one the program should end with. */
export class StoreRefused extends Error {
  override readonly name = "StoreRefused";
  readonly exitCode: 75 | 78;

  constructor(sentence: string, exitCode: 75 | 78, options?: ErrorOptions) {
    super(sentence, options);
    this.exitCode = exitCode;
  }
}

/** Somebody else moved the change since it was loaded. */
export class Conflict extends Error {
  override readonly name = "Conflict";
}

/** A campaign of this new change already has an open one; nothing was written. */
export class CampaignTaken extends Error {
  override readonly name = "CampaignTaken";
  readonly campaigns: readonly { connectionId: string; campaignId: string }[];

  constructor(campaigns: readonly { connectionId: string; campaignId: string }[]) {
    super("another change is open for this campaign");
    this.campaigns = campaigns;
  }
}

export function isUniqueViolation(error: unknown): boolean {
  return ["SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"].includes(
    driverCode(error),
  );
}

/** PostgreSQL asks for the transaction to be run again: a serialisation failure or a deadlock. */
export function isClash(error: unknown): boolean {
  return ["40001", "40P01"].includes(driverCode(error));
}

/** Drizzle wraps the driver's errors on one engine and not on the other, so the causes are walked. */
export function driverCode(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") return at.code;
  }
  return "";
}
