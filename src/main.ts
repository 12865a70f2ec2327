// Starts PeerSpark: `node src/main.ts` runs the service, `node src/main.ts chat --as NAME` a terminal on the same data.
import { enableCompileCache } from "node:module";

enableCompileCache();
const { run } = await import("./run.ts");
await run(process.argv.slice(2));
