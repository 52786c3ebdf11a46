"use strict";

// Each view is data until it is looked at. What a report says only ever becomes a text node or the
// value of an attribute, never markup: the page's policy forbids all else, too.

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "rect", "line", "title", "desc"]);

/** The element that a list stands for: its name, its attributes, and what is in it. */
function build([name, attributes, ...children]) {
  const made = DRAWN.has(name) ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.map((child) => (typeof child === "string" ? child : build(child))));
  return made;
}

/** The data of a name, or null where there is none. */
function read(name) {
  const held = document.getElementById(`data-${name}`);
  return held && JSON.parse(held.textContent);
}

/** A text of the page's own in both of its languages. */
function both(zh, en) {
  return [["span", { class: "ui", lang: "zh-Hans" }, zh], ["span", { class: "ui", lang: "en" }, en]];
}

const listed = (text) => (text ? text.split(" ").map(Number) : []);

// ---------------------------------------------------------------- a report

/** A report: its cells and their places in the source show each other. */
class ReportView {
  constructor(root, paths, words) {
    this.root = root;
    this.paths = paths;
    this.names = words.names[root.dataset.form];
    this.statuses = words.statuses;
    this.pane = root.querySelector(".pane");
    this.card = root.querySelector(".card");
    this.values = [...root.querySelectorAll("td.value")];
    this.marks = [...root.querySelectorAll("mark")];
    this.cells = new Map();
    this.places = new Map();
    for (const cell of this.values) {
      this.cells.set(Number(cell.dataset.cell), cell);
      cell.title = this.named(cell)[1];
      cell.tabIndex = -1;
    }
    for (const none of root.querySelectorAll(".none[data-cells]")) {
      for (const number of listed(none.dataset.cells)) this.cells.set(number, none);
    }
    for (const mark of this.marks) {
      mark.setAttribute("role", "button");
      mark.tabIndex = -1;
      for (const number of listed(mark.dataset.cells)) {
        this.places.set(number, [...(this.places.get(number) ?? []), mark]);
      }
    }
    // Tab leads from table to table, and to the source.
    for (const holder of [...root.querySelectorAll("table.official"), this.pane]) {
      const first = holder.querySelector("td.value, mark");
      if (first) first.tabIndex = 0;
    }
    this.listen();
  }

  /** The label and the English of a cell; a row that the form does not have is named by itself. */
  named(cell) {
    const path = this.paths[cell.dataset.cell];
    return this.names[path] ?? [cell.closest("tr").cells[0].textContent, ""];
  }

  listen() {
    let last = "";
    this.root.addEventListener("pointerover", (event) => {
      // What scrolls below a pointer that rests is not pointed at.
      const here = `${event.screenX} ${event.screenY}`;
      if (here !== last || event.pointerType !== "mouse") this.point(event.target);
      last = here;
    });
    this.root.addEventListener("focusin", (event) => this.point(event.target));
    this.root.addEventListener("click", (event) => this.press(event.target));
    this.root.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.altKey && !event.metaKey && this.key(event)) event.preventDefault();
    });
  }

  /** Show what belongs to a cell, a mark or a label that is pointed at. */
  point(target) {
    const cell = target.closest("td.value");
    const mark = target.closest("mark");
    const label = target.closest("th[title]");
    if (cell) {
      const number = Number(cell.dataset.cell);
      this.light([number]);
      this.reveal(this.places.get(number)?.[0]);
    } else if (mark) {
      const numbers = listed(mark.dataset.cells);
      this.light(numbers);
      this.cells.get(numbers[0])?.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else if (label) {
      this.say(["p", { class: "label" }, label.textContent], ["p", { lang: "en" }, label.title]);
    }
    const one = cell ?? mark;
    if (one) {
      const holder = one.closest("table, .pane");
      for (const other of holder.querySelectorAll('td[tabindex="0"], mark[tabindex="0"]')) other.tabIndex = -1;
      one.tabIndex = 0;
    }
  }

  /** Light cells and their places, and tell of the first. */
  light(numbers) {
    this.clear("lit");
    for (const number of numbers) {
      this.cells.get(number)?.classList.add("lit");
      for (const mark of this.places.get(number) ?? []) mark.classList.add("lit");
    }
    const cell = this.cells.get(numbers[0]);
    if (cell?.dataset.cell) this.tell(cell);
  }

  /** Scroll the source, and nothing else, to where something stands in it. */
  reveal(place) {
    if (!place) return;
    const [shown, box] = [this.pane.getBoundingClientRect(), place.getBoundingClientRect()];
    if (box.top < shown.top + 8 || box.bottom > shown.bottom - 8) {
      this.pane.scrollTop += (box.top + box.bottom - shown.top - shown.bottom) / 2;
    }
  }

  clear(name) {
    for (const each of this.root.querySelectorAll(`.${name}`)) each.classList.remove(name);
  }

  /** Say in the card what a cell is, how it was read, where it stands, and what was found there. */
  tell(cell) {
    const status = Object.keys(this.statuses).find((name) => cell.classList.contains(name));
    const { place, placeZh, printed } = cell.dataset;
    const [label, english] = this.named(cell);
    const facts = [...both(...this.statuses[status])];
    if (printed) facts.push(...both("；原文：", "; the source has: "), ["code", {}, printed]);
    if (place) facts.push(...both(`；位于 ${placeZh ?? place}`, `; at ${place}`));
    const number = Number(cell.dataset.cell);
    const found = [...this.root.querySelectorAll("button[data-cells]")].filter((button) =>
      listed(button.dataset.cells).includes(number),
    );
    const value = cell.firstChild?.nodeType === Node.TEXT_NODE ? cell.firstChild.data : "";
    this.say(
      ["p", { class: "label" }, ["b", {}, value], value ? "  " : "", label.replaceAll(" > ", " › ")],
      ["p", { lang: "en" }, english],
      ["p", {}, ...facts],
      ["p", {}, ["code", {}, this.paths[cell.dataset.cell]]],
    );
    for (const button of found) {
      const line = build(["p", { class: "said" }]);
      line.append(...[...button.cloneNode(true).childNodes]);
      const known = button.parentElement.querySelector(".facts");
      if (known) line.append(" ", ...known.cloneNode(true).childNodes);
      this.card.append(line);
    }
  }

  say(...lines) {
    this.card.replaceChildren(...lines.map(build));
    this.card.scrollTop = 0;
  }

  press(target) {
    const button = target.closest("button[data-finding]");
    const told = target.closest(".found, mark")?.dataset;
    if (button) this.choose(button);
    else if (told?.finding && !told.cells) {
      this.choose(this.root.querySelector(`button[data-finding="${listed(told.finding)[0]}"]`));
    }
  }

  /** Go to the cells of a finding and show there what was expected; a second time, leave them. */
  choose(button) {
    const chosen = button.getAttribute("aria-pressed") === "true";
    this.leave();
    if (chosen) return;
    button.setAttribute("aria-pressed", "true");
    const numbers = listed(button.dataset.cells);
    const cells = numbers.map((number) => this.cells.get(number)).filter(Boolean);
    const marks = numbers.flatMap((number) => this.places.get(number) ?? []);
    for (const each of [...cells, ...marks]) each.classList.add("concerned");
    const told = [...this.root.querySelectorAll("mark[data-finding], .found")].filter((place) =>
      listed(place.dataset.finding).includes(Number(button.dataset.finding)),
    );
    for (const place of told) place.classList.add("told");
    if (cells.length) {
      const facts = button.parentElement.querySelector(".facts");
      if (facts) {
        const note = build(["span", { class: "note" }]);
        note.append(...facts.cloneNode(true).childNodes);
        cells[0].append(note);
      }
      cells[0].focus({ preventScroll: true });
      cells[0].scrollIntoView({ block: "center", inline: "nearest" });
    } else {
      this.clear("lit");
      this.card.replaceChildren(...[...button.cloneNode(true).childNodes]);
    }
    this.reveal(told[0]);
  }

  leave() {
    for (const name of ["concerned", "told"]) this.clear(name);
    for (const note of this.root.querySelectorAll(".note")) note.remove();
    const pressed = this.root.querySelector('[aria-pressed="true"]');
    pressed?.setAttribute("aria-pressed", "false");
  }

  /** Move as a key says; whether it says anything here. */
  key({ key, target }) {
    if (key === "Escape") {
      this.leave();
      return true;
    }
    const cell = target.closest("td.value");
    const mark = target.closest("mark");
    let next = null;
    if (cell) {
      next = key === "Enter" ? this.places.get(Number(cell.dataset.cell))?.[0] : this.beside(cell, key);
    } else if (mark) {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
      if (step) next = this.marks[this.marks.indexOf(mark) + step];
      else if (key === "Enter" || key === " ") next = this.cells.get(listed(mark.dataset.cells)[0]);
      else return false;
    }
    next?.focus({ preventScroll: this.marks.includes(next) });
    if (this.marks.includes(next)) this.reveal(next);
    return Boolean(next);
  }

  /** The cell that an arrow, Home or End leads to from another. */
  beside(cell, key) {
    const at = this.values.indexOf(cell);
    const row = (one) => this.values.filter((other) => one && other.parentNode === one.parentNode);
    const apart = (other) => other.parentNode !== cell.parentNode;
    // Columns of several tables are told by where they stand.
    const near = (one) => {
      const left = cell.getBoundingClientRect().left + 1;
      return row(one).findLast((other) => other.getBoundingClientRect().left <= left) ?? row(one)[0];
    };
    switch (key) {
      case "ArrowRight": return this.values[at + 1];
      case "ArrowLeft": return this.values[at - 1];
      case "ArrowDown": return near(this.values.slice(at).find(apart));
      case "ArrowUp": return near(this.values.slice(0, at).findLast(apart));
      case "Home": return row(cell)[0];
      case "End": return row(cell).at(-1);
      default: return null;
    }
  }
}

// ---------------------------------------------------------------- the index

/** The index: what does not match the search and the filters is hidden. */
class IndexView {
  constructor(root) {
    this.form = root.querySelector("form.filters");
    if (!this.form) return;
    this.rows = [...root.querySelectorAll("table.reports tbody tr")];
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", () => this.filter());
    this.filter();
  }

  filter() {
    const asked = Object.fromEntries(new FormData(this.form));
    const words = asked.search.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of this.rows) {
      const shown =
        words.every((word) => row.dataset.search.includes(word)) &&
        ["severity", "code", "form"].every(
          (name) => !asked[name] || row.dataset[name].split(" ").includes(asked[name]),
        );
      row.hidden = !shown;
      count += shown;
    }
    const told = both(`显示 ${count} / ${this.rows.length}`, `${count} of ${this.rows.length} shown`);
    this.form.querySelector(".shown").replaceChildren(...told.map(build));
  }
}

// ---------------------------------------------------------------- the page

const words = read("page");
const main = document.getElementById("main");
const views = new Map();

/** The view that the address names; the first, where it names none; null, where it is a place in one. */
function asked() {
  const named = location.hash.slice(1);
  if (named === "main") return null;
  return document.getElementById(`data-${named}`) && named !== "page" ? named : words.start;
}

/** Show the view that is asked for; `moved`, when one comes from another. */
function show(moved) {
  const name = asked() ?? (moved ? null : words.start);
  const data = name && !views.has(name) ? read(name) : null;
  if (data) {
    const root = build(data);
    views.set(name, root);
    const [kind, number] = name.split("-");
    if (kind === "report") new ReportView(root, words.paths[words.lists[number]], words);
    if (kind === "index") new IndexView(root);
  }
  const root = views.get(name);
  if (!root || root.isConnected) return;
  main.replaceChildren(root);
  document.title = `${root.querySelector("h1").innerText} · gkparse audit`;
  if (moved) {
    window.scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

const page = document.documentElement;
page.dataset.ui = navigator.language.startsWith("zh") ? "zh" : "en";
document.querySelector("button.language").addEventListener("click", () => {
  page.dataset.ui = page.dataset.ui === "zh" ? "en" : "zh";
});
// On paper nothing can be unfolded.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
});
window.addEventListener("hashchange", () => show(true));
show(false);
