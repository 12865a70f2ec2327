// The spools there are, each loaded only when it is the one asked for.
import type { Spool } from "../../core/ports/spool.ts";

export type SpoolChoice =
  | { readonly driver: "embedded"; readonly path: string }
  | { readonly driver: "redis"; readonly url: string; readonly prefix: string };

export async function openSpool(choice: SpoolChoice): Promise<Spool> {
  switch (choice.driver) {
    case "embedded":
      return (await import("./embedded.ts")).embeddedSpool(choice);
    case "redis":
      return (await import("./redis.ts")).redisSpool(choice);
  }
}
