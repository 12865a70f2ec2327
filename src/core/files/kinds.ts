// Kinds of files by their extension: the type each is told as, and what its first bytes must show.

const office = "application/vnd.openxmlformats-officedocument";
/** Older office files: one container for all of them. */
const container = ["application/x-cfb"];

/** `shows`: the types that may be sniffed in it; "text" for what is nothing but UTF-8. */
export const kindsOfFiles = {
  pdf: { type: "application/pdf", shows: ["application/pdf"] },
  doc: { type: "application/msword", shows: container },
  docx: {
    type: `${office}.wordprocessingml.document`,
    shows: [`${office}.wordprocessingml.document`],
  },
  ppt: { type: "application/vnd.ms-powerpoint", shows: container },
  pptx: {
    type: `${office}.presentationml.presentation`,
    shows: [`${office}.presentationml.presentation`],
  },
  xls: { type: "application/vnd.ms-excel", shows: container },
  xlsx: { type: `${office}.spreadsheetml.sheet`, shows: [`${office}.spreadsheetml.sheet`] },
  txt: { type: "text/plain", shows: "text" },
  md: { type: "text/markdown", shows: "text" },
  csv: { type: "text/csv", shows: "text" },
  jpg: { type: "image/jpeg", shows: ["image/jpeg"] },
  jpeg: { type: "image/jpeg", shows: ["image/jpeg"] },
  png: { type: "image/png", shows: ["image/png", "image/apng"] },
  gif: { type: "image/gif", shows: ["image/gif"] },
  webp: { type: "image/webp", shows: ["image/webp"] },
  mp4: { type: "video/mp4", shows: ["video/mp4", "video/x-m4v"] },
  mp3: { type: "audio/mpeg", shows: ["audio/mpeg"] },
  wav: { type: "audio/wav", shows: ["audio/wav"] },
} as const satisfies Record<string, { readonly type: string; readonly shows: readonly string[] | "text" }>;

export type Kind = keyof typeof kindsOfFiles;

/** Undefined for what is no kind that is kept anywhere. */
export function kindNamed(name: string): Kind | undefined {
  const extension = /\.([a-z0-9]{1,5})$/.exec(name.trim().toLowerCase())?.[1];
  return extension !== undefined && Object.hasOwn(kindsOfFiles, extension) ? (extension as Kind) : undefined;
}
