import Database from "better-sqlite3";
import { Column, Name, Param, type Query, SQL, StringChunk, sql, Table } from "drizzle-orm";
import { SQLiteSyncDialect } from "drizzle-orm/sqlite-core";

/**
 * The program writes each statement anew, which takes longer than running it; stories run the same few over and over.
 * Until it is undone, each is prepared once for each database, and what all of them are made of is put together in
 * fewer steps. Whatever is not of the usual kind is left to the library.
 */
export function writtenQuickly(): () => void {
  const undo = [preparedOnce(), selectedOnce(), putTogether()];
  return () => {
    for (const one of undo) one();
  };
}

/** Puts something in the place of a method; gives how to undo it. */
function instead<Method>(owner: object, name: string, make: (before: Method) => Method) {
  const methods = owner as Record<string, Method>;
  const before = methods[name] as Method;
  methods[name] = make(before);
  return () => {
    methods[name] = before;
  };
}

const prepared = new WeakMap<object, Map<string, Database.Statement>>();

function preparedOnce(): () => void {
  type Prepare = (this: Database.Database, text: string) => Database.Statement;
  return instead<Prepare>(Database.prototype, "prepare", (prepare) => {
    return function once(text) {
      const mine = prepared.get(this) ?? new Map<string, Database.Statement>();
      prepared.set(this, mine);
      const statement = mine.get(text) ?? prepare.call(this, text);
      mine.set(text, statement);
      // Whoever had it before may have asked for rows without names.
      return statement.reader ? statement.raw(false) : statement;
    };
  });
}

type Fields = readonly { field: unknown }[];
const selected = new WeakMap<object, { fields: Fields; single: boolean; text: SQL }[]>();

/** The list of columns, of which every select of a table has the same. */
function selectedOnce(): () => void {
  type Options = { isSingleTable?: boolean };
  type Select = (this: SQLiteSyncDialect, fields: Fields, options?: Options) => SQL;
  return instead<Select>(dialect, "buildSelection", (select) => {
    return function once(fields, options = {}) {
      const [first] = fields;
      const single = options.isSingleTable === true;
      if (!fields.every(({ field }) => field instanceof Column) || !first)
        return select.call(this, fields, options);
      const mine = selected.get(first.field as Column) ?? [];
      selected.set(first.field as Column, mine);
      const same = mine.find(
        (one) =>
          one.single === single &&
          one.fields.length === fields.length &&
          one.fields.every(({ field }, place) => field === fields[place]?.field),
      );
      if (same) return same.text;
      const text = sql.raw(this.sqlToQuery(select.call(this, fields, options)).sql);
      mine.push({ fields: [...fields], single, text });
      return text;
    };
  });
}

const dialect = Object.getPrototypeOf(SQLiteSyncDialect.prototype) as object;

type Config = Parameters<SQL["buildQueryFromSourceParams"]>[1];
type Build = (this: SQL, chunks: unknown[], config: Config) => Query;
const named = new WeakMap<object, string>();

function putTogether(): () => void {
  return instead<Build>(SQL.prototype, "buildQueryFromSourceParams", (build) => {
    return function quickly(chunks, config) {
      const { shouldInlineParams } = this as unknown as { shouldInlineParams: boolean };
      if (config.inlineParams || shouldInlineParams || config.invokeSource)
        return build.call(this, chunks, config);
      let text = "";
      const params: unknown[] = [];
      const add = (query: Query) => {
        text += query.sql;
        params.push(...query.params);
      };
      for (const chunk of chunks) {
        if (chunk instanceof StringChunk) text += chunk.value.join("");
        else if (chunk instanceof SQL)
          add(chunk.buildQueryFromSourceParams(chunk.queryChunks, config));
        else if (chunk instanceof Name) text += config.escapeName(chunk.value);
        else if (chunk instanceof Column || chunk instanceof Table) {
          const name = named.get(chunk) ?? build.call(this, [chunk], config).sql;
          named.set(chunk, name);
          text += name;
        } else if (chunk instanceof Param) {
          const value = chunk.value === null ? null : chunk.encoder.mapToDriverValue(chunk.value);
          if (typeof value === "object" && value !== null) add(build.call(this, [chunk], config));
          else {
            text += "?";
            params.push(value);
          }
        } else if (Array.isArray(chunk)) {
          text += "(";
          for (const [place, each] of chunk.entries()) {
            if (place > 0) text += ", ";
            add(quickly.call(this, [each], config));
          }
          text += ")";
        } else if (chunk !== undefined) add(build.call(this, [chunk], config));
      }
      return { sql: text, params };
    };
  });
}
