// PeerSpark as it runs.
import { discord } from "../../../src/adapters/chat/discord/index.ts";
import { serveContender } from "../../contender.ts";
import { serve } from "../../service.ts";
import { token } from "../api.ts";

const apiUrl = process.env.API_ROOT!;
await serve(token, (parts) => discord({ ...parts, token, apiUrl }));
await serveContender();
