"""The data the program ships with: catalogue, calendar, words, themes, icons, fonts, letters, help."""
