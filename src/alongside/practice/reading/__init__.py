"""Reading words with a small linear model. What is made of it stands with whoever asks."""
