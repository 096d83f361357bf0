// The conversation that is open: its turns, and the question that is being answered.

import { ask, createConversation, exportAddress, readConversation } from "./api.js";
import { articleIsOpen, closeArticle, openArticle } from "./article.js";
import { byId } from "./dom.js";
import { filters, toggleFilters, wrongFilters } from "./filters.js";
import { Turn } from "./turn.js";

const UNTITLED = "Ask the articles";

/** told: began(id) when a conversation was made, answered() when a turn was kept, titled(title) for what is shown. */
export class Chat {
  constructor(told) {
    this.told = told;
    this.id = null;
    this.kept = 0; // turns of it
    this.opens = 0;
    this.running = new Map(); // conversation -> {turn, stop}: a question goes on while another conversation is read
    this.actions = {
      openExcerpt: openArticle,
      ask: (question) => this.ask(question),
      again: (turn) => this.run(turn),
      edit: (question) => this.edit(question),
    };
    const field = byId("question");
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.ask(field.value);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.ask(field.value);
      }
    });
    field.addEventListener("input", () => grow(field));
    byId("stop").addEventListener("click", () => this.stop());
  }

  /** A conversation to come: it is made with its first question. */
  fresh() {
    this.leave(null);
    this.title(null);
    this.showState();
  }

  /** Show a conversation, at one of its turns where a number is given, else at its end. */
  async open(id, number = null) {
    if (id === this.id) {
      this.reveal(number);
      return;
    }
    const turn = this.leave(id);
    this.title("Conversation");
    this.showState();
    try {
      const conversation = await readConversation(id);
      if (turn !== this.opens) return;
      this.fill(conversation);
      this.reveal(number);
    } catch (error) {
      if (turn === this.opens) this.missing(error);
    }
  }

  leave(id) {
    this.id = id;
    this.kept = 0;
    if (articleIsOpen()) closeArticle();
    byId("turns").replaceChildren();
    byId("chat-error").textContent = "";
    return (this.opens += 1);
  }

  fill(conversation) {
    this.title(conversation.title || "Conversation");
    this.kept = conversation.turns.length;
    const turns = conversation.turns.map((kept) => {
      const turn = new Turn(kept.question, this.actions);
      turn.number(kept.number);
      turn.show(kept.answer, link(this.id, kept.number), kept.feedback);
      return turn;
    });
    const running = this.running.get(this.id)?.turn;
    if (running && !turns.some((turn) => turn.answerId !== null && turn.answerId === running.answerId)) turns.push(running);
    byId("turns").replaceChildren(...turns.map((turn) => turn.element));
    this.showState();
  }

  missing(error) {
    this.id = null;
    this.title(UNTITLED);
    byId("chat-error").textContent =
      error.status === 404 ? "There is no such conversation: it may have been deleted." : error.message;
    this.showState();
  }

  reveal(number) {
    const turns = byId("turns");
    const target = number === null ? turns.lastElementChild : byId(`turn-${number}`);
    if (!target) return;
    target.scrollIntoView({ block: "start" });
    if (number !== null) target.focus({ preventScroll: true });
  }

  title(title) {
    byId("chat-title").textContent = title ?? UNTITLED;
    this.told.titled(title);
  }

  ask(words) {
    const question = words.trim();
    const wrong = wrongFilters();
    if (!question || wrong || this.running.has(this.id)) {
      byId("chat-error").textContent = wrong ?? "";
      byId("question").focus();
      return;
    }
    byId("chat-error").textContent = "";
    const turn = new Turn(question, this.actions);
    turn.filters = filters();
    toggleFilters(false);
    byId("question").value = "";
    grow(byId("question"));
    byId("turns").append(turn.element);
    this.run(turn);
  }

  /** Have a turn's question answered; also once more, after it failed or was stopped. */
  async run(turn) {
    if (this.running.has(this.id)) return;
    const controller = new AbortController();
    const running = { turn, stop: () => controller.abort() };
    const number = this.kept + 1;
    let id = this.id;
    this.running.set(id, running);
    this.showState();
    turn.waiting();
    turn.element.scrollIntoView({ block: "nearest" });
    try {
      if (id === null) {
        id = (await createConversation(controller.signal)).id;
        this.running.delete(null);
        this.running.set(id, running);
        if (turn.element.isConnected) this.adopt(id);
      }
      const request = { question: turn.question, conversation_id: id, filters: turn.filters };
      await this.follow(turn, number, request, controller.signal);
      if (id === this.id) this.kept = number;
    } catch (error) {
      if (error.name === "AbortError") turn.stopped();
      else turn.failed(error.message);
    } finally {
      this.running.delete(id);
      this.showState();
    }
  }

  /** number: which turn of its conversation it becomes. */
  async follow(turn, number, request, signal) {
    for await (const { name, data } of ask(request, signal)) {
      if (name === "evidence") turn.reading(data.sources);
      else if (name === "text") turn.more(data.delta);
      else if (name === "answer") {
        turn.number(number);
        turn.show(data, link(request.conversation_id, number));
        turn.said(data);
        turn.reveal();
        this.told.answered();
      }
    }
  }

  /** The conversation that this one has become by its first question. */
  adopt(id) {
    this.id = id;
    this.title(byId("turns").querySelector(".question")?.textContent);
    this.told.began(id);
    this.showState();
  }

  stop() {
    this.running.get(this.id)?.stop();
  }

  isAnswering() {
    return this.running.has(this.id);
  }

  edit(question) {
    byId("question").value = question;
    grow(byId("question"));
    byId("question").focus();
  }

  showState() {
    const answering = this.isAnswering();
    const hadFocus = document.activeElement === byId("stop");
    byId("send").hidden = answering;
    byId("stop").hidden = !answering;
    if (hadFocus && !answering) byId("question").focus();
    byId("export").hidden = this.id === null;
    if (this.id !== null) byId("export").href = exportAddress(this.id);
    byId("chat").classList.toggle("begun", this.id !== null);
    byId("welcome").hidden = byId("turns").childElementCount > 0 || this.id !== null;
  }
}

/** The address of a turn. */
function link(id, number) {
  return `#/c/${encodeURIComponent(id)}/${number}`;
}

/** A field as high as its text, within what the style allows. */
function grow(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
