// PeerSpark as it runs, its own limits included: what answers a command is posted to the address it came with, which has no pace.
import { slack } from "../../../src/adapters/chat/slack/index.ts";
import { serveContender } from "../../contender.ts";
import { serve } from "../../service.ts";
import { signingSecret, token } from "../web-api.ts";

const apiUrl = process.env.API_ROOT!;
const url = await serve(token, (parts) => slack({ ...parts, apiUrl, botToken: token, signingSecret }));
await serveContender(`${url}/slack/events`);
