// Makes a pair of keys for web push and prints it as two lines for `.env`.
import webPush from "web-push";

const { publicKey, privateKey } = webPush.generateVAPIDKeys();
process.stdout.write(`VAPID_PUBLIC_KEY=${publicKey}\nVAPID_PRIVATE_KEY=${privateKey}\n`);
