// The conversation that is open: its turns, and the question that is being answered.

import { announce } from "./announce.js";
import { ask, createConversation, exportAddress, readConversation } from "./api.js";
import { articleIsOpen, closeArticle, openArticle } from "./article.js";
import { setUpComposer, showAnswering, tooLong, write } from "./composer.js";
import { byId, count, isField } from "./dom.js";
import { addTypedSource, filters, takeFilters, toggleFilters, wrongFilters } from "./filters.js";
import { Turn } from "./turn.js";

const UNTITLED = "Ask the articles";

/** told: began(id) when a conversation was made, answered() when a turn was kept, titled(title) for what is shown. */
export class Chat {
  constructor(told) {
    this.told = told;
    this.id = null;
    this.visits = 0;
    this.reading = null; // what became of reading the turns: null or the error
    this.isRead = true;
    // conversation -> {turn, stop}: the last question that was asked here, stop being null once it ended. It goes on
    // while another conversation is read, and is shown again when this one is come back to.
    this.runs = new Map();
    this.actions = {
      openExcerpt: openArticle,
      ask: (question, limits) => this.ask(question, limits),
      again: (turn) => this.again(turn),
      edit: (turn) => this.edit(turn),
    };
    setUpComposer({ ask: (words) => this.ask(words), stop: () => this.stop() });
  }

  /** A conversation to come: it is made with its first question. */
  fresh() {
    this.leave(null);
    this.title(null);
    this.showState();
  }

  /** Show a conversation, at one of its turns where a number is given, else at its end. */
  async open(id, number = null) {
    if (id === this.id && this.isRead) {
      this.reveal(number);
      return;
    }
    if (id !== this.id) {
      this.leave(id);
      this.title("Conversation");
      this.showState();
    }
    const visit = this.visits;
    if ((await this.read()) || visit !== this.visits) return;
    this.reveal(number);
    announce(`Opened “${byId("chat-title").textContent}”, ${count(byId("turns").childElementCount, "question")}.`);
  }

  leave(id) {
    this.id = id;
    this.visits += 1;
    this.reading = null;
    this.isRead = id === null;
    if (articleIsOpen()) closeArticle();
    byId("turns").replaceChildren();
    byId("chat-error").textContent = "";
  }

  /** Have the turns of the conversation read and shown. Gives null, or the error, after which it is tried again. */
  read() {
    if (this.isRead) return Promise.resolve(null);
    return (this.reading ??= this.readTurns());
  }

  async readTurns() {
    const visit = this.visits;
    let error = null;
    try {
      const conversation = await readConversation(this.id);
      if (visit === this.visits) this.fill(conversation);
    } catch (problem) {
      error = problem;
      if (visit === this.visits) this.missing(error);
    }
    return error;
  }

  fill(conversation) {
    this.isRead = true;
    this.title(conversation.title || "Conversation");
    const turns = conversation.turns.map((kept) => {
      const turn = new Turn(kept.question, this.actions);
      turn.number(kept.number);
      turn.show(kept.answer, link(this.id, kept.number), kept.feedback);
      return turn;
    });
    const own = this.runs.get(this.id)?.turn;
    byId("turns").replaceChildren(...turns.map((turn) => turn.element));
    if (own && !turnOf(own.element.dataset.answer)) byId("turns").append(own.element);
    this.showState();
  }

  missing(error) {
    this.reading = null;
    if (error.status === 404) this.id = null;
    this.isRead = this.id === null;
    this.title(UNTITLED);
    byId("chat-error").textContent =
      error.status === 404 ? "There is no such conversation: it may have been deleted." : error.message;
    this.showState();
  }

  reveal(number) {
    const last = byId("turns").lastElementChild;
    const wanted = number === null ? last : byId(`turn-${number}`);
    if (!wanted && last) byId("chat-error").textContent = `This conversation has no question ${number}.`;
    const target = wanted ?? last;
    if (!target) return;
    target.scrollIntoView({ block: "start" });
    if (!isField(document.activeElement)) target.focus({ preventScroll: true }); // who writes already goes on writing
  }

  title(title) {
    byId("chat-title").textContent = title ?? UNTITLED;
    this.told.titled(title);
  }

  /** Ask a question. limits: the filters to ask it with, in the place of those that are on. */
  ask(words, limits) {
    const question = words.trim();
    addTypedSource();
    const wrong = this.wrongWith(question);
    byId("chat-error").textContent = wrong ?? "";
    if (!question || wrong) {
      byId("question").focus();
      return;
    }
    const turn = new Turn(question, this.actions, limits ?? filters());
    toggleFilters(false);
    write("");
    byId("turns").append(turn.element);
    this.run(turn);
  }

  /** Why it can't be asked now, or null. */
  wrongWith(question) {
    if (this.isAnswering()) return "An answer is on its way: wait for it, or stop it first.";
    return tooLong(question) ?? wrongFilters();
  }

  /** Ask a question once more that failed or was stopped. */
  again(turn) {
    if (this.isAnswering()) return;
    byId("turns").append(turn.element); // where it will be kept
    turn.element.focus({ preventScroll: true });
    this.run(turn);
  }

  /** Have a turn's question answered. */
  async run(turn) {
    const controller = new AbortController();
    const run = { turn, stop: () => controller.abort() };
    this.runs.set(this.id, run);
    this.showState();
    turn.waiting();
    turn.element.scrollIntoView({ block: "nearest" });
    try {
      const id = await this.place(run, controller.signal);
      await this.follow(turn, { question: turn.question, conversation_id: id, filters: turn.filters }, controller.signal);
    } catch (error) {
      if (error.name === "AbortError") turn.stopped();
      else turn.failed(error.message);
    } finally {
      run.stop = null;
      if (turn.element.isConnected) byId("chat-error").textContent = "";
      this.showState();
    }
  }

  /** The conversation that a question is asked in: the one that is open, once its turns are here, else a new one. */
  async place(run, signal) {
    const id = this.id;
    const error = await unlessAborted(this.read(), signal);
    if (error && error.status !== 404) throw error;
    if (id !== null && !error) return id;
    const move = (from, to) => {
      this.runs.delete(from);
      this.runs.set(to, run);
    };
    move(id, null);
    const made = (await createConversation(signal)).id;
    move(null, made);
    if (run.turn.element.isConnected) this.adopt(made);
    return made;
  }

  async follow(turn, request, signal) {
    for await (const { name, data } of ask(request, signal)) {
      if (name === "evidence") turn.reading(data.sources);
      else if (name === "text") turn.more(data.delta);
      else if (name === "answer") {
        turnOf(data.id)?.remove();
        turn.number(data.turn);
        turn.show(data, link(request.conversation_id, data.turn));
        turn.said(data);
        turn.reveal();
        this.told.answered();
      }
    }
  }

  /** The conversation that this one has become by its first question. */
  adopt(id) {
    this.id = id;
    this.isRead = true;
    this.title(byId("turns").querySelector(".question")?.textContent);
    this.told.began(id);
    this.showState();
  }

  stop() {
    this.runs.get(this.id)?.stop?.();
  }

  /** A conversation was deleted, and with it the question that is being answered in it. */
  forget(id) {
    this.runs.get(id)?.stop?.();
    this.runs.delete(id);
  }

  isAnswering() {
    return Boolean(this.runs.get(this.id)?.stop);
  }

  /** Put a turn's question back to where the next one is written, with its filters. */
  edit(turn) {
    takeFilters(turn.filters);
    write(turn.question);
    byId("question").focus();
  }

  showState() {
    showAnswering(this.isAnswering());
    byId("export").hidden = this.id === null;
    if (this.id !== null) byId("export").href = exportAddress(this.id);
    byId("chat").classList.toggle("begun", this.id !== null);
    byId("welcome").hidden = byId("turns").childElementCount > 0 || this.id !== null;
  }
}

/** Where an answer is shown already: the conversation was come back to when it was kept, but not told here yet. */
function turnOf(answerId) {
  return [...byId("turns").children].find((element) => element.dataset.answer === answerId);
}

/** The address of a turn. */
function link(id, number) {
  return `#/c/${encodeURIComponent(id)}/${number}`;
}

/** What a promise gives; an AbortError once the signal is given. */
function unlessAborted(promise, signal) {
  const aborted = new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([promise, aborted]);
}
