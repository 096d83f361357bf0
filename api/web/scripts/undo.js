// Deleting with a way back: nothing is sent before the time to undo is over.

import { deleteArticle } from "./api.js";
import { announce } from "./announce.js";
import { byId, h } from "./dom.js";

const SECONDS = 10; // a screen reader needs half of them to say what is about to happen
const waiting = new Map(); // id -> the deletion that can be undone

export const isLeaving = (id) => waiting.has(id);

/** Delete an article in a while. changed: called when it goes from sight or comes back, with an error where it failed. */
export function deleteSoon(article, changed) {
  const title = article.title ?? article.id;
  const deletion = { left: SECONDS, timer: 0, notice: null };
  const finish = async () => {
    end(article.id, deletion);
    try {
      await deleteArticle(article.id);
      changed();
    } catch (error) {
      changed(error);
    }
  };
  const undo = () => {
    end(article.id, deletion);
    announce(`“${title}” stays.`);
    changed();
  };
  const seconds = h("span", {}, String(SECONDS));
  const button = h("button", { type: "button", onclick: undo }, "Undo");
  deletion.notice = h("div", { class: "notice" }, h("span", {}, `“${title}” will be deleted in `, seconds, " s."), button);
  deletion.timer = setInterval(() => {
    // Who is about to choose is not hurried: no time passes under the pointer.
    if (deletion.notice.matches(":hover")) return;
    deletion.left -= 1;
    seconds.textContent = String(deletion.left);
    if (deletion.left <= 0) finish();
  }, 1000);
  waiting.set(article.id, deletion);
  byId("notices").append(deletion.notice);
  button.focus();
  announce(`“${title}” will be deleted in ${SECONDS} seconds. Press Undo to keep it.`);
  changed();
}

/** What was still to be deleted when the page is left is deleted: that was asked for, and not taken back. */
export function setUpUndo() {
  window.addEventListener("pagehide", () => {
    for (const [id, deletion] of waiting) {
      end(id, deletion);
      deleteArticle(id, true).catch(() => {});
    }
  });
}

function end(id, deletion) {
  clearInterval(deletion.timer);
  const hadFocus = deletion.notice.contains(document.activeElement);
  deletion.notice.remove();
  waiting.delete(id);
  if (hadFocus) byId("find-article").focus();
}
