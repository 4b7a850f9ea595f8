"""The hall's letters: what is said and how it is laid out; no window is needed to know it.

``content`` and ``parts`` hold what a letter says, ``render`` turns it into words on a page; the window puts the page
on paper and on the screen (``desktop.ui.letters``).
"""
