// Filters, sorts and pages through the lists of the page. Without it the first rows of each stand there all the same.
// Rows are copies of a template, filled in as text: no name out of the data ever becomes markup.
"use strict";
(() => {
  const PAGE = 100;
  const PRINTED = 200; // rows on paper, and those of a choice
  const PRINTED_CHOICE = 1000;
  const WAIT = 150; // milliseconds after a key before the list is searched
  const LARGEST_FIRST = ["people", "bytes"];
  const SEARCHED = ["file", "folder", "basis", "classes", "kinds", "cause", "department", "owner", "by"];
  const words = JSON.parse(document.getElementById("words").textContent);
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, { numeric: true });
  const number = (value) => value.toLocaleString("en");

  const plain = (text) => text.normalize("NFKC").toLowerCase(); // full width is found by half width

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // A list whose rows are arrays; a column in `lists` holds numbers of its words there.
  const read = (key) => {
    const data = JSON.parse(document.getElementById(`${key}-data`).textContent);
    data.rows.forEach((row, index) => row.push(index + 1));
    data.columns.push("rank");
    data.at = Object.fromEntries(data.columns.map((column, index) => [column, index]));
    return data;
  };

  const word = (data, row, column) => {
    const value = row[data.at[column]];
    const list = data.lists[column];
    return list ? list[value] : value;
  };

  // What a value of a column is sorted by: numbers as they are, words of ours in their own order, others as people
  // sort them, nothing behind everything.
  const order = (data, column) => {
    const list = data.lists[column];
    if (!list || data.keys[column]) return (value) => value;
    const sorted = list.map((_, index) => index).sort((a, b) => collator.compare(list[a], list[b]));
    const place = new Array(list.length);
    sorted.forEach((index, rank) => { place[index] = list[index] === "" ? list.length : rank; });
    return (value) => place[value];
  };

  const paged = (key) => {
    const section = document.getElementById(key);
    if (!section) return;
    const data = read(key);
    const table = document.getElementById(`${key}-table`);
    const body = table.tBodies[0];
    const template = document.getElementById(`${key}-row`).content;
    const heads = [...table.tHead.rows[0].cells];
    const state = { sort: "rank", down: false, page: 0, size: PAGE, search: "", chosen: {} };
    let shown = data.rows;
    let texts = null;

    const fill = (row) => {
      const made = template.cloneNode(true);
      for (const column of data.columns) {
        const slot = made.querySelector(`.${column}`);
        if (!slot) continue;
        const value = word(data, row, column);
        slot.textContent = typeof value === "number" ? number(value) : value;
        if (data.keys[column]) slot.dataset.v = data.keys[column][row[data.at[column]]];
      }
      return made;
    };

    const searched = () => {
      const columns = SEARCHED.filter((column) => column in data.at);
      return data.rows.map((row) => plain(columns.map((column) => word(data, row, column)).join("\n")));
    };

    const select = () => {
      const wanted = plain(state.search).split(/\s+/).filter(Boolean);
      const chosen = Object.entries(state.chosen).filter(([, value]) => value !== "");
      if (wanted.length && !texts) texts = searched();
      shown = data.rows.filter((row) =>
        chosen.every(([column, value]) => row[data.at[column]] === Number(value)) &&
        wanted.every((part) => texts[row[data.at.rank] - 1].includes(part)));
      if (state.sort !== "rank" || state.down) {
        const by = order(data, state.sort);
        const { [state.sort]: at, rank } = data.at;
        const sign = state.down ? -1 : 1;
        shown.sort((a, b) => {
          const [x, y] = [by(a[at]), by(b[at])];
          return x < y ? -sign : x > y ? sign : a[rank] - b[rank];
        });
      }
      state.page = 0;
    };

    const pages = () => Math.max(1, Math.ceil(shown.length / state.size));
    const buttons = {};
    const status = element("p", { role: "status" });
    const show = () => {
      const start = state.page * state.size;
      const rows = shown.slice(start, start + state.size);
      body.replaceChildren(...rows.map(fill));
      status.textContent = rows.length
        ? words.shown.replace("{first}", number(start + 1)).replace("{last}", number(start + rows.length))
          .replace("{count}", number(shown.length))
        : words.none;
      buttons.first.disabled = buttons.back.disabled = state.page === 0;
      buttons.next.disabled = buttons.last.disabled = state.page >= pages() - 1;
    };
    const again = () => { select(); show(); };
    const turn = (page) => { state.page = Math.min(Math.max(page, 0), pages() - 1); show(); };

    const pager = element("div", { className: "pager", role: "group", ariaLabel: words.page });
    const targets = { first: () => 0, back: () => state.page - 1, next: () => state.page + 1, last: () => pages() - 1 };
    for (const [name, target] of Object.entries(targets)) {
      buttons[name] = element("button", { type: "button", textContent: words[name] });
      buttons[name].addEventListener("click", () => {
        turn(target());
        section.scrollIntoView({ block: "start" });
      });
      pager.append(buttons[name]);
    }
    pager.append(status);

    for (const head of heads) {
      const button = element("button", { type: "button", textContent: head.textContent });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const column = head.dataset.sort;
        state.down = state.sort === column ? !state.down : LARGEST_FIRST.includes(column);
        state.sort = column;
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
        again();
      });
    }
    heads[0].setAttribute("aria-sort", "ascending");

    const tools = element("form", { className: "tools" });
    tools.addEventListener("submit", (event) => event.preventDefault());
    const search = element("input", { type: "search", name: "search", autocomplete: "off" });
    let waiting = 0;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { state.search = search.value; again(); }, WAIT);
    });
    tools.append(element("label", { className: "search" }, element("span", { textContent: words.search }), search));
    for (const head of heads.filter((each) => each.dataset.filter)) {
      const column = head.dataset.filter;
      const counts = new Map();
      for (const row of data.rows) counts.set(row[data.at[column]], (counts.get(row[data.at[column]]) || 0) + 1);
      if (counts.size < 2) continue;
      const choice = element("select", { name: column }, element("option", { value: "", textContent: words.all }));
      const by = order(data, column);
      for (const value of [...counts.keys()].sort((a, b) => by(a) - by(b))) {
        const name = data.lists[column][value] || words.empty;
        choice.append(element("option", { value, textContent: `${name} (${number(counts.get(value))})` }));
      }
      choice.addEventListener("change", () => { state.chosen[column] = choice.value; again(); });
      tools.append(element("label", {}, element("span", { textContent: head.textContent }), choice));
    }
    const reset = element("button", { type: "reset", textContent: words.reset });
    tools.addEventListener("reset", () => {
      state.search = "";
      state.chosen = {};
      again();
    });
    tools.append(reset);
    table.parentElement.before(tools);
    table.parentElement.after(pager);

    // On paper there are no pages to turn.
    addEventListener("beforeprint", () => {
      state.size = shown.length < data.rows.length ? PRINTED_CHOICE : PRINTED;
      turn(0);
    });
    addEventListener("afterprint", () => { state.size = PAGE; turn(0); });
    section.classList.add("live");
    show();
  };

  paged("files");
  paged("unread");
})();
