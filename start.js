// Starts PeerSpark: `node start.js` runs the service, `node start.js chat --as NAME` a terminal on the same data.
// Plain JavaScript: for TypeScript whose compiled code it has not cached yet, Node loads a compiler (13 MB).
import { enableCompileCache } from "node:module";
import { isCurrent } from "./bundle/stamp.js";

enableCompileCache();
await import(isCurrent() ? "./dist/main.js" : "./src/main.ts");
