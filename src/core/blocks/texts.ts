// What is said about blocks.
import { defineTexts, md } from "../text.ts";

export const blockTexts = defineTexts({
  en: {
    area: "Blocks",
    blockSummary: "Hear nothing more of what somebody does",
    blockTitle: "Block somebody",
    unblockSummary: "Hear of somebody again",
    unblockTitle: "Unblock somebody",
    askWho: "Who? A name or @username",
    yourself: "That is you. Name the person you want to hear nothing of.",
    blocked: (name: string) =>
      md`Blocked. I tell you nothing of what ${name} does any more, no invitations either. They are not told.`,
    unblock: "Unblock",
    unblocked: (name: string) => md`You hear of ${name} again.`,
    notBlocked: (name: string) => md`${name} isn't blocked.`,
  },
  de: {
    area: "Blockieren",
    blockSummary: "Nichts mehr davon hören, was jemand tut",
    blockTitle: "Jemanden blockieren",
    unblockSummary: "Wieder von jemandem hören",
    unblockTitle: "Jemanden freigeben",
    askWho: "Wer? Ein Name oder @Benutzername",
    yourself: "Das bist du. Nenne die Person, von der du nichts hören möchtest.",
    blocked: (name) =>
      md`Blockiert. Was ${name} tut, teile ich dir nicht mehr mit, auch keine Einladungen. Die Person erfährt nichts davon.`,
    unblock: "Nicht mehr blockieren",
    unblocked: (name) => md`Du hörst wieder von ${name}.`,
    notBlocked: (name) => md`${name} ist nicht blockiert.`,
  },
});
