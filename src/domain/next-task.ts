/**
 * Lets the event loop take what waits, such as messages and drawing, and goes on at once after it. Not a timer: a page in
 * the background would wait a second for it.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
