// What an owner is told of a bridge's channels is told of each of them, however alike they are called.
import { expect, it } from "@jest/globals";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { bridgeClosedNotice, bridgeLostNotice } from "../../../src/core/bridge/notify.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import type { Context } from "../../../src/core/kernel/house.ts";
import { bindings, memberships, pods } from "../../../src/core/pods/read.ts";

it("channels of one name, of pods of one name, are two subjects", async () => {
  const store = await openSqlite({ path: ":memory:", collections: [pods, memberships, bindings] });
  const topicsOf = async (kind: typeof bridgeClosedNotice | typeof bridgeLostNotice) => {
    const told = ["one", "two"].map(async (subject) => {
      const channel = { subject, binding: `${subject}.binding`, platform: "town", space: `${subject}.space` };
      const prepared = (await kind.prepare({ store } as Context, channel as never))!;
      expect(prepared).toMatchObject({ to: ["ada"], data: { pod: "Algebra" } });
      return kind.subject!(prepared.data);
    });
    return new Set(await Promise.all(told)).size;
  };
  for (const [n, id] of ["one", "two"].entries()) {
    const pod = { name: "Algebra", nameKey: "algebra", timezone: "UTC", creatorId: "ada", createdAt: 1 };
    const channel = { platform: "town", channel: `${id}.channel`, space: `${id}.space`, title: "general" };
    await store.commit([
      insert(pods, { id, code: `AAAAA${n}`, ...pod }),
      insert(memberships, { id: `${id}.owner`, podId: id, memberId: "ada", role: "owner", joinedAt: 1 }),
      insert(bindings, { id: `${id}.binding`, podId: id, ...channel, boundBy: "ada", boundAt: 1 }),
    ]);
  }
  expect([await topicsOf(bridgeClosedNotice), await topicsOf(bridgeLostNotice)]).toEqual([2, 2]);
  await store.close();
});
