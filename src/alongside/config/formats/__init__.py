"""How days, times and numbers are written, by language. Django knows no Hmong, and its Spanish is
that of Spain: here numbers are written as people in the United States write them."""
