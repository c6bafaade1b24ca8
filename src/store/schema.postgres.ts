import { postgresKit } from "./kit.ts";
import { define } from "./schema.ts";

export const {
  changes,
  targets,
  attempts,
  votes,
  posts,
  connections,
  lastLists,
  stops,
  canaries,
  audit,
  auditHeads,
  policies,
  absences,
  people,
  repeats,
  jobs,
  choices,
  digests,
  workspaces,
  orgWorkspaces,
  installStates,
  purges,
} = define(postgresKit);
