// Copying. Browsers give the clipboard to secure pages only; elsewhere the text is shown, ready to be copied by hand.

import { byId } from "./dom.js";

/** Copy, and tell whether it is done; if not, a dialog shows the text. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = byId("copy-text");
    field.value = text;
    byId("copy-dialog").showModal();
    field.select();
    return false;
  }
}
