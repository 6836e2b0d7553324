// What every page for entering figures shares: a queue on this device, typing, paste, keys, both values of a conflict.
// The pages work without it. `grid.js` and `matrix.js` say what their cells are.
(() => {
  "use strict";

  const { readTyped, readColumn, vietnamese, filled } = window.thidua;

  // A cell has `unit`, `code`, `measure`, `decimals`, `seq` (the reading that holds it), `held` (its value), `input`,
  // `note` (a field or null), `host` (where the list of absences stands), `noteText()`, `mark(state)` and
  // `tell(parts, kind)`. `lines` are the rows of the table, each a list of fields, for the keys.
  const entry = ({ sheet, cells, lines, status, tally }) => {
    const words = sheet.words;
    const byKey = new Map(cells.map((cell) => [`${cell.unit} ${cell.code}`, cell]));
    const cellOf = (change) => byKey.get(`${change.unit} ${change.indicator}`);
    const byInput = new Map(cells.map((cell) => [cell.input, cell]));

    const said = (held) => {
      if (held === null) return "";
      return held.value !== null ? vietnamese(held.value) : (sheet.absences[held.absence] ?? "");
    };
    const same = (a, b) => a !== null && b !== null && a.value === b.value && a.absence === b.absence;

    const show = (cell, held) => {
      cell.input.value = said(held);
      cell.input.toggleAttribute("data-absent", held !== null && held.value === null);
    };
    const put = (cell, held) => {
      cell.held = held;
      show(cell, held);
    };
    const tell = (cell, parts, kind) => {
      cell.tell(parts, kind);
      cell.input.setAttribute("aria-invalid", kind === "bad" && parts.length > 0 ? "true" : "false");
    };

    // ---- The queue: one key a change, so that two tabs never overwrite each other ----

    const prefix = `thidua.change.${sheet.account}.`;
    const keyOf = (id) => prefix + id;
    const mine = () => {
      const found = [];
      for (let at = 0; at < localStorage.length; at += 1) {
        const key = localStorage.key(at);
        if (!key.startsWith(prefix)) continue;
        try {
          const kept = JSON.parse(localStorage.getItem(key));
          if (kept.send === sheet.send) found.push(kept);
        } catch {
          // Not ours to judge: what cannot be read stays where it is.
        }
      }
      return found.sort((a, b) => a.made - b.made);
    };
    const keep = (kept) => {
      try {
        localStorage.setItem(keyOf(kept.change.id), JSON.stringify(kept));
        return true;
      } catch {
        return false;
      }
    };
    const drop = (id) => localStorage.removeItem(keyOf(id));
    const isOf = (cell, change) => change.unit === cell.unit && change.indicator === cell.code;

    const newId = () => {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    };

    let made = Date.now();
    const queue = (cell, value, how, settles) => {
      // A change of the same cell that has not left yet is replaced: it was never seen by anyone.
      for (const kept of mine()) {
        const other = kept.change;
        if (isOf(cell, other) && !other.settles && !sending.has(other.id)) drop(other.id);
      }
      made = Math.max(made + 1, Date.now());
      const change = {
        id: newId(),
        unit: cell.unit,
        indicator: cell.code,
        over: cell.seq,
        value: value.value,
        absence: value.absence,
        note: cell.noteText(),
        how,
        at: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
        settles: settles ?? null,
      };
      if (!keep({ send: sheet.send, made, change })) {
        // No room on the device: the page's own form still saves.
        tell(cell, [words.unsent], "bad");
        return;
      }
      cell.mark("waiting");
      tally();
      flushSoon();
    };

    // ---- Sending ----

    const sending = new Set();
    let busy = false;
    // Asked to send while sending: the network may have come back in the middle of an attempt that fails.
    let asked = false;
    let timer = 0;
    let lastAnswer = "";

    const say = () => {
      const count = mine().length;
      const unsent = filled(words.unsent, { count: String(count) });
      if (count === 0) status.textContent = lastAnswer === "" ? "" : words.online;
      else if (lastAnswer === "offline" || !navigator.onLine) status.textContent = `${words.offline}: ${unsent}`;
      else if (lastAnswer === "signed-out") status.textContent = words["sign-in-again"];
      else status.textContent = busy ? words.sending : unsent;
      document.documentElement.dataset.unsent = String(count);
    };

    const flushSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(flush, 150);
      say();
    };

    const BATCH = 200;
    const flush = async () => {
      const waiting = mine().slice(0, BATCH);
      if (busy || waiting.length === 0) {
        asked = busy;
        return say();
      }
      busy = true;
      waiting.forEach((kept) => sending.add(kept.change.id));
      say();
      asked = false;
      let again = false;
      try {
        const response = await fetch(sheet.send, {
          method: "POST",
          headers: { "content-type": "application/json", "x-ma": sheet.token },
          body: JSON.stringify({ changes: waiting.map((kept) => kept.change) }),
          credentials: "same-origin",
        });
        if (response.ok) {
          const { answers } = await response.json();
          answers.forEach(answered);
          lastAnswer = "ok";
          again = mine().length > 0;
        } else if (response.status === 403 || response.status === 404) {
          lastAnswer = "signed-out";
        } else if (response.status === 400) {
          // Changes that the server cannot read would stand in the way for ever; their cells say so.
          lastAnswer = "ok";
          waiting.forEach((kept) => {
            const cell = cellOf(kept.change);
            drop(kept.change.id);
            if (cell) tell(cell, [`${words.unclear} (${response.status})`], "bad");
          });
        } else {
          lastAnswer = "offline";
        }
      } catch {
        lastAnswer = "offline";
      } finally {
        waiting.forEach((kept) => sending.delete(kept.change.id));
        busy = false;
        say();
      }
      if (again || asked) flushSoon();
    };

    const answered = (answer) => {
      const kept = JSON.parse(localStorage.getItem(keyOf(answer.id)) ?? "null");
      drop(answer.id);
      const change = kept?.change;
      const cell = change && cellOf(change);
      if (!cell) return;
      // A newer change of the same cell is on its way: it is what the cell shows.
      const newer = mine().some((other) => isOf(cell, other.change));
      const holds = answer.holds;
      if (answer.outcome === "conflict") return conflict(cell, change, holds);
      if (answer.outcome === "refused") {
        cell.mark("refused");
        tell(cell, [answer.sentence], "bad");
        return;
      }
      if (holds) cell.seq = holds.seq;
      if (newer && holds) {
        // It was written over the reading that this one has just replaced.
        for (const other of mine()) {
          if (isOf(cell, other.change) && !sending.has(other.change.id)) {
            other.change.over = holds.seq;
            keep(other);
          }
        }
        return;
      }
      if (holds) cell.held = { value: holds.value, absence: holds.absence };
      cell.mark("saved");
      tally();
      document.dispatchEvent(new CustomEvent("thidua:saved", { detail: cell.code }));
    };

    // Two values, side by side; one of them is chosen, neither is lost.
    const conflict = (cell, change, holds) => {
      const theirs = { value: holds.value, absence: holds.absence };
      const own = { value: change.value, absence: change.absence };
      cell.seq = holds.seq;
      cell.mark("conflict");
      put(cell, theirs);
      const text = filled(words["both-values"], { by: holds.by, at: holds.at, held: said(theirs), mine: said(own) });
      const button = (label, value) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = "button small";
        made.textContent = label;
        made.addEventListener("click", () => {
          put(cell, value);
          tell(cell, [], "");
          queue(cell, value, "typed", change.id);
        });
        return made;
      };
      tell(cell, [`${text} `, button(words["keep-theirs"], theirs), " ", button(words["take-mine"], own)], "warn");
    };

    // ---- The one list of absences, which stands at the cell in focus ----

    const list = document.querySelector("select.absence");
    let listed = null;
    const lend = (cell) => {
      if (!list || listed === cell) return;
      listed = cell;
      cell.host.append(list);
      list.hidden = false;
      list.setAttribute("aria-labelledby", `vi-sao ${cell.labels}`);
      list.value = cell.held?.absence ?? "";
    };
    list?.addEventListener("change", () => {
      const cell = listed;
      if (list.value === "") {
        cell.input.value = "";
        cell.input.focus();
      } else {
        tell(cell, [], "");
        take(cell, { value: null, absence: list.value }, "typed");
      }
    });

    // ---- Typing ----

    // Looks at what stands in a cell; gives the value to keep, or null where a person has to say more.
    const looked = (cell, typed) => {
      if (typed.is === "refused") {
        tell(cell, [sheet.typed?.[typed.why] ?? typed.why], "bad");
        return null;
      }
      if (typed.is === "unclear") {
        tell(cell, [words.unclear], "warn");
        lend(cell);
        list?.focus();
        return null;
      }
      if (typed.is === "absent") {
        tell(cell, [], "");
        return { value: null, absence: typed.absence };
      }
      if (typed.finer) {
        tell(cell, [words.finer], "bad");
        return null;
      }
      const value = vietnamese(typed.value);
      if (typed.converted) {
        const { typed: text, from } = typed.converted;
        tell(cell, [filled(words.converted, { typed: text, from, value })], "note");
      } else if (typed.other !== undefined) {
        tell(cell, [filled(words.ambiguous, { value, other: vietnamese(typed.other) })], "note");
      } else {
        tell(cell, [], "");
      }
      return { value: typed.value, absence: null };
    };

    const isNoteAsHeld = (cell) => !cell.note || cell.note.value.trim() === cell.note.defaultValue.trim();
    const take = (cell, value, how) => {
      if (value === null) return;
      show(cell, value);
      if (listed === cell) list.value = value.absence ?? "";
      if (same(cell.held, value) && isNoteAsHeld(cell)) return;
      cell.held = value;
      queue(cell, value, how);
    };

    const changed = (cell) => {
      const text = cell.input.value.trim();
      if (text === "") {
        tell(cell, [], "");
        if (cell.held !== null) take(cell, { value: null, absence: "not-reported" }, "typed");
        return;
      }
      take(cell, looked(cell, readTyped(text, cell.measure, cell.decimals)), "typed");
    };

    // A note alone is a change too: of the figure that stands, or of a cell that nobody has filled yet.
    const noted = (cell) => {
      if (isNoteAsHeld(cell)) return;
      queue(cell, cell.held ?? { value: null, absence: "not-reported" }, "typed");
      cell.note.defaultValue = cell.note.value;
    };

    // ---- Keys ----

    const placeOf = new Map();
    lines.forEach((line, row) => line.forEach((field, column) => field && placeOf.set(field, [row, column])));
    const go = (field) => {
      if (!field) return false;
      field.focus();
      field.select?.();
      return true;
    };
    const move = (field, down, right) => {
      const [row, column] = placeOf.get(field);
      // Over lines that may not be entered.
      for (let at = row + down; lines[at]; at += down) {
        const next = lines[at][column + right];
        if (next) return go(next);
        if (down === 0) return false;
      }
      return false;
    };

    // At the edge of a text the arrows leave the cell, as in a spreadsheet.
    const sideways = (field, event) => {
      const { selectionStart, selectionEnd, value } = field;
      const all = selectionStart === 0 && selectionEnd === value.length;
      const right = event.key === "ArrowRight" && (all || selectionStart === value.length);
      const left = event.key === "ArrowLeft" && (all || selectionEnd === 0);
      if (!(right || left)) return;
      const [row, column] = placeOf.get(field);
      if (go(lines[row][column + (right ? 1 : -1)])) event.preventDefault();
    };

    const pressed = (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      const field = event.target === list ? listed.input : event.target;
      if (!placeOf.has(field)) return;
      const isList = event.target === list;
      const cell = byInput.get(field);
      if (event.key === "Enter") {
        event.preventDefault();
        if (!move(field, event.shiftKey ? -1 : 1, 0)) event.target.blur();
      } else if (isList) {
        return;
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        move(field, event.key === "ArrowDown" ? 1 : -1, 0);
      } else if (event.key === "Escape" && cell) {
        show(cell, cell.held);
        tell(cell, [], "");
        field.select();
      } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
        sideways(field, event);
      }
    };

    // A block copied from a spreadsheet fills the cells to the right and below; a column is read in one way.
    const pasted = (cell, event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
      if (block.length === 1 && block[0].length === 1) return;
      event.preventDefault();
      const [top, left] = placeOf.get(cell.input);
      let last = cell.input;
      const width = Math.max(...block.map((line) => line.length));
      for (let column = 0; column < width; column += 1) {
        const texts = block.map((line) => (line[column] ?? "").trim());
        const targets = texts.map((_, at) => byInput.get(lines[top + at]?.[left + column]));
        // Each cell has its own measure; what the column says of the writer's way holds for all of them.
        const wholes = new Map();
        targets.forEach((target, at) => {
          if (!target || texts[at] === "") return;
          const key = `${target.measure}\u0000${target.decimals}`;
          if (!wholes.has(key)) wholes.set(key, readColumn(texts, target.measure, target.decimals));
          const value = looked(target, wholes.get(key)[at]);
          if (value === null) target.input.value = texts[at];
          else take(target, value, "pasted");
          last = target.input;
        });
      }
      last.focus();
    };

    for (const cell of cells) {
      cell.input.removeAttribute("list");
      cell.input.inputMode = "decimal";
      cell.input.addEventListener("change", () => changed(cell));
      cell.input.addEventListener("focus", () => {
        lend(cell);
        cell.input.select();
      });
      cell.input.addEventListener("paste", (event) => pasted(cell, event));
      cell.note?.addEventListener("change", () => noted(cell));
    }

    // ---- On this device: the page opens again without a network ----

    const device = () => {
      const at = document.documentElement.dataset.keptAt;
      if (at) {
        const note = document.createElement("p");
        note.className = "alert kept";
        note.setAttribute("role", "status");
        const when = new Date(at).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
        const again = document.createElement("a");
        again.href = location.pathname;
        again.textContent = words.reload;
        note.append(`${filled(words.kept, { at: when })} `, again);
        document.querySelector("h1").after(note);
        return;
      }
      if (!navigator.serviceWorker || !sheet.worker) return;
      const isSeen = navigator.serviceWorker.controller !== null;
      navigator.serviceWorker.addEventListener("message", (event) => {
        if (event.data?.is === "kept") document.documentElement.dataset.kept = "true";
      });
      navigator.serviceWorker
        .register(sheet.worker)
        .then(() => navigator.serviceWorker.ready)
        .then((worker) => {
          const files = performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname);
          worker.active.postMessage({ is: "keep", path: location.pathname, files, isSeen });
        })
        .catch(() => undefined);
    };

    // ---- The page ----

    const start = (form) => {
      document.documentElement.classList.add("has-grid");
      form.addEventListener("keydown", pressed);
      // What waits on this device since an earlier visit is shown where it belongs.
      for (const { change } of mine()) {
        const cell = cellOf(change);
        if (!cell) continue;
        put(cell, { value: change.value, absence: change.absence });
        if (cell.note) cell.note.value = change.note;
        cell.mark("waiting");
      }
      window.addEventListener("online", flushSoon);
      window.addEventListener("offline", () => {
        lastAnswer = "offline";
        say();
      });
      setInterval(() => mine().length > 0 && flush(), 15000);
      // The page's own form would send cells that the queue is sending already.
      form.addEventListener("submit", (event) => {
        if (event.submitter?.name === "viec") {
          event.preventDefault();
          flush();
        }
      });
      // A step is taken over figures that have arrived.
      for (const step of document.querySelectorAll("form.step")) {
        step.addEventListener("submit", async (event) => {
          if (mine().length === 0) return;
          event.preventDefault();
          await flush();
          if (mine().length === 0) step.requestSubmit(event.submitter);
        });
      }
      flushSoon();
      // After the fonts, so that they are kept with it.
      if (document.readyState === "complete") device();
      else window.addEventListener("load", device);
    };
    return { start };
  };

  // The text of a block of data of the page.
  const data = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");

  window.thidua = Object.freeze({ ...window.thidua, entry, data });
})();
