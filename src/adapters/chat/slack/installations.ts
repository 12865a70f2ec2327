// The workspaces that PeerSpark was installed into, with their tokens, which are kept sealed.
import { z } from "zod";
import { isConflict, isStoreAway } from "../../../core/errors.ts";
import { patch, remove, upsert } from "../../../core/kernel/change.ts";
import { collection } from "../../../core/kernel/collection.ts";
import { just, maybe } from "../../../core/plain-shapes.ts";
import type { Secrets } from "../../../core/ports/secrets.ts";
import type { Row, Store } from "../../../core/ports/store.ts";
import { bounded } from "../bounded.ts";

export const slackInstallations = collection(
  "slack_installations",
  z.object({
    team: just.string,
    title: just.string.max(200),
    botUser: just.string,
    /** The bot token. */
    sealed: just.string,
    /** With token rotation: what the next token is asked for with, and when this one ends (epoch ms). */
    refresh: maybe.string,
    expiresAt: maybe.int,
    /** Until then somebody is asking for the next token. */
    refreshingUntil: maybe.int,
  }),
  { often: true, unique: [["team"]] },
);
export type Installation = Row<typeof slackInstallations>;

/** As Slack hands it over. */
export interface Granted {
  readonly token: string;
  readonly refresh?: string;
  /** Epoch ms. */
  readonly expiresAt?: number;
}

export interface Installations {
  of(team: string): Promise<Installation | undefined>;
  /** So many of them, the oldest first, and whether there are more. */
  some(most: number): Promise<{ readonly rows: readonly Installation[]; readonly more: boolean }>;
  /** For the first time, or again: the newest token is the one that is good. */
  keep(team: { id: string; title: string; botUser: string }, granted: Granted): Promise<void>;
  forget(team: string): Promise<void>;
  /** For one process at a time: undefined when another asks for the next token already. */
  claim(row: Installation, until: number): Promise<Installation | undefined>;
  renew(row: Installation, granted: Granted): Promise<void>;
  /** Gives the turn back after a failure; nobody takes it before `until` (epoch ms), where it is given. */
  release(row: Installation, until?: number): Promise<void>;
  token(row: Installation): string | undefined;
  refreshToken(row: Installation): string | undefined;
}

const mostRemembered = 1_000;

export function installationsIn(store: Store, secrets: Secrets): Installations {
  const sealedState = ({ token, refresh, expiresAt }: Granted) => ({
    sealed: secrets.seal(token),
    refresh: refresh && secrets.seal(refresh),
    expiresAt,
    refreshingUntil: undefined,
  });
  const seen = bounded<string, Installation>(mostRemembered);
  /** As it was last seen, while the store can't be reached: without a token nobody could even be told so. */
  const of = async (team: string): Promise<Installation | undefined> => {
    try {
      const row = await store.getBy(slackInstallations, { team });
      if (row) seen.set(team, row);
      else seen.delete(team);
      return row;
    } catch (error) {
      const known = isStoreAway(error) ? seen.get(team) : undefined;
      if (!known) throw error;
      return known;
    }
  };
  return {
    of,
    async some(most) {
      const { rows } = await store.find(slackInstallations, { limit: most + 1 });
      return { rows: rows.slice(0, most), more: rows.length > most };
    },
    async keep({ id, title, botUser }, granted) {
      const state = { title: title.slice(0, 200), botUser, ...sealedState(granted) };
      const row = { id: secrets.id(), team: id, ...state };
      await store.commit([upsert(slackInstallations, { team: id }, row, state)]);
    },
    async forget(team) {
      const row = await of(team);
      if (row) await store.commit([remove(slackInstallations, row.id)]);
    },
    async claim(row, until) {
      try {
        await store.commit([patch(slackInstallations, row, { refreshingUntil: until })]);
        return { ...row, refreshingUntil: until, rev: row.rev + 1 };
      } catch (error) {
        if (isConflict(error)) return undefined;
        throw error;
      }
    },
    async renew(row, granted) {
      await store.commit([patch(slackInstallations, row, sealedState(granted))]);
    },
    async release(row, until) {
      await store.commit([patch(slackInstallations, row, { refreshingUntil: until })]);
    },
    token: (row) => secrets.unseal(row.sealed),
    refreshToken: (row) => (row.refresh === undefined ? undefined : secrets.unseal(row.refresh)),
  };
}
