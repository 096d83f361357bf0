// A turn: the question, and what has become of it.

import { announce } from "./announce.js";
import { answerView, spoken } from "./answer.js";
import { byId, count, h } from "./dom.js";
import { filtersTold } from "./filters.js";

/**
 * A turn on the page. actions: openExcerpt, ask(question, filters), again(turn), edit(turn). filters: those that it is
 * asked with, until its answer says so.
 */
export class Turn {
  constructor(question, actions, filters = {}) {
    this.question = question;
    this.filters = filters;
    this.actions = { ...actions, ask: (words) => actions.ask(words, this.filters) };
    this.reply = h("div", { class: "reply" });
    const heading = h("h2", { class: "question" }, question);
    this.element = h("article", { class: "turn", tabindex: "-1", "aria-label": question }, heading, this.reply);
    const on = filtersTold(filters);
    this.limited(on.length && `Filters: ${on.join(", ")}`);
  }

  /** Tell by the question what limits it, if something does. */
  limited(told) {
    this.element.querySelector(".filtered")?.remove();
    if (told) this.reply.before(h("p", { class: "filtered" }, told));
  }

  /** Its place in the conversation, from 1; by it a link leads here. */
  number(number) {
    this.element.id = `turn-${number}`;
  }

  waiting() {
    this.reply.replaceChildren(h("p", { class: "waiting" }, "Searching the articles…"));
    this.provisional = null;
    announce("Searching the articles.");
  }

  /** What a model is about to write from. */
  reading(sources) {
    const articles = new Set(sources.map((source) => source.article_id)).size;
    this.reply.replaceChildren(h("p", { class: "waiting" }, `Reading ${count(articles, "article")}…`));
  }

  /** More of what a model writes. Not checked yet, and so it looks different from an answer. */
  more(delta) {
    if (!this.provisional) {
      this.provisional = h("p", { class: "provisional-text" });
      this.reply.replaceChildren(
        h("div", { class: "provisional" }, h("p", { class: "waiting" }, "Being written, not checked yet"), this.provisional),
      );
    }
    this.provisional.append(delta);
  }

  /** The checked answer, in the place of all before it. link: the address of this turn. feedback: what was thought of it. */
  show(answer, link, feedback = null) {
    const { told, ...filters } = answer.given_filters ?? {};
    this.filters = filters;
    this.limited(told);
    this.element.dataset.answer = answer.id;
    this.reply.replaceChildren(
      ...answerView(this.question, answer, { link, feedback }, this.actions).filter((part) => part instanceof Node),
    );
  }

  /** Have the whole of it seen, question first; but not where the reader has gone elsewhere meanwhile. */
  reveal() {
    const { top, bottom } = this.element.getBoundingClientRect();
    const composer = byId("composer").getBoundingClientRect().top;
    if (top >= 0 && top < window.innerHeight && bottom > composer) this.element.scrollIntoView({ block: "start" });
  }

  said(answer) {
    announce(spoken(answer));
  }

  stopped() {
    this.ended("You stopped this answer.", "note");
  }

  failed(words) {
    this.ended(words, "error");
  }

  ended(words, kind) {
    this.reply.replaceChildren(
      h("p", { class: kind }, words),
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", onclick: () => this.actions.again(this) }, "Ask again"),
        h("button", { type: "button", class: "quiet", onclick: () => this.actions.edit(this) }, "Edit the question"),
      ),
    );
    this.reveal();
    announce(words);
  }
}
