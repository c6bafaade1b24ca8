import { commit } from "../store/commit.ts";
import { removeDigest, setDigest } from "../store/digests.ts";
import type { World } from "../world.ts";

export type DigestWish = { on: true; channel: string; time: string; zone: string } | { on: false };

/** Sets, moves or ends the workspace's daily digest. */
export async function changeDigest(
  world: World,
  workspace: string,
  by: string,
  wish: DigestWish,
): Promise<void> {
  const at = world.now();
  await world.store.write(async (q) => {
    if (wish.on) {
      const { channel, time, zone } = wish;
      await setDigest(q, { workspace, channel, time, zone, setBy: by, setAt: at });
    } else await removeDigest(q, workspace);
    const audit = [{ event: "digest_set", subject: workspace, detail: { ...wish } }];
    await commit(q, { workspace, at, actor: by, audit });
  });
}
