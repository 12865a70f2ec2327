// Starts PeerSpark: `node start.cjs` runs the service, `node start.cjs chat --as NAME` a terminal on the same data.
// Plain JavaScript: for TypeScript whose compiled code it has not cached yet, Node loads a compiler (13 MB). CommonJS, since Node
// reads that 4 ms faster.
const { enableCompileCache } = require("node:module");

enableCompileCache();
const { isCurrent } = require("./bundle/stamp.cjs");
void import(isCurrent() ? "./dist/main.js" : "./src/main.ts");
