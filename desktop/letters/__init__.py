"""The hall's letters: what is said, how it is laid out, and the sheet of paper that comes of it.

``content`` and ``parts`` hold what a letter says, ``render`` turns it into words on a page,
the ``pdf`` modules and ``preview`` (the only parts that know Qt) put the page on paper or on the screen.
"""
