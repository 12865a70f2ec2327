// What moving a store says to operators, to those too who start PeerSpark on a store that was moved.
import { defineTexts, md } from "../../core/text.ts";

/** Drivers as they are called on the command line. */
type Way = { from: string; to: string };

export const migrationTexts = defineTexts({
  en: {
    moved: ({ from, to, where, day }: Way & { where: string; day: string }) =>
      md`The data of this store has moved to ${where} (${day}). Start PeerSpark there (STORE=${to}), or bring it back: with all that came since by “npm run migrate -- --from ${to} --to ${from}”, without it by “npm run migrate -- --from ${from} --to ${to} --undo”.`,
    underWay: ({ from, to }: Way) =>
      md`The data of this store is being moved from ${from} to ${to}. See it through with “npm run migrate -- --from ${from} --to ${to}”, or take it back with the same and “--undo”.`,
    inUse: ({ where, who, seconds }: { where: string; who: string; seconds: number }) =>
      md`PeerSpark runs on ${where} (${who}). Stop it first; if it was killed, wait ${seconds} s for its lease to run out.`,
    twice: "Another migration is under way on this machine. Let it end first.",
    nothing: (path: string) => md`There is no data to move: ${path} does not exist.`,
    otherWay: ({ where, from, to }: Way & { where: string }) =>
      md`${where} takes part in another migration, from ${from} to ${to}. See that through first, or take it back with “npm run migrate -- --from ${from} --to ${to} --undo”.`,
    gone: ({ where, to }: { where: string; to: string }) =>
      md`There is nothing to move: the data went to ${where} already. Use it there (STORE=${to}).`,
    taken: ({ where, rows }: { where: string; rows: string }) =>
      md`${where} holds data of its own (${rows}). Name another place, or add --replace to throw that away.`,
    noUndo: ({ from, to }: Way) => md`No migration from ${from} to ${to} is there to be taken back.`,
    apart:
      "The two stores do not hold the same. Nothing was switched over: run it again to copy everything anew, or with --undo to stay where you are.",
  },
  de: {
    moved: ({ from, to, where, day }) =>
      md`Die Daten dieses Speichers sind nach ${where} umgezogen (${day}). Starte PeerSpark dort (STORE=${to}), oder hole sie zurück: mit allem, was seither dazukam, durch „npm run migrate -- --from ${to} --to ${from}“, ohne das durch „npm run migrate -- --from ${from} --to ${to} --undo“.`,
    underWay: ({ from, to }) =>
      md`Die Daten dieses Speichers ziehen gerade von ${from} nach ${to} um. Bring das mit „npm run migrate -- --from ${from} --to ${to}“ zu Ende, oder nimm es mit demselben und „--undo“ zurück.`,
    inUse: ({ where, who, seconds }) =>
      md`PeerSpark läuft auf ${where} (${who}). Halte es zuerst an; wurde es abgebrochen, warte ${seconds} s, bis seine Pacht abläuft.`,
    twice: "Auf diesem Rechner läuft schon ein Umzug. Lass ihn zuerst zu Ende gehen.",
    nothing: (path) => md`Es gibt nichts umzuziehen: ${path} ist nicht da.`,
    otherWay: ({ where, from, to }) =>
      md`${where} gehört zu einem anderen Umzug, von ${from} nach ${to}. Bring den zuerst zu Ende, oder nimm ihn mit „npm run migrate -- --from ${from} --to ${to} --undo“ zurück.`,
    gone: ({ where, to }) =>
      md`Es gibt nichts umzuziehen: Die Daten sind schon nach ${where} gegangen. Benutze sie dort (STORE=${to}).`,
    taken: ({ where, rows }) =>
      md`${where} hat eigene Daten (${rows}). Nenne einen anderen Ort, oder wirf sie mit --replace weg.`,
    noUndo: ({ from, to }) => md`Es gibt keinen Umzug von ${from} nach ${to}, der sich zurücknehmen ließe.`,
    apart:
      "Die beiden Speicher halten nicht dasselbe. Umgestellt wurde nichts: Starte es noch einmal, um alles neu zu kopieren, oder mit --undo, um zu bleiben, wo du bist.",
  },
});
