// Where the next question is written.

import { byId, count } from "./dom.js";

const LONGEST = 2000; // characters

/** told: ask(words) and stop(). */
export function setUpComposer(told) {
  const field = byId("question");
  byId("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    told.ask(field.value);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      told.ask(field.value);
    }
  });
  field.addEventListener("input", () => grow(field));
  byId("stop").addEventListener("click", told.stop);
}

/** Put words into the field in the place of all that is there. */
export function write(words) {
  byId("question").value = words;
  grow(byId("question"));
}

/** Offer to stop instead of to ask, or to ask again. */
export function showAnswering(answering) {
  const hadFocus = document.activeElement === byId("stop");
  byId("send").hidden = answering;
  byId("stop").hidden = !answering;
  if (hadFocus && !answering) byId("question").focus();
}

/** What is wrong with a question's length, or null. Nothing that is pasted is cut off unseen. */
export function tooLong(question) {
  const characters = [...question].length;
  if (characters <= LONGEST) return null;
  return `A question has at most ${count(LONGEST, "character")}; this one has ${count(characters, "character")}.`;
}

/** A field as high as its text, within what the style allows. */
function grow(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
