// Starts PeerSpark: `node start.cjs` runs the service, `node start.cjs chat --as NAME` a terminal on the same data.
// Plain JavaScript: for TypeScript whose compiled code it has not cached yet, Node loads a compiler (13 MB). CommonJS, since Node
// reads that 4 ms faster.
const { enableCompileCache } = require("node:module");

const needed = 26;
if (Number.parseInt(process.versions.node, 10) < needed) {
  process.stderr.write(
    `PeerSpark needs Node ${needed}; this is ${process.versions.node}. Run \`npm ci\`, which brings it along, without --omit=optional, then \`npm start\`.\n`,
  );
  process.exit(1);
}

enableCompileCache();
const { isCurrent } = require("./bundle/stamp.cjs");
void import(isCurrent() ? "./dist/main.js" : "./src/main.ts");
