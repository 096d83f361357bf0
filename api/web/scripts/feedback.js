// Thumbs up and down on an answer, with a comment for those who want to say more.

import { giveFeedback } from "./api.js";
import { announce } from "./announce.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";

const NAMES = { up: "Good answer", down: "Bad answer" };
let forms = 0;

/** {buttons, form}: the two thumbs, and the place where a comment is asked for. */
export function feedbackOn(answer) {
  const form = h("div", { class: "feedback" });
  const buttons = Object.keys(NAMES).map((verdict) =>
    h(
      "button",
      { type: "button", class: "quiet", "aria-pressed": "false", "aria-label": NAMES[verdict], title: NAMES[verdict] },
      icon(verdict),
    ),
  );
  Object.keys(NAMES).forEach((verdict, index) => {
    buttons[index].addEventListener("click", () => give(answer, verdict, buttons, form));
  });
  return { buttons, form };
}

async function give(answer, verdict, buttons, form) {
  if (!(await sent(answer, { verdict }, form))) return;
  Object.keys(NAMES).forEach((name, index) => buttons[index].setAttribute("aria-pressed", String(name === verdict)));
  askWhy(answer, verdict, form);
}

function askWhy(answer, verdict, form) {
  const id = `comment-${(forms += 1)}`;
  const field = h("textarea", { id, rows: 2, maxlength: 2000 });
  const words = verdict === "up" ? "Thank you. What was good about it?" : "Thank you. What is wrong with it?";
  const save = async (event) => {
    event.preventDefault();
    const comment = field.value.trim();
    if (!comment || (await sent(answer, { verdict, comment }, form, "Thank you, your comment is kept."))) {
      if (!comment) form.replaceChildren();
    }
  };
  form.replaceChildren(
    h(
      "form",
      { onsubmit: save },
      h("label", { for: id }, `${words} (optional)`),
      field,
      h(
        "div",
        { class: "row" },
        h("button", { type: "submit" }, "Send comment"),
        h("button", { type: "button", class: "quiet", onclick: () => form.replaceChildren() }, "No comment"),
      ),
    ),
  );
  announce(words);
}

async function sent(answer, feedback, form, done = "") {
  try {
    await giveFeedback(answer.id, feedback);
  } catch (error) {
    form.replaceChildren(h("p", { class: "error" }, `Your verdict was not kept. ${error.message}`));
    announce(`Your verdict was not kept. ${error.message}`);
    return false;
  }
  if (done) {
    form.replaceChildren(h("p", { class: "note" }, done));
    announce(done);
  }
  return true;
}
