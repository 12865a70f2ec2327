// Runs the server on its own, at the port that is given or a free one, and prints the variables that point at it.
import { appwriteServer } from "./index.ts";

const port = Number(process.argv[2] ?? 0);
const { url, projectId, apiKey } = await appwriteServer({ port, mostFileBytes: 200_000_000 });
process.stdout.write(`APPWRITE_ENDPOINT=${url}\nAPPWRITE_PROJECT_ID=${projectId}\nAPPWRITE_API_KEY=${apiKey}\n`);
