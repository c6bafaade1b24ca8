import type Database from "better-sqlite3";

/** More than the program has; only lists of differing lengths make more. */
const mostKept = 300;

/**
 * Has a database remember what it has compiled: a bot asks the same few questions all day, and compiling one takes as long as
 * answering it. Nothing of an answer and no parameter is kept. Whoever prepares uses it at once, and one at a time.
 */
export function keepStatements(database: Database.Database): Database.Database {
  const kept = new Map<string, Database.Statement>();
  const prepare = database.prepare.bind(database) as (text: string) => Database.Statement;
  const keeping = (text: string) => {
    const statement = kept.get(text) ?? prepare(text);
    // How the last one wanted its rows is nothing to this one.
    if (statement.reader) statement.raw(false);
    kept.delete(text);
    kept.set(text, statement);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return statement;
  };
  return Object.assign(database, { prepare: keeping });
}
