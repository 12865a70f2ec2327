// The embedded queue keeps the queue's contract, and what only it promises.
import { queueContract } from "../contracts/queue.ts";
import { embeddedStand } from "../support/queue-stand.ts";

queueContract("embedded", embeddedStand);
