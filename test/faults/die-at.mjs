import Database from "better-sqlite3";

// Loaded before the program. `DIE_AT=TEXT#N` kills the process as it is about to run the N-th statement,
// counted from the first that begins with TEXT.
const [text = "", nth = "1"] = (process.env.DIE_AT ?? "").split("#");
const { prepare } = Database.prototype;
let seen = 0;

Database.prototype.prepare = function prepareOrDie(statement) {
  if (seen > 0 || statement.trimStart().startsWith(text)) seen += 1;
  if (seen === Number(nth)) process.kill(process.pid, "SIGKILL");
  return prepare.call(this, statement);
};
