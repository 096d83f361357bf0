// An answer as it is shown: what was found, with its sources; or why there is nothing, and what is near.

import { citedText, nearestList, sourceList } from "./citations.js";
import { copy } from "./clipboard.js";
import { announce } from "./announce.js";
import { count, h } from "./dom.js";
import { feedbackOn } from "./feedback.js";
import { timeline } from "./figures.js";
import { answerAsMarkdown } from "./markdown.js";

const COPIED_MS = 2000; // in which the button says that it is done
const DEGRADED =
  "The language model could not be used, so this answer is put together from the articles' own words.";
const LIGHT = "Chosen by words alone: the reader of this server is turned off.";
const WHY_NOT = {
  no_match: "Nothing in the articles is about this.",
  weak_evidence: "The articles don't say.",
  unverified: "What the model wrote is not borne out by the articles, so it is not shown.",
  unclear: "The question can't be understood by itself.",
  contradicted: "The articles say the opposite of what the question takes for granted.",
};
const AGREEMENT = { differ: "The sources differ", changed: "The figure changed over time" };

/**
 * The elements of an answer. turn: {link, feedback}, its turn's address and what was thought of it, or null.
 * actions: openExcerpt(excerpt, opener), ask(question).
 */
export function answerView(question, answer, turn, actions) {
  const found = answer.status === "answered" ? answered(answer, actions) : notAnswered(answer, actions);
  return [
    answer.degraded && h("p", { class: "note degraded" }, DEGRADED),
    answer.light && h("p", { class: "note" }, LIGHT),
    answer.standalone_question !== question &&
      h("p", { class: "standalone" }, "Understood as: ", h("q", {}, answer.standalone_question)),
    // A refusal's text says it already.
    answer.understood_filters &&
      answer.status === "answered" &&
      h("p", { class: "note limited" }, answer.understood_filters.told),
    ...found,
    ...footer(question, answer, turn),
  ];
}

/** What a screen reader says of an answer when it comes. */
export function spoken(answer) {
  if (answer.status === "answered") {
    const figures = AGREEMENT[answer.agreement] ? `${AGREEMENT[answer.agreement]}. ` : "";
    return `Answer: ${answer.text} ${figures}${count(answer.citations.length, "source")}.`;
  }
  const help = answer.suggestions.length ? `${count(answer.suggestions.length, "suggestion")} to choose from.` : "";
  return `No answer. ${why(answer)} ${help}`;
}

function answered(answer, actions) {
  const differ = AGREEMENT[answer.agreement] && answer.figures.length > 1;
  const agreeing = answer.independent_sources > 1 && answer.agreement === "agree";
  return [
    answer.short_answer && h("p", { class: "short-answer" }, answer.short_answer),
    citedText(answer, actions),
    differ && h("section", { class: "differ" }, h("h3", {}, AGREEMENT[answer.agreement]), timeline(answer.figures)),
    agreeing && h("p", { class: "note" }, `${count(answer.independent_sources, "independent source")} say so.`),
    sourceList(answer.citations, actions),
  ];
}

function notAnswered(answer, actions) {
  const { articles, passages } = answer.searched;
  const unclear = answer.reason === "unclear";
  return [
    h("p", { class: "no-answer" }, citedOr(answer, actions)),
    answer.suggestions.length > 0 && suggestions(answer.suggestions, actions),
    answer.citations.length > 0 && sourceList(answer.citations, actions),
    !unclear &&
      h("p", { class: "searched" }, `Searched ${count(articles, "article")} (${count(passages, "passage")}).`),
    answer.nearest.length > 0 && [
      h("h3", {}, answer.nearest.length === 1 ? "The nearest passage" : "The nearest passages"),
      nearestList(answer.nearest, actions),
    ],
  ].flat();
}

function citedOr(answer, actions) {
  if (answer.text && answer.citations.length) return [...citedText(answer, actions).childNodes];
  return [why(answer)];
}

function why(answer) {
  return answer.text || WHY_NOT[answer.reason] || "The articles don't say.";
}

function suggestions(questions, actions) {
  return h(
    "div",
    { class: "suggestions", role: "group", "aria-label": "Did you mean" },
    h("p", {}, "Did you mean:"),
    questions.map((question) => h("button", { type: "button", onclick: () => actions.ask(question) }, question)),
  );
}

function footer(question, answer, { link, feedback }) {
  const { buttons, place } = feedbackOn(answer, feedback);
  const written = answer.mode === "generated" ? `Written by ${answer.model ?? "a model"}, checked` : null;
  return [
    h(
      "div",
      { class: "tools" },
      buttons,
      copyButton(question, answer),
      h("a", { href: link, class: "quiet" }, "Link to this answer"),
      written && h("span", { class: "origin" }, written),
    ),
    place,
  ];
}

function copyButton(question, answer) {
  const copying = h("button", { type: "button", class: "quiet", title: "Copy as Markdown, with the sources" }, "Copy");
  copying.addEventListener("click", async () => {
    if (!(await copy(answerAsMarkdown(question, answer)))) return;
    announce("The answer is copied as Markdown.");
    copying.textContent = "Copied";
    setTimeout(() => (copying.textContent = "Copy"), COPIED_MS);
  });
  return copying;
}
