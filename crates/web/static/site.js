// Comfort only: every page works without this file.
(() => {
  "use strict";

  const field = document.querySelector("input[type=search]");

  // "/" goes to the search field, Escape leaves it.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing && field && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
    if (event.key === "Escape" && event.target === field) {
      field.blur();
    }
  });

  // "j" and "k" go to the next and the previous of a row of pages.
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    // A key held down is one step: the next page would take its repetition for another.
    if (event.repeat) return;
    const wanted = { j: "next", k: "prev" }[event.key];
    const link = wanted && document.querySelector(`main a[rel="${wanted}"]`);
    if (link) link.click();
  });

  // Lower case, without marks, as the server folds.
  const fold = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();

  // A table that holds all its rows is narrowed while typing; the form still asks the server.
  const table = document.querySelector("table[data-filter]");
  if (field && table) {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows].filter((row) => !row.dataset.group));
    const texts = rows.map((row) => fold(row.dataset.words || row.textContent));
    const status = document.querySelector("[data-filter-count]");
    field.addEventListener("input", () => {
      const asked = fold(field.value);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !texts[i].includes(asked);
        shown += row.hidden ? 0 : 1;
      });
      for (const body of table.tBodies) {
        body.hidden = [...body.rows].every((row) => row.hidden || row.dataset.group);
      }
      if (status) status.textContent = String(shown);
    });
  }

  // Pages kept on this device are of the person who signed in last: they go when nobody is, and before signing out.
  const forget = async () => {
    if (!window.caches) return;
    for (const name of await caches.keys()) if (name.startsWith("thidua.")) await caches.delete(name);
  };
  if (document.querySelector("[data-nobody]")) forget();
  for (const form of document.querySelectorAll("form[data-forget]")) form.addEventListener("submit", forget);

  // What needs the network says so instead of losing what was chosen: a form with a file stays as it is.
  const tellOffline = (place) => {
    if (place.previousElementSibling?.classList.contains("offline-told")) return;
    const line = document.createElement("p");
    line.className = "alert offline-told";
    line.setAttribute("role", "alert");
    line.textContent = place.dataset.offline;
    place.before(line);
  };
  for (const form of document.querySelectorAll("form[data-offline]")) {
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      tellOffline(form);
    });
  }
  for (const place of document.querySelectorAll("[data-offline-links]")) {
    document.querySelector("main").addEventListener("click", (event) => {
      if (navigator.onLine || !event.target.closest(place.dataset.offlineLinks)) return;
      event.preventDefault();
      tellOffline(place);
    });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
})();
