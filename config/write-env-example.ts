// Writes .env.example from the variables in variables.ts: `npm run env:example`.
import { writeFileSync } from "node:fs";
import { settingOf, variables } from "./variables.ts";

export function envExample(): string {
  const names = Object.keys(variables.shape) as (keyof typeof variables.shape)[];
  const entries = names.map((name) => {
    const { about, absent, example } = settingOf(name);
    return `# ${about}\n# Absent: ${absent}.\n# ${name}=${example}\n`;
  });
  return [
    "# PeerSpark's settings: all optional. Copy this file to .env and uncomment what you set.\n",
    ...entries,
  ].join("\n");
}

if (import.meta.main) writeFileSync(new URL("../.env.example", import.meta.url), envExample());
