"use strict";
// Answers while one types, copying, lists that grow, marks that are shown by family. The pages work without it.
(() => {
  const box = document.getElementById("q");
  const typed = document.getElementById("typed");
  let timer = 0;
  let asked = 0;
  const grow = () => { box.rows = Math.min(8, box.value.split("\n").length); };
  const answer = async () => {
    const value = box.value.trim();
    const mine = ++asked;
    if (value.length < 2 || value.includes("\n")) { typed.replaceChildren(); return; }
    const reply = await fetch("/typed?" + new URLSearchParams({ q: value })).catch(() => null);
    if (!reply || !reply.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (mine === asked) typed.replaceChildren(...page.body.children);
  };
  box.addEventListener("input", () => { grow(); clearTimeout(timer); timer = setTimeout(answer, 120); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); box.form.requestSubmit(); }
    if (event.key === "Escape") { asked++; typed.replaceChildren(); }
    if (event.key === "ArrowDown" && !box.value.includes("\n")) { typed.querySelector("a")?.focus(); event.preventDefault(); }
  });
  grow();

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const shown = document.getElementById(button.dataset.copy);
      try { await navigator.clipboard.writeText(shown.textContent); } catch {
        const range = document.createRange();
        range.selectNodeContents(shown);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        document.execCommand("copy");
      }
      button.textContent = button.dataset.done;
    });
  }

  const list = document.getElementById("list");
  if (list) sessionStorage.setItem("list", list.dataset.here);
  for (const link of document.querySelectorAll("[data-list]")) {
    const kept = sessionStorage.getItem("list");
    if (kept && kept.startsWith("/list?")) link.href = kept + "&d=" + link.dataset.list;
  }

  for (const tick of document.querySelectorAll("[data-family]")) {
    tick.addEventListener("change", () => document.querySelector(".text").classList.toggle("hide-" + tick.dataset.family, !tick.checked));
  }
})();
