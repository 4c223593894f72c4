"""What words, numbers and days look like; no document is known here."""
