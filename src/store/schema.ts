import type { Action, Phase, VendorName } from "../domain/campaign.ts";
import type {
  Change,
  ChangeState,
  Ratified,
  Reach,
  Target,
  TargetState,
  Vote,
} from "../domain/change.ts";
import type { Person } from "../domain/person.ts";
import type { Verdict } from "../domain/policy.ts";
import type { StopScope } from "../domain/stop-scope.ts";
import type { Kit } from "./kit.ts";
import type { Facts } from "./known-people.ts";

/** Every table, written once; `schema.sqlite.ts` and `schema.postgres.ts` make it real. */
export function define(kit: Kit) {
  return {
    ...changeTables(kit),
    ...vendorTables(kit),
    ...auditTables(kit),
    ...queueTables(kit),
    ...installTables(kit),
  };
}
export type Schema = ReturnType<typeof define>;
export type ListedCampaign = readonly [id: string, name: string, phase: Phase];

function changeTables(kit: Kit) {
  const changes = kit.table(
    "changes",
    {
      workspace: kit.text("workspace").notNull(),
      id: kit.text("id").notNull(),
      action: kit.text("action").$type<Action>().notNull(),
      stop: kit.bool("stop"),
      /** Only of an emergency stop: how far it has come through its connections. */
      scope: kit.json<StopScope>("scope"),
      state: kit.text("state").$type<ChangeState>().notNull(),
      reason: kit.text("reason"),
      until: kit.time("until_at"),
      askedBy: kit.text("asked_by").notNull(),
      askedAs: kit.json<NonNullable<Change["askedAs"]>>("asked_as"),
      askedAt: kit.time("asked_at").notNull(),
      channel: kit.text("channel").notNull(),
      /** Where it was typed, if its card goes somewhere else. */
      askedIn: kit.text("asked_in"),
      verdict: kit.json<Verdict>("verdict").notNull(),
      policyVersion: kit.int("policy_version").notNull(),
      expiresAt: kit.time("expires_at"),
      escalatedAt: kit.time("escalated_at"),
      ratifyBy: kit.time("ratify_by"),
      ratified: kit.text("ratified").$type<Ratified["kind"]>(),
      ratifiedBy: kit.text("ratified_by"),
      ratifiedAt: kit.time("ratified_at"),
      /** Why taking it back led to nothing. */
      notReversed: kit.text("not_reversed"),
      decidedAt: kit.time("decided_at"),
      endedAt: kit.time("ended_at"),
      follows: kit.text("follows"),
      version: kit.int("version").notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.id] }),
      kit.index("changes_by_time").on(t.workspace, t.askedAt),
      kit.index("changes_by_state").on(t.state, t.workspace),
    ],
  );
  const targets = kit.table(
    "targets",
    {
      workspace: kit.text("workspace").notNull(),
      id: kit.text("id").notNull(),
      changeId: kit.text("change_id").notNull(),
      position: kit.int("position").notNull(),
      connectionId: kit.text("connection_id").notNull(),
      connection: kit.text("connection").notNull(),
      connectionVersion: kit.int("connection_version").notNull(),
      /** Of everything that was agreed to; another one at the start supersedes the change. */
      digest: kit.text("digest"),
      /** The account behind the connection when it was asked, as far as it could be told. */
      account: kit.text("account"),
      vendor: kit.text("vendor").$type<VendorName>().notNull(),
      campaignId: kit.text("campaign_id").notNull(),
      campaignName: kit.text("campaign_name").notNull(),
      /** When the campaign was made, as its vendor told. */
      mark: kit.text("mark"),
      /** Nobody has read its name yet: what stands there is its id. */
      unread: kit.bool("name_unread"),
      /** What its platform calls it now, where it was asked about by another name. */
      calledNow: kit.text("called_now"),
      /** Set while the target is open, so that a campaign has one open change at most. */
      openKey: kit.text("open_key"),
      /** The same by account, which several connections may lead to, or one under several keys. */
      openAccountKey: kit.text("open_account_key"),
      state: kit.text("state").$type<TargetState>().notNull(),
      before: kit.text("before_word"),
      after: kit.text("after_word"),
      /** What the platform said beside its word then, so that what it says later can be told from it. */
      noted: kit.text("after_note"),
      sentence: kit.text("sentence"),
      checkedAt: kit.time("checked_at"),
      /** How much is at stake, as the platform told it, and when. */
      reach: kit.json<Omit<Reach, "at">>("reach"),
      reachAt: kit.time("reach_at"),
      /** What the platform showed when it was looked at again before the decision. */
      sinceWord: kit.text("since_word"),
      sinceAt: kit.time("since_at"),
      /** When its campaign was first looked at to carry it out. */
      begunAt: kit.time("begun_at"),
      /** Whether the platform may still undo what it shows, and what came of watching it. */
      watch: kit.text("watch").$type<NonNullable<Target["watch"]>>(),
      /** Since when nothing has been seen that could undo it, how long it is watched at most, and what it waits for. */
      watchSince: kit.time("watch_since"),
      watchUntil: kit.time("watch_until"),
      watchFor: kit.text("watch_for"),
      /** The newer change that has taken the campaign over. */
      overtaken: kit.json<NonNullable<Target["overtaken"]>>("overtaken"),
      /** Why the platform itself says that it stands as it does. */
      note: kit.text("note"),
      attempts: kit.int("attempts").notNull(),
      firstAttemptAt: kit.time("first_attempt_at"),
      lastAttempt: kit.text("last_attempt").$type<NonNullable<Target["lastAttempt"]>>(),
      reads: kit.int("reads").notNull(),
      stumbles: kit.int("stumbles").notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.id] }),
      kit.foreignKey({
        columns: [t.workspace, t.changeId],
        foreignColumns: [changes.workspace, changes.id],
      }),
      kit.index("targets_of_change").on(t.workspace, t.changeId),
      kit.index("targets_of_campaign").on(t.workspace, t.connectionId, t.campaignId),
      kit.index("targets_of_account").on(t.workspace, t.account, t.campaignId),
      kit.uniqueIndex("targets_open").on(t.openKey),
      kit.uniqueIndex("targets_open_account").on(t.openAccountKey),
    ],
  );
  const attempts = kit.table(
    "attempts",
    {
      workspace: kit.text("workspace").notNull(),
      id: kit.text("id").notNull(),
      targetId: kit.text("target_id").notNull(),
      number: kit.int("number").notNull(),
      action: kit.text("action").$type<Action>().notNull(),
      startedAt: kit.time("started_at").notNull(),
      endedAt: kit.time("ended_at"),
      result: kit.text("result"),
      detail: kit.text("detail"),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.id] }),
      kit.foreignKey({
        columns: [t.workspace, t.targetId],
        foreignColumns: [targets.workspace, targets.id],
      }),
      kit.uniqueIndex("attempts_number").on(t.workspace, t.targetId, t.number),
    ],
  );
  const votes = kit.table(
    "votes",
    {
      workspace: kit.text("workspace").notNull(),
      changeId: kit.text("change_id").notNull(),
      person: kit.text("person").notNull(),
      kind: kit.text("kind").$type<Vote["kind"]>().notNull(),
      reason: kit.text("reason"),
      at: kit.time("at").notNull(),
      steps: kit.json<readonly number[]>("steps").notNull(),
      /** Who was away and had named this person. */
      instead: kit.text("instead"),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.changeId, t.person] }),
      kit.foreignKey({
        columns: [t.workspace, t.changeId],
        foreignColumns: [changes.workspace, changes.id],
      }),
    ],
  );
  const posts = kit.table(
    "posts",
    {
      workspace: kit.text("workspace").notNull(),
      id: kit.text("id").notNull(),
      changeId: kit.text("change_id").notNull(),
      channel: kit.text("channel").notNull(),
      ts: kit.text("ts").notNull(),
      shownVersion: kit.int("shown_version").notNull(),
      gone: kit.bool("gone").notNull(),
      /** A copy for one person beside the card itself. */
      copy: kit.bool("copy"),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.id] }),
      kit.foreignKey({
        columns: [t.workspace, t.changeId],
        foreignColumns: [changes.workspace, changes.id],
      }),
      kit.uniqueIndex("posts_place").on(t.workspace, t.channel, t.ts),
      kit.index("posts_of_change").on(t.workspace, t.changeId),
    ],
  );
  return { changes, targets, attempts, votes, posts };
}

function vendorTables(kit: Kit) {
  const connections = kit.table(
    "connections",
    {
      workspace: kit.text("workspace").notNull(),
      id: kit.text("id").notNull(),
      vendor: kit.text("vendor").$type<VendorName>().notNull(),
      name: kit.text("name").notNull(),
      nameKey: kit.text("name_key").notNull(),
      baseUrl: kit.text("base_url").notNull(),
      options: kit.json<Readonly<Record<string, string>>>("options").notNull(),
      sealedSecret: kit.text("sealed_secret").notNull(),
      secretHint: kit.text("secret_hint").notNull(),
      version: kit.int("version").notNull(),
      /** The account it leads to; empty until its key is first opened. */
      account: kit.text("account"),
      createdAt: kit.time("created_at").notNull(),
      createdBy: kit.text("created_by").notNull(),
      brokenSince: kit.time("broken_since"),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.id] }),
      kit.uniqueIndex("connections_name").on(t.workspace, t.nameKey),
      kit.index("connections_of_account").on(t.workspace, t.account),
    ],
  );
  /** What each connection's list last showed that was not over: for a stop while it cannot be read. */
  const lastLists = kit.table(
    "last_lists",
    {
      workspace: kit.text("workspace").notNull(),
      connectionId: kit.text("connection_id").notNull(),
      readAt: kit.time("read_at").notNull(),
      /** Id, name and phase of each. */
      campaigns: kit.json<readonly ListedCampaign[]>("campaigns").notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.workspace, t.connectionId] })],
  );
  /** Emergency stops of the last day as they were heard, whatever came of them. */
  const stops = kit.table(
    "stops",
    {
      workspace: kit.text("workspace").notNull(),
      /** The id of the change that it becomes, if anything runs. */
      id: kit.text("id").notNull(),
      at: kit.time("at").notNull(),
      askedBy: kit.json<Person>("asked_by").notNull(),
      connectionIds: kit.json<readonly string[]>("connection_ids").notNull(),
      /** Those connections' accounts, which go on when a connection is made anew. */
      accounts: kit.json<readonly string[]>("accounts"),
      /** Empty while its lists are still being read. */
      readAt: kit.time("read_at"),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.id] }),
      kit.index("stops_by_time").on(t.workspace, t.at),
    ],
  );
  /** One row per key of the keyring that proves the key is right, and the audit's own key. */
  const canaries = kit.table("canaries", {
    kid: kit.text("kid").primaryKey(),
    sealed: kit.text("sealed").notNull(),
    /** Since when nothing may be sealed with it any more. */
    retiredAt: kit.time("retired_at"),
  });
  return { connections, lastLists, stops, canaries };
}

function auditTables(kit: Kit) {
  const audit = kit.table(
    "audit",
    {
      workspace: kit.text("workspace").notNull(),
      seq: kit.int("seq").notNull(),
      at: kit.time("at").notNull(),
      actor: kit.text("actor").notNull(),
      event: kit.text("event").notNull(),
      subject: kit.text("subject").notNull(),
      /** JSON as text on both engines: the chain covers its very bytes. */
      detail: kit.text("detail").notNull(),
      previousHash: kit.text("previous_hash").notNull(),
      hash: kit.text("hash").notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.seq] }),
      // By the number as well, or the newest line about something is looked for in the whole record.
      kit.index("audit_of_subject").on(t.workspace, t.subject, t.seq),
    ],
  );
  const auditHeads = kit.table("audit_heads", {
    workspace: kit.text("workspace").primaryKey(),
    seq: kit.int("seq").notNull(),
    hash: kit.text("hash").notNull(),
    /** Authenticates this row, so that a cut tail cannot be hidden by moving the head back. */
    proof: kit.text("proof").notNull(),
  });
  const policies = kit.table(
    "policies",
    {
      workspace: kit.text("workspace").notNull(),
      version: kit.int("version").notNull(),
      document: kit.json<unknown>("document").notNull(),
      savedAt: kit.time("saved_at").notNull(),
      savedBy: kit.text("saved_by").notNull(),
    },
    (t) => [kit.primaryKey({ columns: [t.workspace, t.version] })],
  );
  /** Who is away until when, and who decides instead. */
  const absences = kit.table(
    "absences",
    {
      workspace: kit.text("workspace").notNull(),
      person: kit.text("person").notNull(),
      standIn: kit.text("stand_in").notNull(),
      since: kit.time("since").notNull(),
      until: kit.time("until_at").notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.person] }),
      kit.index("absences_by_stand_in").on(t.workspace, t.standIn),
    ],
  );
  /** Who somebody was when Slack last said it, for a day: a row for each id that Slack has for them. */
  const people = kit.table(
    "people",
    {
      workspace: kit.text("workspace").notNull(),
      id: kit.text("id").notNull(),
      facts: kit.json<Facts>("facts").notNull(),
      seenAt: kit.time("seen_at").notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.id] }),
      kit.index("people_by_time").on(t.seenAt),
    ],
  );
  /** Lines of the record that came again within the hour: one line with their number takes their place. */
  const repeats = kit.table(
    "repeats",
    {
      workspace: kit.text("workspace").notNull(),
      /** A hash of everything that makes them equal. */
      key: kit.text("key").notNull(),
      actor: kit.text("actor").notNull(),
      event: kit.text("event").notNull(),
      subject: kit.text("subject").notNull(),
      detail: kit.json<Readonly<Record<string, unknown>>>("detail").notNull(),
      since: kit.time("since").notNull(),
      /** Beside the first, which has its line. */
      times: kit.int("times").notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.key] }),
      kit.index("repeats_by_time").on(t.since),
    ],
  );
  return { audit, auditHeads, policies, absences, people, repeats };
}

function queueTables(kit: Kit) {
  const jobs = kit.table(
    "jobs",
    {
      id: kit.serial("id"),
      kind: kit.text("kind").notNull(),
      workspace: kit.text("workspace"),
      payload: kit.json<unknown>("payload").notNull(),
      /** When it is due; while leased, when the lease ends. */
      runAt: kit.time("run_at").notNull(),
      /** Claims since there was last any news. */
      tries: kit.int("tries").notNull(),
      /** Since when Slack keeps it from its work; nothing while it does not. */
      troubledAt: kit.time("troubled_at"),
      urgent: kit.bool("urgent").notNull(),
      /** Jobs of one share wait for each other and not for those of others: a connection, or else the workspace. */
      share: kit.text("share"),
      leaseToken: kit.text("lease_token"),
      key: kit.text("key"),
      createdAt: kit.time("created_at").notNull(),
      doneAt: kit.time("done_at"),
      failed: kit.bool("failed").notNull(),
      lastError: kit.text("last_error"),
    },
    (t) => [
      kit.index("jobs_due").on(t.doneAt, t.kind, t.runAt),
      kit.uniqueIndex("jobs_key").on(t.key),
    ],
  );
  const choices = kit.table(
    "choices",
    {
      workspace: kit.text("workspace").notNull(),
      id: kit.text("id").notNull(),
      person: kit.text("person").notNull(),
      setId: kit.text("set_id").notNull(),
      wish: kit.json<unknown>("wish").notNull(),
      createdAt: kit.time("created_at").notNull(),
    },
    (t) => [
      kit.primaryKey({ columns: [t.workspace, t.id] }),
      kit.index("choices_of_set").on(t.workspace, t.setId),
    ],
  );
  const digests = kit.table("digests", {
    workspace: kit.text("workspace").primaryKey(),
    channel: kit.text("channel").notNull(),
    time: kit.text("time").notNull(),
    zone: kit.text("zone").notNull(),
    setBy: kit.text("set_by").notNull(),
    setAt: kit.time("set_at").notNull(),
    lastDate: kit.text("last_date"),
  });
  return { jobs, choices, digests };
}

function installTables(kit: Kit) {
  /** Where Fermata is installed: a workspace "T…", or an organisation "E…" for all of its workspaces. */
  const workspaces = kit.table("workspaces", {
    id: kit.text("id").primaryKey(),
    enterprise: kit.text("enterprise"),
    orgWide: kit.bool("org_wide").notNull(),
    sealedToken: kit.text("sealed_token").notNull(),
    version: kit.int("version").notNull(),
    appId: kit.text("app_id").notNull(),
    botId: kit.text("bot_id").notNull(),
    botUserId: kit.text("bot_user_id").notNull(),
    scopes: kit.text("scopes").notNull(),
    installedBy: kit.text("installed_by").notNull(),
    installedAt: kit.time("installed_at").notNull(),
    /** Only where tokens rotate: what gives the next one, and when this one ends. */
    sealedRefresh: kit.text("sealed_refresh"),
    tokenEndsAt: kit.time("token_ends_at"),
    /** Nobody fetches the next token before this moment; the lease says who is fetching it now. */
    refreshAfter: kit.time("refresh_after"),
    refreshLease: kit.text("refresh_lease"),
  });
  /** The workspaces that an organisation's install was seen to serve. */
  const orgWorkspaces = kit.table(
    "org_workspaces",
    {
      workspace: kit.text("workspace").primaryKey(),
      enterprise: kit.text("enterprise").notNull(),
    },
    (t) => [kit.index("org_workspaces_of").on(t.enterprise)],
  );
  /** States of installs that came to their end, so that none counts twice. Hashes only: nothing here opens anything. */
  const installStates = kit.table("install_states", {
    hash: kit.text("hash").primaryKey(),
    expiresAt: kit.time("expires_at").notNull(),
  });
  /** The audit of a workspace may be deleted while it has a row here, which no committed state ever shows. */
  const purges = kit.table("purges", {
    workspace: kit.text("workspace").primaryKey(),
    at: kit.time("at").notNull(),
  });
  return { workspaces, orgWorkspaces, installStates, purges };
}
