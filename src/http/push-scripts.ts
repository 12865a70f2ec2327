// What runs in the browser: the page that subscribes, and the worker that shows messages. Plain text, served as it stands.

/** Reads its words and the key off its own element; posts the subscription to the address it is on. */
export const pageScript = `"use strict";
const { key, done, denied, failed, unable } = document.getElementById("own").dataset;
const said = document.getElementById("said");
const press = document.getElementById("press");
const able = "serviceWorker" in navigator && "PushManager" in window;
if (!able) { said.textContent = unable; press.remove(); }
press.addEventListener("click", async () => {
  press.disabled = true;
  try {
    if (await Notification.requestPermission() !== "granted") { said.textContent = denied; press.disabled = false; return; }
    const registration = await navigator.serviceWorker.register("/push/worker.js", { scope: "/push/" });
    await navigator.serviceWorker.ready.catch(() => undefined);
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const answer = await fetch(location.pathname, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(subscription),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    said.textContent = done;
    press.remove();
  } catch {
    said.textContent = failed;
    press.disabled = false;
  }
});
`;

/** The same tag takes the place of what is on the screen. */
export const workerScript = `"use strict";
self.addEventListener("push", (event) => {
  const { title, body, url, tag } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { body, tag, data: { url } }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { url } = event.notification.data || {};
  if (url) event.waitUntil(self.clients.openWindow(url));
});
`;
