// The page of dead letters: what died, why, and a button that gives it its turn again. Never what a job was told.
import type { DeadLetter } from "../core/ports/queue.ts";
import { asHtml } from "./page.ts";

interface Paths {
  readonly replay: string;
  readonly board?: string;
}

export function lettersPage(
  { pending, due, dead }: { readonly pending: number; readonly due: number; readonly dead: number },
  letters: readonly DeadLetter[],
  { replay, board }: Paths,
): string {
  const rows = letters.map(({ id, job, reason, attempt, runAt, diedAt, correlation }) =>
    [
      `<tr><td>${asHtml(job)}<td>${asHtml(reason)}<td>${attempt}<td>${at(runAt)}<td>${at(diedAt)}<td><code>${asHtml(correlation)}</code>`,
      `<td><form method="post" action="${replay}/${encodeURIComponent(id)}"><button>Again</button></form>`,
    ].join(""),
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>PeerSpark: jobs</title>
<meta name="viewport" content="width=device-width">
<style>body{font:16px/1.5 system-ui;margin:2rem;color-scheme:light dark}table{border-collapse:collapse}td,th{padding:.3rem .8rem;text-align:left;vertical-align:top}</style>
<h1>Jobs</h1>
<p>${pending} pending, ${due} of them due or running; ${dead} dead.${board ? ` <a href="${board}">All of them</a>` : ""}</p>
${rows.length ? `<table><tr><th>job<th>why it died<th>tries<th>was due<th>died<th>correlation<th></tr>${rows.join("\n")}</table>` : "<p>No dead letters.</p>"}
`;
}

const at = (epochMs: number): string => new Date(epochMs).toISOString().replace("T", " ").slice(0, 19);
