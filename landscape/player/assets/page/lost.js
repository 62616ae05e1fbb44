// A lost connection: the page says so in the visit's language (its style shows the words), and plays on.

const OWN = '.stDialog:not(:has(.stVerticalBlock)) [role="dialog"] > button';
const LOST = '[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])';
let watching = false;

/** Close Streamlit's dialog about it, which is in English, covers the page and lets nothing be pressed. */
export function playOn() {
  if (watching) return;
  watching = true;
  const close = () => {
    if (document.querySelector(LOST)) document.querySelector(OWN)?.click();
  };
  new MutationObserver(close).observe(document.body, { childList: true, subtree: true });
}
