// Starts PeerSpark: `node start.js` runs the service, `node start.js chat --as NAME` a terminal on the same data.
// Plain JavaScript, since the first line of TypeScript makes Node load a compiler (13 MB).
import { isCurrent } from "./bundle/stamp.js";

await import(isCurrent() ? "./dist/main.js" : "./src/main.ts");
