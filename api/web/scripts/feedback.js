// Thumbs up and down on an answer, with a comment for those who want to say more. Both can be changed.

import { giveFeedback } from "./api.js";
import { announce } from "./announce.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";

const NAMES = { up: "Good answer", down: "Bad answer" };
const WHY = { up: "Thank you. What was good about it?", down: "Thank you. What is wrong with it?" };
let fields = 0;

/** {buttons, place}: the two thumbs, and where a comment is asked for and shown. given: {verdict, comment}, or null. */
export function feedbackOn(answer, given) {
  const feedback = new Feedback(answer, given);
  return { buttons: Object.values(feedback.buttons), place: feedback.place };
}

class Feedback {
  constructor(answer, given) {
    this.answer = answer;
    this.given = given;
    this.place = h("div", { class: "feedback" });
    this.buttons = {};
    for (const [verdict, name] of Object.entries(NAMES)) {
      const onclick = () => this.judge(verdict);
      this.buttons[verdict] = h("button", { type: "button", class: "quiet", "aria-label": name, title: name, onclick }, icon(verdict));
    }
    this.show();
  }

  show() {
    for (const [verdict, button] of Object.entries(this.buttons)) {
      button.setAttribute("aria-pressed", String(this.given?.verdict === verdict));
    }
    const comment = this.given?.comment;
    const change = h("button", { type: "button", class: "quiet", onclick: () => this.askWhy() }, "Change the comment");
    this.place.replaceChildren(...(comment ? [h("p", { class: "note" }, "Your comment: ", h("q", {}, comment), " ", change)] : []));
  }

  async judge(verdict) {
    if (this.given?.verdict !== verdict && !(await this.send({ verdict, comment: null }))) return;
    this.show();
    this.askWhy();
    announce(WHY[verdict]);
  }

  askWhy() {
    const id = `comment-${(fields += 1)}`;
    const field = h("textarea", { id, rows: 2, maxlength: 2000 });
    field.value = this.given.comment ?? "";
    const onsubmit = async (event) => {
      event.preventDefault();
      const comment = field.value.trim() || null;
      if (comment !== this.given.comment && !(await this.send({ verdict: this.given.verdict, comment }))) return;
      this.close(comment ? "Thank you, your comment is kept." : "There is no comment.");
    };
    const later = h("button", { type: "button", class: "quiet", onclick: () => this.close("") }, "Not now");
    const row = h("div", { class: "row" }, h("button", { type: "submit" }, "Send comment"), later);
    const label = h("label", { for: id }, `${WHY[this.given.verdict]} (optional)`);
    this.place.replaceChildren(h("form", { onsubmit }, label, field, row));
  }

  /** The form goes, and the focus that was in it is at the verdict again. */
  close(words) {
    this.show();
    this.buttons[this.given.verdict].focus();
    if (words) announce(words);
  }

  /** Whether it is kept. If not, it is said, and what was written stays. */
  async send(opinion) {
    this.place.querySelector(".error")?.remove();
    try {
      await giveFeedback(this.answer.id, opinion);
    } catch (error) {
      this.place.append(h("p", { class: "error", role: "alert" }, `Your verdict was not kept. ${error.message}`));
      return false;
    }
    this.given = opinion;
    return true;
  }
}
