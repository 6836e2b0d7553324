// The grid of a sheet: keys, paste, a queue on this device, and both values of a conflict. The page works without it.
(() => {
  "use strict";

  const place = document.getElementById("du-lieu");
  const form = document.getElementById("bieu");
  if (!place || !form || !window.thidua) return;
  const sheet = JSON.parse(place.dataset.sheet);
  if (!sheet.enters) return;
  const words = sheet.words;
  const { readTyped, readColumn, vietnamese, filled, check, changed: changedFacts, unanswered, fingerprint, sentence } = window.thidua;
  const bodies = [...form.querySelectorAll("tbody.grid-row")];
  document.documentElement.classList.add("has-grid");

  // ---- Rows ----

  const rows = bodies.map((body) => {
    const code = body.dataset.code;
    return {
      body,
      code,
      seq: body.dataset.seq === "" ? null : Number(body.dataset.seq),
      held: heldOf(body),
      input: body.querySelector("input.value"),
      select: body.querySelector("select.absence"),
      note: body.querySelector("input.note"),
      mark: body.querySelector(".saved-mark"),
      message: body.querySelector(".cell-message"),
      line: body.querySelector(".message-row"),
      findings: body.querySelector(".findings"),
      measure: body.dataset.measure,
      decimals: Number(body.dataset.decimals),
      required: body.dataset.required === "true",
      passport: body.querySelector(".saved-mark a")?.href ?? "",
    };
  });
  const byCode = new Map(rows.map((row) => [row.code, row]));

  function heldOf(body) {
    if (body.dataset.value !== "") return { value: body.dataset.value, absence: null };
    if (body.dataset.absence !== "") return { value: null, absence: body.dataset.absence };
    return null;
  }

  const shown = (held) => (held && held.value !== null ? vietnamese(held.value) : "");
  const same = (a, b) => a !== null && b !== null && a.value === b.value && a.absence === b.absence;

  const tell = (row, parts, kind) => {
    row.message.replaceChildren();
    if (parts.length > 0) {
      const line = document.createElement("p");
      line.className = `finding ${kind}`;
      line.append(...parts);
      row.message.append(line);
    }
    row.input.setAttribute("aria-invalid", kind === "bad" && parts.length > 0 ? "true" : "false");
    showLine(row);
  };

  const showLine = (row) => {
    row.line.hidden = ![...row.line.firstElementChild.children].some((child) => child.childNodes.length > 0);
  };

  const mark = (row, state) => {
    row.body.dataset.state = state;
    row.mark.replaceChildren();
    if (state === "saved") {
      const sign = document.createElement("span");
      sign.textContent = "✓";
      sign.title = words.saved;
      row.mark.append(sign);
    } else if (state === "waiting" || state === "conflict") {
      row.mark.textContent = state === "waiting" ? words.waiting : words.conflict;
    }
  };

  const put = (row, held) => {
    row.held = held;
    row.input.value = shown(held);
    row.select.value = held && held.absence !== null ? held.absence : "";
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

  const newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  let made = Date.now();
  const queue = (row, value, how, settles) => {
    // A change of the same cell that has not left yet is replaced: it was never seen by anyone.
    for (const kept of mine()) {
      const other = kept.change;
      if (other.unit === sheet.unit && other.indicator === row.code && !other.settles && !sending.has(other.id)) {
        drop(other.id);
      }
    }
    made = Math.max(made + 1, Date.now());
    const change = {
      id: newId(),
      unit: sheet.unit,
      indicator: row.code,
      over: row.seq,
      value: value.value,
      absence: value.absence,
      note: row.note.value.trim(),
      how,
      at: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
      settles: settles ?? null,
    };
    if (!keep({ send: sheet.send, made, change })) {
      // No room on the device: the page's own form still saves.
      tell(row, [words.unsent], "bad");
      return;
    }
    mark(row, "waiting");
    tally();
    flushSoon();
  };

  // ---- Sending ----

  const status = document.querySelector(".queue-state");
  const sending = new Set();
  let busy = false;
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
    if (busy || waiting.length === 0) return say();
    busy = true;
    waiting.forEach((kept) => sending.add(kept.change.id));
    say();
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
          const row = byCode.get(kept.change.indicator);
          drop(kept.change.id);
          if (row) tell(row, [`${words.unclear} (${response.status})`], "bad");
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
    if (again) flushSoon();
  };

  const answered = (answer) => {
    const kept = JSON.parse(localStorage.getItem(keyOf(answer.id)) ?? "null");
    drop(answer.id);
    const change = kept?.change;
    const row = change && change.unit === sheet.unit ? byCode.get(change.indicator) : null;
    if (!row) return;
    // A newer change of the same cell is on its way: it is what the cell shows.
    const newer = mine().some((other) => other.change.indicator === row.code && other.change.unit === sheet.unit);
    const holds = answer.holds;
    if (answer.outcome === "conflict") return conflict(row, change, holds);
    if (answer.outcome === "refused") {
      mark(row, "refused");
      tell(row, [answer.sentence], "bad");
      return;
    }
    if (holds) row.seq = holds.seq;
    if (newer && holds) {
      // It was written over the reading that this one has just replaced.
      for (const other of mine()) {
        if (other.change.indicator === row.code && other.change.unit === sheet.unit && !sending.has(other.change.id)) {
          other.change.over = holds.seq;
          keep(other);
        }
      }
      return;
    }
    if (holds) row.held = { value: holds.value, absence: holds.absence };
    mark(row, "saved");
    tally();
    document.dispatchEvent(new CustomEvent("thidua:saved", { detail: row.code }));
  };

  const said = (held) => {
    if (held.value !== null) return vietnamese(held.value);
    return [...rows[0].select.options].find((option) => option.value === held.absence)?.textContent ?? "";
  };

  // Two values, side by side; one of them is chosen, neither is lost.
  const conflict = (row, change, holds) => {
    const theirs = { value: holds.value, absence: holds.absence };
    const own = { value: change.value, absence: change.absence };
    row.seq = holds.seq;
    mark(row, "conflict");
    put(row, theirs);
    const text = filled(words["both-values"], { by: holds.by, at: holds.at, held: said(theirs), mine: said(own) });
    const button = (label, value) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button small";
      made.textContent = label;
      made.addEventListener("click", () => {
        put(row, value);
        tell(row, [], "");
        queue(row, value, "typed", change.id);
      });
      return made;
    };
    tell(row, [`${text} `, button(words["keep-theirs"], theirs), " ", button(words["take-mine"], own)], "warn");
  };

  // ---- Typing ----

  // Looks at what stands in a cell; gives the value to keep, or null where a person has to say more.
  const looked = (row, typed) => {
    if (typed.is === "refused") {
      tell(row, [sheet.typed?.[typed.why] ?? typed.why], "bad");
      return null;
    }
    if (typed.is === "unclear") {
      tell(row, [words.unclear], "warn");
      row.select.focus();
      return null;
    }
    if (typed.is === "absent") {
      tell(row, [], "");
      return { value: null, absence: typed.absence };
    }
    if (typed.finer) {
      tell(row, [words.finer], "bad");
      return null;
    }
    const value = vietnamese(typed.value);
    if (typed.converted) {
      const { typed: text, from } = typed.converted;
      tell(row, [filled(words.converted, { typed: text, from, value })], "note");
    } else if (typed.other !== undefined) {
      tell(row, [filled(words.ambiguous, { value, other: vietnamese(typed.other) })], "note");
    } else {
      tell(row, [], "");
    }
    return { value: typed.value, absence: null };
  };

  const take = (row, value, how) => {
    if (value === null) return;
    if (value.value !== null) {
      row.input.value = vietnamese(value.value);
      row.select.value = "";
    } else {
      row.input.value = "";
      row.select.value = value.absence;
    }
    if (same(row.held, value) && row.note.value.trim() === row.note.defaultValue.trim()) return;
    row.held = value;
    queue(row, value, how);
  };

  const changed = (row) => {
    const text = row.input.value.trim();
    if (text === "" && row.select.value === "") {
      if (row.held !== null) take(row, { value: null, absence: "not-reported" }, "typed");
      return;
    }
    if (text === "") return take(row, { value: null, absence: row.select.value }, "typed");
    take(row, looked(row, readTyped(text, row.measure, row.decimals)), "typed");
  };

  const columns = ["input", "select", "note"];
  const columnOf = (row, target) => columns.find((name) => row[name] === target);

  const move = (row, column, step) => {
    const at = rows.indexOf(row) + step;
    const next = rows[at];
    if (!next) return false;
    next[column].focus();
    next[column].select?.();
    return true;
  };

  const waitingOf = (row) =>
    mine().find((kept) => kept.change.indicator === row.code && kept.change.unit === sheet.unit)?.change;

  for (const row of rows) {
    row.input.addEventListener("change", () => changed(row));
    row.select.addEventListener("change", () => {
      if (row.select.value !== "") row.input.value = "";
      changed(row);
    });
    row.note.addEventListener("change", () => {
      if (row.held !== null) {
        queue(row, row.held, "typed");
        row.note.defaultValue = row.note.value;
      }
    });
    row.input.addEventListener("focus", () => row.input.select());
    row.input.addEventListener("paste", (event) => pasted(row, event));
    row.body.addEventListener("keydown", (event) => {
      const column = columnOf(row, event.target);
      if (!column || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        if (!move(row, column, event.shiftKey ? -1 : 1)) event.target.blur();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && column !== "select") {
        event.preventDefault();
        move(row, column, event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape" && column === "input") {
        row.input.value = shown(row.held);
        tell(row, [], "");
        row.input.select();
      } else if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && column !== "select") {
        sideways(row, column, event);
      }
    });
  }

  // At the edge of a text the arrows leave the cell, as in a spreadsheet.
  const sideways = (row, column, event) => {
    const { selectionStart, selectionEnd, value } = event.target;
    const all = selectionStart === 0 && selectionEnd === value.length;
    const right = event.key === "ArrowRight" && (all || selectionStart === value.length);
    const left = event.key === "ArrowLeft" && (all || selectionEnd === 0);
    const next = columns[columns.indexOf(column) + (right ? 1 : -1)];
    if (!(right || left) || !next) return;
    event.preventDefault();
    row[next].focus();
    row[next].select?.();
  };

  // A column copied from a spreadsheet fills the cells below; a block's first column is taken.
  const pasted = (row, event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    if (lines.length === 1 && !lines[0].includes("\t")) return;
    event.preventDefault();
    const from = rows.indexOf(row);
    const targets = rows.slice(from, from + lines.length);
    const cells = lines.slice(0, targets.length).map((line) => line.split("\t")[0].trim());
    // Each row has its own measure; what the column says of the writer's way holds for all of them.
    const wholes = new Map();
    for (const target of targets) {
      const key = `${target.measure}\u0000${target.decimals}`;
      if (!wholes.has(key)) wholes.set(key, readColumn(cells, target.measure, target.decimals));
    }
    targets.forEach((target, at) => {
      if (cells[at] === "") return;
      const typed = wholes.get(`${target.measure}\u0000${target.decimals}`)[at];
      const value = looked(target, typed);
      if (value === null) {
        target.input.value = cells[at];
        return;
      }
      take(target, value, "pasted");
    });
    targets[targets.length - 1].input.focus();
  };

  // ---- Checks: the server's rules over the server's facts, with what stands in the cells now ----

  const facts = JSON.parse(place.dataset.facts || "null");
  const rules = JSON.parse(place.dataset.rules || "[]");
  const texts = JSON.parse(place.dataset.sentences || "{}");

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  // A little form, sent to the server as the page's own are.
  const explanationForm = (result, at) => {
    const id = `ly-do-${at}`;
    const hidden = (name, value) => element("input", { type: "hidden", name, value });
    const form = element("form", { id: `gt-${at}`, method: "post", action: sheet.explain });
    form.append(
      hidden("ma", sheet.token),
      hidden("quy-tac", result.rule),
      hidden("chi-tieu", result.rows[0]),
      hidden("so", fingerprint(result)),
    );
    document.getElementById("giai-trinh").append(form);
    return element(
      "p",
      { class: "explain" },
      element("label", { for: id }, words.explain),
      " ",
      element("input", { id, name: "ly-do", required: "", minlength: "10", form: form.id }),
      " ",
      element("button", { class: "button small", form: form.id }, words["save-explanation"]),
    );
  };

  const findingLine = (result, at, open) => {
    const [kind, label] = sheet.severities[result.severity];
    const line = element("p", {}, element("span", { class: "severity" }, label), ` ${sentence(result, texts, sheet.names)}`);
    const block = element("div", { class: `finding ${kind}` }, line);
    if (result.severity === "explain") {
      const given = sheet.explanations.find(
        (one) => one.rule === result.rule && one.indicator === result.rows[0] && one.fingerprint === fingerprint(result),
      );
      if (open.includes(result)) block.append(explanationForm(result, at));
      else if (given) block.append(element("p", { class: "hint" }, `${words.explained} ${given.text}`));
    }
    return block;
  };

  const openMark = document.querySelector(".open-findings");
  const general = document.getElementById("chung");
  let told = "";
  const recheck = () => {
    if (!facts || document.activeElement?.closest(".explain")) return;
    const current = facts.rows.map((fact) => {
      const row = byCode.get(fact.indicator);
      return row ? changedFacts(fact, row.held?.value ?? null, row.held?.absence ?? null) : fact;
    });
    const results = check({ ...facts, rows: current }, rules);
    const now = JSON.stringify(results);
    if (now === told) return;
    const isFirst = told === "";
    told = now;
    const open = unanswered(results, sheet.explanations);
    const blocking = results.filter((result) => result.severity === "block").length;
    openMark.textContent = filled(words["open-findings"], { open: String(open.length + blocking) });
    // What the server found stands already; nothing moves under the reader's eyes before something changes.
    if (isFirst) return;
    document.getElementById("giai-trinh").replaceChildren();
    general.replaceChildren();
    rows.forEach((row) => row.findings.replaceChildren());
    results.forEach((result, at) => {
      const row = result.rows.length > 0 ? byCode.get(result.rows[0]) : null;
      (row ? row.findings : general).append(findingLine(result, at, open));
    });
    rows.forEach(showLine);
  };

  // ---- The bar below ----

  const filledMark = document.querySelector(".filled");
  const tally = () => {
    const has = (row) => row.held !== null && row.held.absence !== "not-reported";
    filledMark.textContent = String(rows.filter((row) => row.required && has(row)).length);
    recheck();
  };

  // What waits on this device since an earlier visit is shown where it belongs.
  for (const row of rows) {
    const waiting = waitingOf(row);
    if (waiting) {
      put(row, { value: waiting.value, absence: waiting.absence });
      row.note.value = waiting.note;
      mark(row, "waiting");
    }
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
  recheck();
  flushSoon();
})();
