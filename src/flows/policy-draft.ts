import { z } from "zod";
import type { Policy } from "../domain/policy.ts";
import { checkPolicy } from "../domain/policy-file.ts";
import { changeDraft, type Draft, draftOf, dropDraft, keepDraft } from "../store/drafts.ts";
import type { World } from "../world.ts";
import { loadPolicy } from "./load-policy.ts";

/** Whose draft, and which: one that was begun anew since is another one. */
export interface DraftKey {
  workspace: string;
  person: string;
  id: string;
}

/** A policy that somebody is at work on. Nothing of it holds until it is saved. */
export interface PolicyDraft extends DraftKey {
  /** The version that it began as, or was last compared with. */
  base: number;
  /** Rises by one with every edit. */
  revision: number;
  policy: Policy;
  /** The revision of which Slack has said that those who approve are there. */
  checked?: number;
}

const kept = z.object({
  base: z.int(),
  revision: z.int(),
  policy: z.unknown(),
  checked: z.int().optional(),
});

/** The draft that the person has, or a new one of the policy in force. */
export async function openDraft(
  world: World,
  workspace: string,
  person: string,
): Promise<PolicyDraft> {
  const row = await world.store.read((q) => draftOf(q, workspace, person));
  const draft = row && readDraft(row);
  const { version } = await loadPolicy(world, workspace);
  const isOfUse = draft && (draft.revision > 0 || draft.base === version);
  return isOfUse ? draft : beginDraft(world, workspace, person);
}

/** A new draft of the policy in force; what the person had is forgotten. */
export async function beginDraft(
  world: World,
  workspace: string,
  person: string,
): Promise<PolicyDraft> {
  const { policy, version } = await loadPolicy(world, workspace);
  const id = world.newId("drf");
  const draft = { workspace, person, id, base: version, revision: 0, policy };
  await world.store.write((q) => keepDraft(q, rowOf(draft, world.now())));
  return draft;
}

/** Undefined where it is no longer there: saved, begun anew, or a day old. */
export async function findDraft(world: World, key: DraftKey): Promise<PolicyDraft | undefined> {
  const row = await world.store.read((q) => draftOf(q, key.workspace, key.person));
  return row?.id === key.id ? readDraft(row) : undefined;
}

/** The draft after the edit; undefined, and nothing edited, where it has moved since that revision or is gone. */
export async function editDraft(
  world: World,
  key: DraftKey,
  revision: number,
  edit: (policy: Policy) => Policy,
): Promise<PolicyDraft | undefined> {
  return world.store.write(async (q) => {
    const row = await draftOf(q, key.workspace, key.person);
    const draft = row?.id === key.id ? readDraft(row) : undefined;
    if (draft?.revision !== revision) return undefined;
    const policy = edit(draft.policy);
    const { checked: _, ...rest } = draft;
    const after = { ...rest, policy, revision: revision + 1 };
    await changeDraft(q, rowOf(after, world.now()));
    return after;
  });
}

/** Notes with what it was compared, and that those who approve are there. */
export async function noteChecked(world: World, draft: PolicyDraft, base: number): Promise<void> {
  const after = { ...draft, base, checked: draft.revision };
  await world.store.write(async (q) => {
    const row = await draftOf(q, draft.workspace, draft.person);
    const now = row?.id === draft.id ? readDraft(row) : undefined;
    if (now?.revision === draft.revision) await changeDraft(q, rowOf(after, world.now()));
  });
}

export async function forgetDraft(world: World, { workspace, person }: DraftKey): Promise<void> {
  await world.store.write((q) => dropDraft(q, workspace, person));
}

function rowOf({ workspace, person, id, ...content }: PolicyDraft, createdAt: Date): Draft {
  return { workspace, person, id, content, createdAt };
}

function readDraft({ workspace, person, id, content }: Draft): PolicyDraft | undefined {
  const read = kept.safeParse(content);
  if (!read.success) return undefined;
  const { base, revision, policy, checked } = read.data;
  const sound = checkPolicy(policy);
  if (!sound.ok) return undefined;
  return {
    workspace,
    person,
    id,
    base,
    revision,
    policy: sound.policy,
    ...(checked !== undefined && { checked }),
  };
}
