// PeerSpark as it runs, with the pacing of outgoing messages off (the server at the other end sets no limits).
import { telegram } from "../../../src/adapters/chat/telegram/index.ts";
import { serveContender } from "../../contender.ts";
import { serve } from "../../service.ts";
import { secret, token } from "../bot-api.ts";

const apiRoot = process.env.API_ROOT!;
const webhook = { publicUrl: "https://bench.invalid", secret };
const url = await serve(token, (parts) => telegram({ ...parts, token, apiRoot, webhook, rates: "none" }));
await serveContender(`${url}/telegram/${secret}`);
