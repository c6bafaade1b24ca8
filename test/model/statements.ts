import Database from "better-sqlite3";

const known = new WeakMap<object, Map<string, Database.Statement>>();

/**
 * The program writes each statement anew, which takes as long as running it; stories run the same few over and over.
 * Until it is undone, each is prepared once for each database.
 */
export function preparedOnce(): () => void {
  const { prototype } = Database;
  const { prepare } = prototype;
  prototype.prepare = function once(this: Database.Database, text: string) {
    const mine = known.get(this) ?? new Map<string, Database.Statement>();
    known.set(this, mine);
    const statement = mine.get(text) ?? prepare.call(this, text);
    mine.set(text, statement);
    // Whoever had it before may have asked for rows without names.
    return statement.reader ? statement.raw(false) : statement;
  } as typeof prepare;
  return () => {
    prototype.prepare = prepare;
  };
}
