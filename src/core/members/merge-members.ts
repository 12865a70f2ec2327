// Two members turned out to be one: everything of the one becomes the other's, and nothing is counted twice.
import { isConflict } from "../errors.ts";
import { patch, remove, untilSettled } from "../kernel/change.ts";
import { on } from "../kernel/fact.ts";
import type { Context } from "../kernel/house.ts";
import type { AnyCollection, Base, Where } from "../ports/store.ts";
import { memberMoved, membersMerged } from "./facts.ts";

/** Runs again from where it was when it is cut off: what has moved is no longer found under the old id. */
export const mergeMembers = on(membersMerged, "merge-members", async (ctx, { kept, merged }) => {
  for (const collection of ctx.house.collections)
    for (const field of collection.members) await moveRows(ctx, collection, field, { kept, merged });
  await ctx.store.commit([memberMoved(ctx, { member: kept })]);
});

async function moveRows(ctx: Context, of: AnyCollection, field: string, members: { kept: string; merged: string }) {
  for (;;) {
    const { rows } = await ctx.store.find(of, { where: { [field]: members.merged }, limit: 50 });
    if (rows.length === 0) return;
    for (const row of rows) await untilSettled(() => moveRow(ctx, of, field, row.id, members));
  }
}

async function moveRow(
  ctx: Context,
  of: AnyCollection,
  field: string,
  id: string,
  members: { kept: string; merged: string },
) {
  const row = (await ctx.store.get(of, id)) as (Base & Record<string, unknown>) | undefined;
  if (!row || row[field] !== members.merged) return;
  try {
    await ctx.store.commit([patch(of, row, { [field]: members.kept })]);
  } catch (error) {
    const key = isConflict(error) ? error.detail.key?.split("+") : undefined;
    if (!key?.includes(field)) throw error;
    await settleClash(
      ctx,
      of,
      row,
      Object.fromEntries(key.map((name) => [name, name === field ? members.kept : row[name]])),
    );
  }
}

/** Without a rule of its feature, the kept member's row stands and the other goes. */
async function settleClash(
  ctx: Context,
  of: AnyCollection,
  row: Base & Record<string, unknown>,
  key: Record<string, unknown>,
) {
  const rule = ctx.house.merges.get(of.name);
  const kept = await ctx.store.getBy(of, key as Where<AnyCollection>);
  if (rule && kept) await rule.clash(ctx, kept, row);
  else await ctx.store.commit([remove(of, row)]);
}
