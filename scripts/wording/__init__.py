"""The words of the pages that participants and the public read, as catalogs to translate."""
