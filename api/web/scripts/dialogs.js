// The page's dialogs, which are in its HTML: a question to be confirmed, a name to be given, and the help.

import { byId } from "./dom.js";

/** Ask before what can't be undone. */
export function confirmed(title, words, action) {
  byId("confirm-title").textContent = title;
  byId("confirm-text").textContent = words;
  byId("confirm-yes").textContent = action;
  return answered(byId("confirm-dialog")).then((value) => value === "yes");
}

/** A new name, or null where none is given. */
export async function renamed(name) {
  const field = byId("rename-field");
  field.value = name;
  const answer = answered(byId("rename-dialog"));
  field.select();
  const title = (await answer) === "yes" ? field.value.trim() : "";
  return title && title !== name ? title : null;
}

/** Open the list of keys. */
export function showHelp() {
  if (!document.querySelector("dialog[open]")) byId("help-dialog").showModal();
}

/** Give every dialog its buttons and forms. The focus goes back to where it was by itself. */
export function setUpDialogs() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest("button[value]");
      if (button && button.type !== "submit") dialog.close(button.value);
      else if (event.target === dialog) dialog.close("no"); // beside it
    });
    dialog.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.close("yes");
    });
  }
}

function answered(dialog) {
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}
