import { type Post, rememberPost } from "../../store/posts.ts";
import type { World } from "../../world.ts";

type NewPost = Omit<Post, "gone">;

export interface PostMemory {
  /** Puts on record where something was posted. Throws what the store throws. */
  keep(post: NewPost): Promise<void>;
  /** Puts on record what the store did not take before, so that none of it is posted twice. */
  catchUp(workspace: string, changeId: string): Promise<void>;
}

/** What the store could not take is remembered here, for as long as the program runs. */
export function createPostMemory({ store }: Pick<World, "store">): PostMemory {
  const unkept = new Map<string, NewPost>();
  const keep = async (post: NewPost) => {
    unkept.set(post.id, post);
    await store.write((q) => rememberPost(q, post));
    unkept.delete(post.id);
  };
  return {
    keep,
    async catchUp(workspace, changeId) {
      const late = [...unkept.values()].filter(
        (post) => post.workspace === workspace && post.changeId === changeId,
      );
      for (const post of late) await keep(post);
    },
  };
}
