// Where the program begins, in the sources and in dist/ alike: no argument runs the service, `chat --as NAME` a terminal.
import { enableCompileCache, setSourceMapsSupport } from "node:module";

enableCompileCache();
setSourceMapsSupport(true); // stack traces of dist/ name the sources
const { run } = await import("./run.ts");
await run(process.argv.slice(2));
