// Keys that act wherever the focus is, but in a field. Those of one letter can be turned off, for people who speak to
// their computer or hit keys by accident.

import { byId, isField } from "./dom.js";

const KEPT = "dateline.single-keys";

/** actions: what each key does, by the key; escape: what Escape does, true where it did something. */
export function setUpKeys(actions, escape) {
  const single = byId("single-keys");
  single.checked = localStorage.getItem(KEPT) !== "off";
  single.addEventListener("change", () => localStorage.setItem(KEPT, single.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") {
      if (escape()) event.preventDefault();
    } else if (single.checked && !event.ctrlKey && !event.metaKey && !event.altKey && !isField(event.target)) {
      const action = actions[event.key];
      if (action) {
        event.preventDefault();
        action();
      }
    }
  });
}
