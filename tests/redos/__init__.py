"""Regular expressions against strings made to slow them down.

- `patterns`: every pattern that the project compiles, and how each is used
- `attacks`: strings for a pattern, from its own parse tree
- `growth`: how the time grows with the length of such a string

Tools were tried first: regexploit looks at unbounded repeats only and unfolds alternatives, of which the tries here hold hundreds;
recheck reads JavaScript, which has neither possessive repeats nor atomic groups. So time is measured, as a ratio.
"""
