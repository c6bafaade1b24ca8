import Database from "better-sqlite3";
import pg from "pg";

/** Runs statements as somebody with the whole database in their hands: no trigger stops them. */
export async function tamper(url: string, ...statements: string[]): Promise<void> {
  if (url.startsWith("file:")) return tamperFile(url.slice("file:".length), statements);
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("SET session_replication_role = replica");
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function tamperFile(file: string, statements: readonly string[]): void {
  const database = new Database(file);
  database.pragma("foreign_keys = OFF");
  database.exec("DROP TRIGGER IF EXISTS audit_is_never_changed");
  database.exec("DROP TRIGGER IF EXISTS audit_is_never_deleted");
  for (const statement of statements) database.exec(statement);
  database.close();
}
