"""The pages in a real browser: Debian's Chromium drives what `sohieu serve` serves.

- `serving`: the server as a process of its own, the browser
- `material`: databases that are served, and addresses of every page
- `screens`: pictures of the pages for docs/screens
"""
