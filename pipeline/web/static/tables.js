"use strict";
// What Datasette's pages lack for screen readers and keyboards: their language, a landmark around what they show, names of fields, levels of
// headings, tables wider than the window that keys can scroll.
(() => {
  const NAMES = {
    _filter_column: "Column", _filter_op: "Comparison", _filter_value: "Value", _sort: "Sort by", _sort_by_desc: "Descending", sql: "SQL",
  };
  const mend = () => {
    document.documentElement.lang = "en";
    document.querySelector("section.content")?.setAttribute("role", "main");
    for (const field of document.querySelectorAll("select, textarea, input:not([type=hidden], [type=submit])")) {
      if (field.labels?.length || field.hasAttribute("aria-label")) continue;
      const name = (field.name || "sql").replace(/_\d+$/, "");
      field.setAttribute("aria-label", NAMES[name] ?? name);
    }
    for (const table of document.querySelectorAll(".table-wrapper")) {
      for (const [name, value] of Object.entries({ tabindex: "0", role: "group", "aria-label": "Table" })) table.setAttribute(name, value);
    }
    for (const heading of document.querySelectorAll("h3")) heading.setAttribute("aria-level", "2");
  };
  mend();
  addEventListener("load", mend);
})();
