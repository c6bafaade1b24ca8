import type { Engine, Q, Store } from "./handle.ts";
import type { Schema } from "./schema.ts";

type Builders = Pick<Q, "select" | "selectDistinct" | "insert" | "update" | "delete" | "$count">;

const ended =
  "this transaction has ended: everything in a write must be awaited, and only the database";

/** A handle that refuses to work once its transaction is over, so that nothing is written outside of one. */
export function boundedHandle(
  builders: Builders,
  tables: Schema,
  engine: Engine,
  keys: Store["keys"],
): { q: Q; end(): void } {
  let open = true;
  const guarded = <Name extends keyof Builders>(name: Name): Builders[Name] => {
    const build = (...given: unknown[]) => {
      if (!open) throw new Error(ended);
      return (builders[name] as (...args: unknown[]) => unknown)(...given);
    };
    return build as Builders[Name];
  };
  const q: Q = {
    select: guarded("select"),
    selectDistinct: guarded("selectDistinct"),
    insert: guarded("insert"),
    update: guarded("update"),
    delete: guarded("delete"),
    $count: guarded("$count"),
    t: tables,
    engine,
    auditKey() {
      if (!keys.audit) throw new Error("the audit key is not open: checkCanaries comes first");
      return keys.audit;
    },
  };
  return {
    q,
    end() {
      open = false;
    },
  };
}
