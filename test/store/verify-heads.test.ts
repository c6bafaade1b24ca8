import { describe, expect, it } from "vitest";
import { appendAudit } from "../../src/store/audit.ts";
import { closedChannels } from "../../src/store/closed-channels.ts";
import type { Store } from "../../src/store/handle.ts";
import { verifyHeads } from "../../src/store/verify-heads.ts";
import { engines, freshStore } from "../support/two-engines.ts";
import { noon } from "./sample-change.ts";
import { tamper } from "./tamper.ts";

async function write(
  store: Store,
  workspace: string,
  ...lines: { event: string; subject: string }[]
) {
  const detail = { reason: "is_archived" };
  const all = lines.map((line) => ({ ...line, detail }));
  await store.write((q) => appendAudit(q, { workspace, at: noon, actor: "U1", lines: all }));
}
const asked = { event: "change_asked", subject: "chg_1" };
const closed = (subject: string) => ({ event: "channel_closed", subject });

describe.each(engines)("the newest lines of the record on %s", (engine) => {
  it("are well in a new database, and after every line", async () => {
    const { store } = await freshStore(engine);
    expect(await verifyHeads(store)).toEqual({ ok: true, lines: 0 });
    await write(store, "T1", asked, asked);
    await write(store, "T2", asked);
    expect(await verifyHeads(store)).toEqual({ ok: true, lines: 3 });
    expect(await verifyHeads(store, "T2")).toEqual({ ok: true, lines: 1 });
  });

  it.each([
    ["the line is altered", "UPDATE audit SET actor = 'U9' WHERE seq = 2"],
    ["the line is gone", "DELETE FROM audit WHERE seq = 2"],
    ["an older line is made the newest", "UPDATE audit_heads SET seq = 1"],
    ["the head is gone", "DELETE FROM audit_heads"],
  ])("are not well where %s", async (_, statement) => {
    const { store, url } = await freshStore(engine);
    await write(store, "T1", asked, asked);
    await tamper(url, statement);
    expect(await verifyHeads(store)).toEqual({ ok: false, workspace: "T1" });
  });

  it("tell which channels are closed, until they take a card again", async () => {
    const { store } = await freshStore(engine);
    const open = { event: "channel_open_again", subject: "C2" };
    await write(store, "T1", asked, closed("C1"), closed("C2"), closed("G3"), open);
    await write(store, "T2", closed("C4"));
    const found = await store.read((q) => closedChannels(q, "T1"));
    const reason = "is_archived";
    expect(found).toEqual(["C1", "G3"].map((channel) => ({ channel, reason })));
  });
});
