import { describe, expect, it } from "vitest";
import { installWorkspace } from "../../src/flows/install-workspace.ts";
import { placeOf } from "../../src/slack/install/place.ts";
import { storedInstalls } from "../../src/slack/install/stored.ts";
import { Secret } from "../../src/store/secret.ts";
import { aWorld } from "../flows/a-world.ts";

const organisation = { is_enterprise_install: true, enterprise: { id: "E1" }, team: null };
const theirs = { user: { id: "U1", team_id: "T_THEIRS" } };

describe("where a request comes from", () => {
  it("is what a command says", () => {
    expect(placeOf({ team_id: "T1" })).toEqual({ workspace: "T1", stated: true });
    const orgWide = { team_id: "T1", enterprise_id: "E1", is_enterprise_install: "true" };
    expect(placeOf(orgWide)).toEqual({ workspace: "T1", organisation: "E1", stated: true });
    expect(placeOf({ ...orgWide, is_enterprise_install: "false" })).toEqual({
      workspace: "T1",
      stated: true,
    });
  });

  it("is where our message stands, when it went to an organisation's install", () => {
    expect(placeOf({ ...organisation, ...theirs, message: { team: "T1" } })).toEqual({
      workspace: "T1",
      organisation: "E1",
      stated: true,
    });
  });

  it("is the workspace whose app a view is", () => {
    const view = { app_installed_team_id: "T1" };
    expect(placeOf({ team: { id: "T_THEIRS" }, ...theirs, view })?.workspace).toBe("T1");
    expect(placeOf({ ...organisation, ...theirs, view })?.workspace).toBe("T1");
  });

  it("B16: is the person's own workspace only for an organisation, and is not called stated then", () => {
    expect(placeOf({ ...organisation, ...theirs })).toEqual({
      workspace: "T_THEIRS",
      organisation: "E1",
      stated: false,
    });
    expect(placeOf({ team: null, ...theirs })).toBe(undefined);
  });

  it("is nowhere where Slack says nothing, or says it in another shape", () => {
    const broken = { ...organisation, user: 5, message: "x", view: [], team_id: {} };
    for (const body of [{}, null, 5, [], "T1", organisation, broken])
      expect(placeOf(body)).toBe(undefined);
  });
});

describe("the installs on record", () => {
  const granted = (id: string) => ({
    ...{ id, orgWide: id.startsWith("E"), token: new Secret(`xoxb-${id}`), appId: "A1" },
    ...{ botId: "B1", botUserId: "U1", scopes: "commands", installedBy: "U2" },
  });
  async function installedIn(...ids: string[]) {
    const { world } = await aWorld();
    for (const id of ids) await installWorkspace(world, granted(id));
    return { world, installs: storedInstalls(world, "http://127.0.0.1:9/api/") };
  }

  it("give each workspace its own token, and none to a stranger", async () => {
    const { installs } = await installedIn("T1", "T2");
    expect((await installs.find("T1"))?.token.reveal()).toBe("xoxb-T1");
    expect((await installs.find("T2"))?.token.reveal()).toBe("xoxb-T2");
    expect(await installs.find("T3")).toBe(undefined);
  });

  it("give the newer token as soon as there is one", async () => {
    const { world, installs } = await installedIn("T1");
    const before = await installs.find("T1");
    await installWorkspace(world, { ...granted("T1"), token: new Secret("xoxb-newer") });
    const after = await installs.find("T1");
    expect(after?.token.reveal()).toBe("xoxb-newer");
    expect(after?.mark).not.toBe(before?.mark);
  });

  it("learn from Slack which workspaces an organisation's install serves", async () => {
    const { installs } = await installedIn("E1");
    const place = { workspace: "T1", organisation: "E1" };
    expect(await installs.find("T1")).toBe(undefined);
    expect(await installs.recognise({ ...place, stated: false })).toBe(undefined);
    expect((await installs.recognise({ ...place, stated: true }))?.id).toBe("E1");
    expect((await installs.find("T1"))?.orgWide).toBe(true);
    expect((await installs.recognise({ ...place, stated: false }))?.id).toBe("E1");
  });

  it("B16: never serve an outsider's workspace because they act where the organisation is", async () => {
    const { installs } = await installedIn("E1");
    const outsider = { workspace: "T_THEIRS", organisation: "E1", stated: false };
    expect(await installs.recognise(outsider)).toBe(undefined);
    expect(await installs.find("T_THEIRS")).toBe(undefined);
  });

  it("prefer a workspace's own install to that of its organisation", async () => {
    const { installs } = await installedIn("E1", "T1");
    const place = { workspace: "T1", organisation: "E1", stated: true };
    expect((await installs.recognise(place))?.id).toBe("T1");
  });

  it("answer for no other organisation", async () => {
    const { installs } = await installedIn("E1");
    await installs.recognise({ workspace: "T1", organisation: "E1", stated: true });
    const moved = { workspace: "T1", organisation: "E2", stated: true };
    expect(await installs.recognise(moved)).toBe(undefined);
  });

  it("hold nothing of a token that does not open", async () => {
    const { world, installs } = await installedIn("T1", "T2");
    const rows = await world.store.read((q) => q.select().from(q.t.workspaces));
    const [first] = rows;
    await world.store.write((q) =>
      q.update(q.t.workspaces).set({ sealedToken: first?.sealedToken ?? "" }),
    );
    const found = await Promise.all(["T1", "T2"].map((id) => installs.find(id)));
    expect(found.map((one) => one?.id)).toEqual(["T1", undefined]);
  });
});
